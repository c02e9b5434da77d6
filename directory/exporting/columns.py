"""The columns of our own export, in order: what is not listed here is not exported."""

COLUMNS = (
    "slug",
    "name",
    "kind",
    "category",
    "more_categories",
    "products",
    "tags",
    "summary",
    "description",
    "street",
    "postal_code",
    "insee",
    "commune",
    "lat",
    "lng",
    "hide_address",
    "visits",
    "itinerant",
    "serves",
    "parent",
    "phone",
    "email",
    "website",
    "links",
    "hours",
    "hours_note",
    "season_note",
    "exceptions",
    "stands",
    "payment",
    "trading_state",
    "trading_note",
    "verified_on",
    "verified_by",
    "photos",
    "sources",
    "former_slugs",
)

# In front of a source's identifier that we made ourselves, for a row that has none.
DERIVED = "clef:"

# A file with these columns is one of ours.
SIGNATURE = {"slug", "name", "insee", "hide_address", "sources"}


def is_own_export(header: list[str]) -> bool:
    """Whether these column names are those of our own export."""
    return set(header) >= SIGNATURE
