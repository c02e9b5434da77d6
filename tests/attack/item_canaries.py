"""Words that stand in collected publications that nobody may see."""

from django.utils import timezone

from label.models import Item
from tests.label import factories

ITEM_CANARIES = {
    "waiting item": "zorglubcueilli",
    "refused item": "zorglubecarte",
    "item taken down": "zorglubdisparu",
    "reason of an item": "zorglubexcuse",
    "item gone upstream": "zorglubenvole",
    "item of a hidden listing": "zorglubvoisin",
    "change of an item": "zorglubvariante",
    "original of an item": "zorglubbrut",
}
STATES = {
    "waiting item": Item.State.WAITING,
    "refused item": Item.State.REFUSED,
    "item taken down": Item.State.HIDDEN,
    "item gone upstream": Item.State.GONE,
}


def plant_items(listing, withdrawn):
    """One that is public, with all that may be hidden in it, and one in each other state."""
    c = ITEM_CANARIES
    public = factories.item("<p>Traite du soir</p>", "fromage", listing=listing)
    public.change = {"title": c["change of an item"], "tags": [c["change of an item"]]}
    public.changed_at, public.original = timezone.now(), c["original of an item"]
    public.reason = c["reason of an item"]
    public.save()
    for name, state in STATES.items():
        factories.item(c[name], "fromage", title=c[name], author=c[name], state=state)
    factories.item(c["item of a hidden listing"], "fromage", listing=withdrawn)
