"""Public listings as rows of plain values, column by column."""

from collections import defaultdict
from collections.abc import Iterator

from directory.exporting import children
from directory.exporting.columns import COLUMNS, DERIVED
from directory.exporting.values import read_values
from directory.models import FormerSlug, Listing, ListingSource

BATCH = 500


def export_rows(queryset) -> Iterator[dict]:
    """The public ones of these listings in the order of their slugs, a few hundred at a time.

    A hidden address gives neither street nor point.
    """
    for listings in public_listings(queryset):
        children.load(listings)
        ids = [listing.pk for listing in listings]
        sources, former = sources_of(ids), _former_slugs(ids)
        for listing in listings:
            row = _row(listing)
            row["sources"] = [described(source, listing) for source in sources[listing.pk]]
            row["former_slugs"] = former[listing.pk]
            yield {column: row[column] for column in COLUMNS}


def public_listings(queryset) -> Iterator[list[Listing]]:
    """The public ones of these listings, in batches, in the order of their slugs.

    Sorted here and not by the database, whose order depends on engine and language.
    """
    public = queryset.filter(live=True).order_by().values_list("slug", "pk")
    ids = [pk for _, pk in sorted(public)]
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        found = Listing.objects.filter(live=True).select_related("category", "commune", "parent")
        by_id = found.in_bulk(part)
        yield [by_id[pk] for pk in part if pk in by_id]


def _row(listing: Listing) -> dict:
    row = read_values(listing)
    row["slug"] = listing.slug
    row["insee"] = row["commune"]
    row["commune"] = listing.commune.name if listing.commune else ""
    row["street"] = listing.public_street
    shows_point = listing.has_exact_public_point
    row["lat"], row["lng"] = (listing.lat, listing.lng) if shows_point else (None, None)
    row["parent"] = listing.parent.slug if listing.parent and listing.parent.live else ""
    row["stands"] = [
        _stand(stand)
        for stand in listing.stands.all()
        if stand.place or (stand.market and stand.market.live)
    ]
    row["photos"] = [
        {
            "file": item.photo.file.name,
            "alt": item.photo.alt_text,
            "credit": item.photo.credit,
            "licence": item.photo.licence,
        }
        for item in listing.photos.all()
    ]
    return row


def _stand(stand) -> dict:
    """A stand; a market that is not public is not named."""
    public = stand.market and stand.market.live
    return {
        "market": stand.market.slug if public else "",
        "place": stand.place,
        "hours": stand.hours,
        "note": stand.note,
    }


def described(source: ListingSource, listing: Listing) -> dict:
    """Where a listing comes from, as it is exported.

    An identifier made of the street would tell a hidden one to whoever tries all streets, so
    that the slug takes its place.
    """
    hidden = not listing.address_is_public and source.source_id.startswith(DERIVED)
    return {
        "source": source.source,
        "id": f"{DERIVED}{listing.slug}" if hidden else source.source_id,
        "licence": source.licence,
        "retrieved_at": source.retrieved_at.isoformat(),
        "missing_since": source.missing_since.isoformat() if source.missing_since else "",
    }


def sources_of(ids: list[int]) -> dict[int, list[ListingSource]]:
    """{listing: where it comes from, in order}."""
    found = defaultdict(list)
    rows = ListingSource.objects.filter(listing_id__in=ids).defer("imported_values")
    for source in sorted(rows, key=lambda source: (source.source, source.source_id)):
        found[source.listing_id].append(source)
    return found


def _former_slugs(ids: list[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for pk, slug in FormerSlug.objects.filter(listing_id__in=ids).values_list("listing_id", "slug"):
        found[pk].append(slug)
    for slugs in found.values():
        slugs.sort()
    return found
