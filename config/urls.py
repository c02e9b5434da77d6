"""Every address of the site, by room."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import installed
from directory.sitemaps import CategorySection, CommuneSection, ListingSection, MarketSection
from home import sitemaps
from home.accounts import doors
from home.oembed import answers as oembed
from label.sitemaps import LabelSection, MemberSection, PostSection, ProductionSection
from letter.sitemaps import LetterSection
from webmag.sitemaps import ArticleSection, AuthorSection, IssueSection, MagazineSection

SITEMAPS = {
    "pages": sitemaps.PageSection,
    "fiches": ListingSection,
    "communes": CommuneSection,
    "categories": CategorySection,
    "marches": MarketSection,
    "magazines": MagazineSection,
    "numeros": IssueSection,
    "articles": ArticleSection,
    "auteurs": AuthorSection,
    "fait-ici": ProductionSection,
    "publications": PostSection,
    "label": LabelSection,
    "membres": MemberSection,
    "lettres": LetterSection,
}

urlpatterns = [
    path("compte/", include("home.accounts.urls")),
    # Before Wagtail's own: its logins know no second factor.
    path("gestion/login/", doors.to_login),
    path("gestion/logout/", doors.logout),
    re_path(r"^gestion/password_reset/", doors.to_reset),
    path("_util/login/", doors.to_login),
    path("gestion/", include("webmag.desk.instead_urls")),
    path("gestion/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("annuaire/", include("directory.urls")),
    # Before the directory's, which answers whatever else lies below /api/.
    path("api/", include("webmag.api.urls")),
    path("api/", include("label.api.urls")),
    path("api/", include("directory.api.urls")),
    path("carte/", include("directory.tiles.urls")),
    path("marches/", include("directory.market_urls")),
    path("magazines/", include("webmag.urls")),
    path("label/demande/", include("label.claim_urls")),
    path("label/", include("label.urls")),
    path("badge/", include("label.badge_urls")),
    path("flux/", include("webmag.feed_urls")),
    path("flux/", include("label.feed_urls")),
    path("flux/", include("letter.feed_urls")),
    path("fait-ici/", include("label.production_urls")),
    path("mur/", include("label.wall_urls")),
    path("lettre/", include("letter.urls")),
    path("oembed", oembed.answer, name="oembed"),
    path("embed/", include("directory.embed_urls")),
    path("embed/", include("webmag.embed_urls")),
    path("embed/", include("label.embedded_urls")),
    path("", include("label.embed_urls")),
    path("label/", include("label.post_urls")),
    path("mon-espace/", include("label.space_urls")),
    path("recherche/", include("webmag.search_urls")),
    path("sitemap.xml", sitemaps.index, {"sections": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<slug:name>-<int:number>.xml",
        sitemaps.section,
        {"sections": SITEMAPS},
        name="sitemap_section",
    ),
    path("application.webmanifest", installed.manifest, name="manifest"),
    path("icone-<int:size>.png", installed.touch_icon, name="touch_icon"),
    path("hors-ligne.js", installed.worker, name="worker"),
    path("hors-ligne/", installed.offline, name="offline"),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]
