"""How far somebody's agreement goes: for what they write, where they write it.

A site may be taken over, its feed may lead to another's, a link may be one that was shortened. Who
is published unread is so on the sites where people have read them.
"""

from django.db.models import Q

from label.collecting.turns import site_of
from label.models import Item, Source


def speaks_freely(source) -> bool:
    """Whether what it says is public at once."""
    return source.trusted and source.consent == Source.Consent.GIVEN


def is_at_home(source, url: str) -> bool:
    """Whether it is known to write on the site of this address.

    Its own site is; those of its first answer are, and those of what somebody let through.
    """
    site = site_of(url)
    if not source.brought or site in {site_of(source.url), site_of(source.address)}:
        return True
    there = Q()
    for start in ("http://", "https://", "http://www.", "https://www."):
        there |= Q(url__istartswith=f"{start}{site}/")
    read = Item.objects.filter(there, state=Item.State.PUBLISHED, sightings__source=source)
    return read.exists()


def moved_house(source, moved: str) -> bool:
    """Whether a feed that is published unread went to live on another site.

    A site and its own subdomains are one.
    """
    if not moved or not speaks_freely(source):
        return False
    old, new = site_of(source.url), site_of(moved)
    return not (old == new or old.endswith(f".{new}") or new.endswith(f".{old}"))
