"""Tags of the page frame: signs, menus, pictures."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from wagtail.models import Page

from home import needle as needles
from home import page_paths
from home.models import SiteSettings
from home.pictures import picture
from home.static_files import static
from home.versions import remembered

register = template.Library()
STEP = Page.steplen


@register.simple_tag
def icon(name, label=""):
    """A sign of the sprite; silent for screen readers unless it has a label."""
    return _icon(f"{static('home/icons.svg')}#{name}", label)


@cache
def _icon(href, label):
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag(takes_context=True)
def masthead(context):
    """The head of every page, made once per content version; the page's own entry is marked."""
    html = remembered("masthead", lambda: _part("masthead"))
    entry = f'<li><a href="{escape(context["request"].path)}"'
    return mark_safe(html.replace(entry, f'{entry} aria-current="page"'))  # noqa: S308 -- escaped


@register.simple_tag
def colophon():
    """The foot of every page, made once per content version."""
    return remembered("colophon", lambda: _part("colophon"))


def _part(name):
    return render_to_string(f"frame/_{name}.html", {"site_settings": site_settings()})


@register.inclusion_tag("components/pause.html")
def pause_of_the_team():
    """Above a form's button: that nobody answers before this day, where that is so."""
    return {"until": site_settings().pause}


@register.simple_tag
def menu_pages():
    """The pages ticked for the menu: [(title, url)], in their order."""
    return remembered("pages", _pages)[0]


@register.simple_tag
def footer_pages():
    """The other pages below the home page: [(title, url)]."""
    return remembered("pages", _pages)[1]


def _pages():
    """Read both at once: (in the menu, not in it)."""
    root = page_paths.site_root()
    split = [], []
    if root:
        below = Page.objects.filter(path__startswith=root.path, depth=len(root.path) // STEP + 1)
        shown = page_paths.visible(below).order_by("path")
        for title, url_path, in_menus in shown.values_list("title", "url_path", "show_in_menus"):
            split[not in_menus].append((title, page_paths.address(url_path)))
    return split


@register.simple_tag
def needle():
    """How the mark is drawn on this site."""
    return needles.needle(site_settings().needle)


@register.simple_tag
def photo_of(photo, size):
    """The `Picture` of a photo in one of the declared sizes."""
    return picture(photo, size)


def site_settings():
    """The site's settings, read once per content version."""
    return remembered("settings", SiteSettings.load)
