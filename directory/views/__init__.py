"""What stands behind the addresses of /annuaire/."""

from directory.views.listings import listing, qr, vcard
from directory.views.places import category, commune, communes
from directory.views.requests import ask_correction, ask_removal, ask_to_manage, thanks
from directory.views.search import search

__all__ = [
    "ask_correction",
    "ask_removal",
    "ask_to_manage",
    "category",
    "commune",
    "communes",
    "listing",
    "qr",
    "search",
    "thanks",
    "vcard",
]
