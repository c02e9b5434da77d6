"""/sitemap.xml: an index, and a list per kind of page; config/urls.py names the kinds.

Django's own views take the host from the request; ours come from SITE_URL like every link.
"""

from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from home import page_paths
from home.models import HomePage, PlainPage

MOST_PER_FILE = 5000


class Section(Sitemap):
    """One kind of page: what there is (`items`) and when each changed (`lastmod`)."""

    limit = MOST_PER_FILE

    def urls(self, number):
        """The entries of the section's file `number`, from 1; raises `EmptyPage`."""
        address = urlsplit(settings.SITE_URL)
        site = SimpleNamespace(domain=address.netloc)
        return self.get_urls(page=number, site=site, protocol=address.scheme)

    def get_latest_lastmod(self):
        """When the newest of those changed of which it is known; None where it is of none."""
        lastmod = getattr(self, "lastmod", lambda item: None)
        return max(filter(None, map(lastmod, self.items())), default=None)

    @property
    def files(self):
        """Numbers of the section's files; none for an empty section."""
        return self.paginator.page_range if self.paginator.count else ()


class PageSection(Section):
    """The home page and plain pages."""

    def items(self):
        """Published pages that need no login."""
        root = page_paths.site_root()
        if not root:
            return Page.objects.none()
        # Other rooms list their kinds of page themselves.
        ours = Page.objects.type(HomePage, PlainPage).filter(path__startswith=root.path)
        return page_paths.visible(ours).order_by("path")

    def lastmod(self, page):
        """When the page was last published."""
        return page.last_published_at or page.first_published_at

    def location(self, page):
        """The page's path."""
        return page_paths.address(page.url_path)


@require_safe
def index(request, sections):
    """The list of lists."""
    files = []
    for name, make in sections.items():
        section = make()
        for number in section.files:
            path = reverse("sitemap_section", args=[name, number])
            files.append(
                {
                    "location": settings.SITE_URL + path,
                    "last_mod": section.get_latest_lastmod() if number == 1 else None,
                }
            )
    return xml(request, "sitemap_index.xml", {"sitemaps": files})


@require_safe
def section(request, sections, name, number):
    """One list of at most 5,000 addresses."""
    if name not in sections:
        raise Http404
    try:
        urls = sections[name]().urls(number)
    except EmptyPage:
        raise Http404 from None
    return xml(request, "sitemap.xml", {"urlset": urls})


def xml(request, template, context):
    """Render one of Django's own templates."""
    return TemplateResponse(request, template, context, content_type="application/xml")
