"""The lines by which other sites find out how a page can be shown there."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe

from home.oembed import answers

register = template.Library()


@register.simple_tag
def oembed(address, title, query=""):
    """Discovery links of a page (https://oembed.com/#section4); its address may be a path."""
    page = address if "//" in address else settings.SITE_URL + address
    asked = quote(f"{page}?{query}" if query else page, "")
    known = escape(f"{settings.SITE_URL}{answers.PATH}?url={asked}&format=")
    said = escape(title)
    lines = (
        f'<link rel="alternate" type="{kind}" href="{known}{form}" title="{said}">\n'
        for kind, form in (("application/json+oembed", "json"), ("text/xml+oembed", "xml"))
    )
    return mark_safe("".join(lines))  # noqa: S308 -- escaped above
