"""The rows that hang on listings, written for many listings at once."""

from directory.exporting.children import TABLES, THROUGH
from directory.exporting.values import CHILDREN


def begin_empty(listing) -> None:
    """A new listing has no children yet, and nobody needs to ask the database."""
    for relation in CHILDREN.values():
        setattr(listing, relation, [])


def store(changed: dict[str, list]) -> None:
    """Write the children in memory: {relation: the listings whose rows are to be renewed}."""
    for relation, listings in changed.items():
        ids = [listing.pk for listing in listings]
        if relation in THROUGH:
            model, target, _ = THROUGH[relation]
            rows = [
                model(listing_id=listing.pk, **{f"{target}_id": other.pk})
                for listing in listings
                for other in getattr(listing, relation).all()
            ]
            model.objects.filter(listing_id__in=ids).delete()
        else:
            model, owner, _ = TABLES[relation]
            rows = []
            for listing in listings:
                for row in getattr(listing, relation).all():
                    row.pk = None
                    setattr(row, owner, listing.pk)
                    rows.append(row)
            model.objects.filter(**{f"{owner}__in": ids}).delete()
        model.objects.bulk_create(rows)
