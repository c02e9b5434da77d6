"""Loading the demo content into an empty site."""

import json
from datetime import date, timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from directory.markets.asking import upcoming
from directory.models import (
    Category,
    Commune,
    HoursException,
    Listing,
    ListingLink,
    ListingPhoto,
    ListingRequest,
    MarketStand,
)
from home.models import HomePage, Photo, PlainPage, SiteSettings

HERE = Path(__file__).parent
CREDIT = "Dessin : linogravure de démonstration"
LICENCE = "CC0-1.0"
WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
AS_THEY_ARE = [
    "name", "slug", "kind", "summary", "description", "street", "postal_code", "lat", "lng",
    "visits", "hide_address", "itinerant", "phone", "email", "website", "hours", "hours_note",
    "season_note", "payment", "trading_state", "trading_note", "verified_by",
]  # fmt: skip


def read(name):
    """Return what a file of the demo holds."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def day(text, today):
    """Read « +3d » or « -40d » as days from today, « Sa » as the coming Saturday; else ISO dates.

    Dates in the demo are relative, so that it stays alive however late it is loaded.
    """
    if not text:
        return None
    if text in WEEKDAYS:
        return upcoming(WEEKDAYS.index(text), today)
    if text.endswith("d"):
        return today + timedelta(days=int(text[:-1]))
    return date.fromisoformat(text)


def load_site():
    """Name, territory and contacts."""
    values = read("site.json")
    values["territory_codes"] = " ".join(values["territory_codes"])
    settings = SiteSettings.load()
    fields = {field.name for field in SiteSettings._meta.fields}
    for name in fields & values.keys():
        setattr(settings, name, values[name])
    settings.hidden_from_search_engines = True
    settings.save()


def load_pages():
    """The plain pages below the home page."""
    home = HomePage.objects.get()
    for page in read("pages.json"):
        home.add_child(
            instance=PlainPage(
                title=page["title"],
                slug=page["slug"],
                show_in_menus=page["in_menu"],
                body=json.dumps(list(blocks(page["body"]))),
            )
        )
        home.refresh_from_db()


def blocks(body):
    """Turn paragraphs, lists, headings and quotes into the blocks of a page."""
    for part in body:
        kind, value = part["type"], part["value"]
        if kind == "paragraph":
            yield {"type": "text", "value": format_html("<p>{}</p>", value)}
        elif kind == "list":
            rows = format_html_join("", "<li>{}</li>", ((row,) for row in value))
            yield {"type": "text", "value": format_html("<ul>{}</ul>", rows)}
        elif kind == "quote":
            yield {"type": "quote", "value": {"text": value, "author": ""}}
        else:
            yield {"type": kind, "value": value}


def load_photos():
    """Return {slug: photo} of the drawings; saving one makes all its sizes."""
    photos = {}
    for slug, words in read("drawings/alt.json").items():
        path = HERE / "drawings" / f"{slug}.webp"
        with path.open("rb") as file:
            photo = Photo(title=words[:120], alt_text=words[:250], credit=CREDIT, licence=LICENCE)
            photo.file.save(path.name, File(file), save=False)
            photo.width, photo.height = 1600, 1200
            photo.save()
        photos[slug] = photo
    return photos


def listing_rows():
    """All listings of the demo: markets and mother houses before those who name them."""
    rows = [row for path in sorted((HERE / "listings").glob("*.json")) for row in read(path)]
    return sorted(rows, key=lambda row: (row["kind"] != "marche", bool(row["parent"])))


@transaction.atomic
def load_listings(photos):
    """Make the listings; returns how many."""
    today = timezone.localdate()
    categories = {category.slug: category for category in Category.objects.all()}
    rows = listing_rows()
    wanted = {code for row in rows for code in (row["insee"], *row["serves"])}
    communes = Commune.objects.in_bulk(wanted)
    made = {}
    for row in rows:
        listing = Listing(
            category=categories.get(row["category"]),
            commune=communes.get(row["insee"]),
            parent=made.get(row["parent"]),
            verified_on=day(row["verified_on"], today),
            **{name: row[name] for name in AS_THEY_ARE},
        )
        listing.products.add(*row["products"])
        listing.tags.add(*row["tags"])
        listing.more_categories = [categories[slug] for slug in row["more_categories"]]
        listing.serves = [communes[code] for code in row["serves"] if code in communes]
        add_children(listing, row, photos, made, today)
        listing.save()
        made[row["slug"]] = listing
    return len(made)


def load_requests():
    """What visitors asked and proposed, so that the moderator's list has something in it."""
    now = timezone.now()
    for row in read("requests.json"):
        listing = Listing.objects.get(slug=row["listing"]) if row["listing"] else None
        fields = {name: row[name] for name in ("kind", "message", "details", "name", "email")}
        facts = row.get("facts", {})
        request = ListingRequest.objects.create(
            listing=listing,
            listing_name=listing.name if listing else facts["name"],
            facts=facts,
            changes={
                field: {"before": getattr(listing, field), "after": after}
                for field, after in row.get("changes", {}).items()
            },
            **fields,
        )
        # The date is set by itself when it is created.
        asked = now - timedelta(days=row["days"], hours=2)
        ListingRequest.objects.filter(pk=request.pk).update(created_at=asked)


def add_children(listing, row, photos, made, today):
    """Photos, links, exceptional days and stands."""
    listing.photos = [
        ListingPhoto(photo=photos[slug], sort_order=number)
        for number, slug in enumerate(row["photos"])
        if slug in photos
    ]
    listing.links = [
        ListingLink(sort_order=number, **link) for number, link in enumerate(row["links"])
    ]
    listing.exceptions = [
        HoursException(
            start=day(exception["start"], today),
            end=day(exception["end"], today),
            hours=exception["hours"],
            note=exception["note"],
        )
        for exception in row["exceptions"]
    ]
    listing.stands = [
        MarketStand(
            market=made.get(stand["market"]),
            place=stand["place"],
            hours=stand["hours"],
            note=stand["note"],
        )
        for stand in row["stands"]
    ]
