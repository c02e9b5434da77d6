"""What a page hands to its map, beside the tiles that the browser fetches by itself."""

from django.utils.html import json_script

from directory.models import Listing
from directory.tree import category_tree
from home.prepared import Prepared
from home.versions import remembered


def category_script():
    """The categories as a script of JSON for the page, made once per content version."""
    return remembered("category script", lambda: json_script(category_table(), "categories-carte"))


def category_table():
    """The categories for the browser: [[slug, name, sign, [[slug, name, sign], …]], …]."""
    tree = category_tree()
    return [
        [*_row(family), [_row(trade) for trade in tree.trades_of(family)]]
        for family in tree.families
    ]


def _row(category):
    return [category.slug, category.name, category.sign]


def slugs_counted_as_near(criteria, results):
    """The slugs of those who answer though their pin lies too far: the browser cannot know them.

    They deliver to, or pass through, the commune asked for (as in `ListingQuerySet.within`), or
    are shown because nobody is nearer.
    """
    elsewhere = [card.face.slug for card in results.elsewhere]
    commune = criteria.place and criteria.place.commune
    if not commune or criteria.box:
        return elsewhere
    return [*elsewhere, *(slug for (slug,) in SERVING.rows(commune.pk))]


def _serving(insee):
    served = Listing.serves.through.objects.filter(commune_id=insee)
    public = Listing.objects.public().trading().filter(pk__in=served.values("listing_id"))
    return public.order_by("slug").values_list("slug")


SERVING = Prepared(_serving)
