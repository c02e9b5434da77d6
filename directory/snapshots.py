"""What hangs on a listing, kept beside it in one column.

A list of twenty cards or a listing's page would otherwise ask a dozen tables for the same few
lines again and again. They are put together when something is written and read with the
listing itself, in one query.
"""

from dataclasses import asdict, dataclass
from datetime import date

from home import pictures


@dataclass(frozen=True)
class Exceptional:
    """A period with other hours than usual, as `directory.hours` wants it."""

    start: date
    end: date
    hours: str
    note: str


def snapshot(listing):
    """Return what is shown of a listing's children, ready for JSON.

    Reads the children in memory, so that a draft that is being previewed has one too.
    """
    photos = [item.photo for item in listing.photos.all()]
    return {
        "card": asdict(pictures.picture(photos[0], "card")) if photos else None,
        "pictures": [asdict(pictures.picture(photo, "large")) for photo in photos],
        "social": pictures.social_url(photos[0]) if photos else "",
        "exceptions": [
            {
                "start": exception.start.isoformat(),
                "end": exception.end.isoformat(),
                "hours": exception.hours,
                "note": exception.note,
            }
            for exception in listing.exceptions.all()
        ],
        "links": [{"label": link.label, "url": link.url} for link in listing.links.all()],
        "products": sorted(tag.name for tag in listing.products.all()),
        "tags": sorted(tag.name for tag in listing.tags.all()),
        "stands": [stand_row(stand) for stand in listing.stands.all()],
        "also": [
            {"name": category.name, "slug": category.slug}
            for category in listing.more_categories.all()
        ],
        "serves": sorted(commune.name for commune in listing.serves.all()),
    }


def stand_row(stand):
    """What is shown of a stand: of a market that visitors can see, else the place as written."""
    market = stand.market if stand.market and stand.market.live else None
    return {
        "place": market.name if market else stand.place,
        "slug": market.slug if market else "",
        "commune": market.commune.name if market and market.commune else "",
        "hours": stand.hours or (market.hours if market else ""),
        "note": stand.note,
    }


def refresh(listings):
    """Put the snapshots of saved listings right, without touching anything else of them."""
    for listing in listings:
        listing.snapshot = snapshot(listing)
    if listings:
        type(listings[0]).objects.bulk_update(listings, ["snapshot"], batch_size=200)


def exceptions_of(listing):
    """The exceptional hours of a listing, from its snapshot."""
    return [
        Exceptional(
            start=date.fromisoformat(row["start"]),
            end=date.fromisoformat(row["end"]),
            hours=row["hours"],
            note=row["note"],
        )
        for row in listing.snapshot.get("exceptions", ())
    ]
