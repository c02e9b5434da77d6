"""Collected publications that meet the rules of a page or wall (label/gathering.py)."""

from django.db.models import Q

from label import item_cards
from label.models import Item, Membership


def found(rules, trade):
    """The public ones that meet the rules; `trade` are the listings of the trades asked for."""
    items = Item.objects.public() if rules.ask else Item.objects.none()
    if rules.tags:
        items = items.tagged(rules.tags)
    if rules.categories:
        member = Q(listing=None, membership__trade__in=rules.categories)
        items = items.filter(Q(listing__in=trade.values("pk")) | member)
    if rules.communes:
        member = Q(listing=None, membership__commune__in=rules.communes)
        items = items.filter(Q(listing__commune__in=rules.communes) | member)
    return items


def of_whom(rows, rules):
    """Of posts or collected items those of the listing asked for, or of who bears the label."""
    if rules.listing:
        rows = rows.filter(listing=rules.listing)
    if rules.labelled:
        members = Membership.objects.current().values("pk")
        rows = rows.filter(Q(listing__labelled=True) | Q(membership__in=members))
    return rows


def cards(numbers):
    """{number: card} of those of these that visitors may see; one query."""
    return {card.pk: card for card in item_cards.make(Item.objects.public().filter(pk__in=numbers))}
