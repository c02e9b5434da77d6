"""Where pages lie, and below which of them nobody may look; read once per content version."""

from typing import NamedTuple

from django.db.models import Q
from wagtail.models import Page, Site

from home.versions import remembered


class Root(NamedTuple):
    """The home page's place in the tree, and the beginning of the paths of all below it."""

    path: str
    url_path: str


def site_root():
    """The place of the home page that the site shows; None before there is one."""
    return remembered("site root", _root)


def _root():
    sites = Site.objects.filter(is_default_site=True)
    row = sites.values_list("root_page__path", "root_page__url_path").first()
    return row and Root(*row)


def address(url_path):
    """The address of a page: `/magazines/bissac/` for `/accueil/magazines/bissac/`."""
    root = site_root()
    return "/" + url_path.removeprefix(root.url_path if root else "/")


def url_path(address):
    """The other way round."""
    root = site_root()
    return (root.url_path if root else "/") + address.removeprefix("/")


def hidden_paths():
    """The places below which nothing is public: unpublished pages, pages behind a login."""
    return remembered("hidden pages", _hidden)


def _hidden():
    hidden = Q(live=False, numchild__gt=0) | Q(view_restrictions__isnull=False)
    return list(Page.objects.filter(hidden).order_by("path").values_list("path", flat=True))


def visible(pages, hidden=None):
    """Only what anybody may see of a QuerySet of pages: published, and so is all above it.

    Wagtail's own `public()` asks for the restrictions each time, and shows what lies below an
    unpublished page. A prepared query names the places that are `hidden`: they are among its
    values, and reach its SQL as `below` writes them.
    """
    seen = pages.filter(live=True)
    for path in hidden_paths() if hidden is None else hidden:
        seen = seen.exclude(path__startswith=path)
    return seen


def below(path):
    """What the paths of all pages at and below a place are like, in SQL."""
    return f"{path}%"
