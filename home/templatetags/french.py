"""French plurals and typography in templates."""

import re

from django import template

register = template.Library()
NBSP = "\N{NO-BREAK SPACE}"
VOWELS = "aeiouyàâæéèêëîïôœùûü"
# What somebody typed is left as it is, and so is what stands within a tag: there a « > » comes
# before the next « < ».
UNTOUCHED = re.compile(r"(<textarea\b.*?</textarea>|<script\b.*?</script>)", re.DOTALL)
BEFORE = re.compile(r" (?=[:;?!»·])(?![^<>]*>)")
AFTER = re.compile(r"« (?![^<>]*>)")


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
def de(name):
    """Put « de » before a name as French does: « de Limours », « d’Épernon », « du Perray »."""
    article, _, rest = str(name).partition(" ")
    if rest and article in ("Le", "Les"):
        return f"{'du' if article == 'Le' else 'des'} {rest}"
    return f"d’{name}" if name and str(name)[0].lower() in VOWELS else f"de {name}"


@register.filter
def uncapped(sentence):
    """The sentence as it follows a colon: its first letter small, unless it begins an acronym."""
    text = str(sentence)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


@register.filter
def telephone(number):
    """Group a French number by two: « 06 39 98 12 34 »."""
    digits = "".join(sign for sign in str(number) if sign.isdigit())
    if len(digits) != 10:
        return number
    return " ".join(digits[i : i + 2] for i in range(0, 10, 2))


@register.filter(is_safe=True)
def insecables(html):
    """Keep « : ; ? ! » » and « · » with the word before them, « « » with the one after it.

    For a piece of HTML as a whole, so that nobody who writes has to think of it.
    """
    parts = UNTOUCHED.split(html)
    parts[::2] = (AFTER.sub(f"«{NBSP}", BEFORE.sub(NBSP, text)) for text in parts[::2])
    return "".join(parts)
