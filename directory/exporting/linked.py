"""Listings as schema.org nodes, with the licences that go along (https://schema.org)."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from directory import structured_data
from directory.exporting.columns import DERIVED
from directory.exporting.rows import described, public_listings, sources_of
from directory.models import Listing, ListingSource
from home.models import SiteSettings


def directory_node() -> dict:
    """The directory as a whole, under its licence."""
    site = SiteSettings.load()
    return {
        "@type": "Dataset",
        "@id": _directory_url(),
        "url": _directory_url(),
        "name": site.site_name,
        "description": site.tagline or f"L’annuaire de {site.site_name}.",
        "license": licence_url(site.data_licence),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
    }


def listing_nodes(queryset) -> Iterator[dict]:
    """The public listings, each as on its page, and where its facts come from."""
    for listings in public_listings(queryset):
        sources = sources_of([listing.pk for listing in listings])
        for listing in listings:
            node = structured_data.listing_data(listing)
            del node["@context"]
            based_on = [_source(source, listing) for source in sources[listing.pk]]
            node["subjectOf"] = _page(node["url"], based_on)
            yield node


def licence_url(spdx: str) -> str:
    """The page of a licence, from its SPDX identifier."""
    return f"https://spdx.org/licenses/{spdx}.html"


def _directory_url() -> str:
    return settings.SITE_URL + reverse("directory:search")


def _page(url: str, based_on: list[dict]) -> dict:
    """The listing's page: a work, and so what can have sources and licences."""
    page = {"@type": "WebPage", "url": url, "isPartOf": {"@id": _directory_url()}}
    return page | {"isBasedOn": based_on} if based_on else page


def _source(source: ListingSource, listing: Listing) -> dict:
    said = described(source, listing)
    node = {
        "@type": "Dataset",
        "name": said["source"],
        "license": licence_url(said["licence"]),
        "dateModified": said["retrieved_at"],
    }
    if not said["id"].startswith(DERIVED):
        node["identifier"] = said["id"]
    if source.credit:
        node["creditText"] = source.credit
    return node
