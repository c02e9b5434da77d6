"""A listing in schema.org's words, as JSON-LD (https://schema.org/LocalBusiness)."""

import json
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import mark_safe

from directory import hours

# What would end the script element or start a comment in it, as JSON escapes.
UNSAFE = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


class Point(NamedTuple):
    """A place on the map, in degrees."""

    lat: float
    lng: float


def listing_json(listing):
    """Return the JSON-LD of a listing, safe inside a script element."""
    return as_script(listing_data(listing))


def as_script(data):
    """Return data as JSON that cannot end the script element around it."""
    text = json.dumps(data, ensure_ascii=False)
    # `str.translate` takes a hundred times as long.
    for sign, escaped in UNSAFE.items():
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308 -- what could end the script is escaped


def listing_data(listing):
    """Return the JSON-LD as a dict; a hidden address gives commune and postal code only."""
    url = settings.SITE_URL + listing.get_absolute_url()
    shown = listing.snapshot
    data = {
        "@context": "https://schema.org",
        "@type": listing.category.schema_org if listing.category else "LocalBusiness",
        "@id": url,
        "url": url,
        "name": listing.name,
        "description": listing.summary or listing.description[:300],
        "telephone": listing.phone,
        "email": listing.email,
        "sameAs": [link for link in (listing.website, *_links(listing)) if link],
        "image": [settings.SITE_URL + picture["src"] for picture in shown.get("pictures", ())],
        "address": postal_address(listing),
        "openingHoursSpecification": hours.schema_org(listing.hours),
        "paymentAccepted": ", ".join(listing.payment_labels),
        "keywords": ", ".join(shown.get("products", ())),
        "geo": geo(listing),
    }
    return filled(data)


def postal_address(listing):
    """The public address; a hidden one gives commune and postal code only."""
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": listing.public_street,
            "postalCode": listing.postal_code,
            "addressLocality": listing.commune.name if listing.commune else "",
            "addressCountry": settings.COUNTRY,
        }
    )


def geo(listing):
    """The exact point where it may be shown, else None."""
    if not listing.has_exact_public_point:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": round(listing.lat, 6),
        "longitude": round(listing.lng, 6),
    }


def _links(listing):
    return [link["url"] for link in listing.snapshot.get("links", ())]


def filled(data):
    """Return the data without what is empty."""
    return {key: value for key, value in data.items() if value not in ("", [], None)}
