"""What stands behind the addresses of /annuaire/."""

from directory.views.confirming import add_precision, confirm
from directory.views.listings import card, drawn_card, listing, qr, vcard
from directory.views.places import category, commune, communes
from directory.views.proposals import propose, suggest
from directory.views.requests import (
    ask_correction,
    ask_removal,
    ask_to_manage,
    link_sent,
    thanks,
)
from directory.views.search import search

__all__ = [
    "add_precision",
    "ask_correction",
    "ask_removal",
    "ask_to_manage",
    "card",
    "category",
    "commune",
    "communes",
    "confirm",
    "drawn_card",
    "link_sent",
    "listing",
    "propose",
    "qr",
    "search",
    "suggest",
    "thanks",
    "vcard",
]
