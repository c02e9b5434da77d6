"""French plurals and typography in templates."""

from django import template

register = template.Library()


@register.filter
def pluriel(count, forms="s"):
    """Return the ending for a count: in French 0 and 1 are singular.

    `{{ n }} fiche{{ n|pluriel }}`, `{{ n }} {{ n|pluriel:"cheval,chevaux" }}`.
    """
    singular, _, plural = forms.rpartition(",")
    try:
        return plural if abs(float(count)) >= 2 else singular
    except (TypeError, ValueError):
        return singular


@register.filter
def telephone(number):
    """Group a French number by two: « 06 39 98 12 34 »."""
    digits = "".join(sign for sign in str(number) if sign.isdigit())
    if len(digits) != 10:
        return number
    return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
