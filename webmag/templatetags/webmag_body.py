"""An article's body in a template, and what its page needs for it."""

from django import template
from django.utils.html import format_html, format_html_join

from home.rich_text import CleanText
from home.static_files import static
from home.versions import remembered_by
from webmag import body
from webmag.templatetags.webmag_tags import is_preview

register = template.Library()
SCRIPTS = {
    "gallery": "webmag/js/gallery.js",
    "embed": "webmag/js/player.js",
    "map": "directory/js/listing-map.js",
}
WITH_CARDS = {"listing", "map", "practical"}
# What the clock does not change: no cards with hours. Kept per content version.
LASTING = {"heading", "text", "quote", "interview", "photo", "gallery", "recipe", "table", "file"}
# Those that keep room for what scripts will add.
SCRIPTED = {"gallery", "map"}


@register.simple_tag(takes_context=True)
def article_body(context, article):
    """The blocks of an article, in a `<div>`."""
    if body.kinds_in(article.body) <= LASTING and not is_preview(context):
        html = remembered_by(article.pk, "bodies", lambda: body.rendered(article.body))
    else:
        html = body.rendered(article.body, context.flatten())
    return format_html('<div class="prose blocks">{}</div>', html)


@register.filter
def clean_text(source):
    """Rich text that lies in a field of its own: a magazine's presentation, an editorial."""
    return CleanText(source or "")


@register.simple_tag
def article_styles(article, places=()):
    """What the head of an article's page needs: links to styles, for the blocks it has.

    `places` are listings whose cards stand below the body.
    """
    kinds = body.kinds_in(article.body)
    names = ["directory/css/cards.css"] if places or kinds & WITH_CARDS else []
    names += ["directory/css/map.css"] if "map" in kinds else []
    names += ["webmag/css/body.css"]
    links = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names)
    )
    if not kinds & SCRIPTED:
        return links
    return format_html('{}\n<script src="{}"></script>', links, static("directory/js/scripted.js"))


@register.simple_tag
def article_scripts(article):
    """What the end of an article's page needs: the scripts of the blocks it has."""
    kinds = body.kinds_in(article.body)
    return format_html_join(
        "\n",
        '<script type="module" src="{}"></script>',
        ((static(name),) for kind, name in SCRIPTS.items() if kind in kinds),
    )
