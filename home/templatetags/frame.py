"""Tags of the page frame: signs, menus, pictures."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail.models import Site

from home.models import SiteSettings
from home.pictures import picture
from home.versions import remembered

register = template.Library()


@register.simple_tag
def icon(name, label=""):
    """A sign of the sprite; silent for screen readers unless it has a label."""
    href = f"{static('home/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


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
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    split = [], []
    if site:
        for page in site.root_page.get_children().live().public().order_by("path"):
            split[not page.show_in_menus].append((page.title, page.get_url()))
    return split


@register.simple_tag
def photo_of(photo, size):
    """The `Picture` of a photo in one of the declared sizes."""
    return picture(photo, size)


def site_settings():
    """The site's settings, read once per content version."""
    return remembered("settings", SiteSettings.load)
