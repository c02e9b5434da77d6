"""Every address of the site, by room."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from directory.sitemaps import CategorySection, CommuneSection, ListingSection
from home import sitemaps

SITEMAPS = {
    "pages": sitemaps.PageSection,
    "fiches": ListingSection,
    "communes": CommuneSection,
    "categories": CategorySection,
}

urlpatterns = [
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("annuaire/", include("directory.urls")),
    path("sitemap.xml", sitemaps.index, {"sections": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<slug:name>-<int:number>.xml",
        sitemaps.section,
        {"sections": SITEMAPS},
        name="sitemap_section",
    ),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]
