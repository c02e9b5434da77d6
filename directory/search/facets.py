"""Categories beside a list, with how many listings each one has there."""

from directory.tree import category_tree


def facet(counts, criteria, address=None):
    """Return [(category, count, address, current)]: families, and the chosen one's trades.

    `counts` is {category pk: count}; `address` makes the address of a category (default: the
    search with that category). Choosing the current one again takes it off.
    """
    address = address or (lambda category: f"?{criteria.query(category=category)}")
    tree = category_tree()
    chosen = criteria.category
    rows = []
    for family in tree.families:
        opened = chosen and family.pk in (chosen.pk, chosen.parent_id)
        if not (counts.get(family.pk) or opened):
            continue
        rows.append(_row(family, counts, chosen, address))
        if opened:
            rows += [
                _row(trade, counts, chosen, address)
                for trade in tree.trades_of(family)
                if counts.get(trade.pk) or trade == chosen
            ]
    return rows


def _row(category, counts, chosen, address):
    current = category == chosen
    return category, counts.get(category.pk, 0), address(None if current else category), current
