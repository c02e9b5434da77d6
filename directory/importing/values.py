"""Setting plain values (`directory.exporting.values`) on a listing in memory."""

from datetime import date

from directory.exporting.values import PLAIN
from directory.models import HoursException, ListingLink, ListingProduct, ListingTag, MarketStand

# What visitors and editors call the fields, for the report.
LABELS = {
    "more_categories": "autres métiers",
    "point": "point",
    "commune": "commune",
    "parent": "maison mère",
    "products": "produits",
    "tags": "étiquettes",
    "links": "liens",
    "exceptions": "exceptions",
    "stands": "marchés",
    "serves": "livre dans",
    "photos": "photos",
}


class Writer:
    """Sets values on listings in memory, with the rows that they point to at hand."""

    def __init__(self, categories, communes, tags, listings, photos):
        """Each argument is a dict: by slug, INSEE code, name, slug and file name."""
        self.categories = categories
        self.communes = communes
        self.tags = tags
        self.listings = listings
        self.photos = photos

    def write(self, listing, name: str, value) -> None:
        """Set one field; what it points to and nobody knows is left out."""
        if name in PLAIN:
            setattr(listing, name, value)
        else:
            getattr(self, f"_{name}")(listing, value)

    def _category(self, listing, slug):
        listing.category = self.categories.get(slug)

    def _commune(self, listing, insee):
        listing.commune = self.communes.get(insee)

    def _parent(self, listing, slug):
        listing.parent = self.listings.get(slug)

    def _point(self, listing, point):
        listing.lat, listing.lng = point or (None, None)

    def _verified_on(self, listing, day):
        listing.verified_on = date.fromisoformat(day) if day else None

    def _more_categories(self, listing, slugs):
        listing.more_categories = [self.categories[s] for s in slugs if s in self.categories]

    def _serves(self, listing, codes):
        listing.serves = [self.communes[code] for code in codes if code in self.communes]

    def _products(self, listing, names):
        listing.product_items = [ListingProduct(tag=self.tags[name]) for name in names]

    def _tags(self, listing, names):
        listing.tag_items = [ListingTag(tag=self.tags[name]) for name in names]

    def _links(self, listing, links):
        listing.links = [ListingLink(**link, sort_order=i) for i, link in enumerate(links)]

    def _exceptions(self, listing, rows):
        listing.exceptions = [
            HoursException(
                start=date.fromisoformat(row["start"]),
                end=date.fromisoformat(row["end"]),
                hours=row["hours"],
                note=row["note"],
                sort_order=order,
            )
            for order, row in enumerate(rows)
        ]

    def _stands(self, listing, rows):
        listing.stands = [
            MarketStand(
                market=self.listings.get(row["market"]),
                place=row["place"],
                hours=row["hours"],
                note=row["note"],
                sort_order=order,
            )
            for order, row in enumerate(rows)
        ]

    def _photos(self, listing, files):
        model = listing._meta.get_field("photos").related_model
        known = [self.photos[file] for file in files if file in self.photos]
        listing.photos = [model(photo=photo, sort_order=i) for i, photo in enumerate(known)]
