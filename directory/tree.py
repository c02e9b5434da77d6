"""The categories in memory: sixty rows that every page of the directory needs."""

from dataclasses import dataclass

from directory.models import Category
from home.versions import remembered


@dataclass(frozen=True)
class CategoryTree:
    """All categories: by slug and by pk, families in order with their trades, trades by pk."""

    by_slug: dict
    by_pk: dict
    families: list
    trades: dict
    of_family: dict

    def trades_of(self, family):
        """The trades of a family in their order."""
        return self.of_family.get(family.pk, [])


def category_tree():
    """Return the tree, read once per content version."""
    return remembered("category tree", _read)


def _read():
    every = list(Category.objects.order_by("order", "name"))
    by_pk = {category.pk: category for category in every}
    for category in every:
        # So that `trade.parent` asks the database for nothing.
        category.parent = by_pk.get(category.parent_id)
    of_family = {}
    for category in every:
        if category.parent_id:
            of_family.setdefault(category.parent_id, []).append(category)
    return CategoryTree(
        by_slug={category.slug: category for category in every},
        by_pk=by_pk,
        families=[category for category in every if category.parent_id is None],
        trades={category.pk: category for category in every if category.parent_id},
        of_family=of_family,
    )
