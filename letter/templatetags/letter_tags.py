"""Links to the sign-up for pages of the rooms below, and the look of the mail."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from letter import look

register = template.Library()


@register.inclusion_tag("letter/_follow.html")
def follow_by_letter(about="", **chosen):
    """« Recevoir la lettre », with a magazine or a commune chosen (`magazine`, `commune`: slugs).

    Asks the database nothing.
    """
    query = urlencode({name: slug for name, slug in chosen.items() if slug})
    address = reverse("letter:follow")
    return {"url": f"{address}?{query}" if query else address, "about": about}


@register.simple_tag
def look_of(name):
    """The class and the inline style of a part of the mail."""
    return mark_safe(look.attributes(name))  # noqa: S308 -- our own words


@register.simple_tag
def dark_look():
    """The dark colours, for programs that understand them."""
    return mark_safe(look.dark_sheet())  # noqa: S308 -- our own words
