"""« Est-ce celle-ci ? »: listings that a proposal may be about, drafts and removed ones included.

Looser than the search for duplicates (duplicates.py), whose measure of names it shares: who
proposes does not know the exact point, and letters of other alphabets that look like ours, accents,
case and punctuation make no difference.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Q, Value
from django.db.models.functions import Replace

from directory import geometry
from directory.importing.keys import match_key
from directory.models import Listing, ListingRequest, Tombstone
from directory.moderation.duplicates import COLUMNS, SIMILAR, read, similarity

NEAR_KM = 3
MOST = 5
# Letters of the Cyrillic and Greek alphabets, and what the eye takes them for.
TAKEN_FOR = str.maketrans(
    "аеорсухіјѕԁһӏкмтвнгɡԛԝαεορυχικνητγβ",
    "aeopcyxijsdhlkmtbhrgqwaeopuxiknntyb",
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class LookAlike:
    """A listing and why it is named: how alike the names are (0 to 100), or one contact."""

    listing: Listing
    score: float
    same_contact: bool


def plain(name):
    """A name as the eye reads it, in small letters of our alphabet."""
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", name)).casefold()
    return folded.translate(TAKEN_FOR)


def look_alikes(facts, listings):
    """The listings of a QuerySet that a proposal's facts may be about, the likeliest first."""
    asked = row(facts)
    found = []
    for values in around(facts, asked, listings).values_list(*COLUMNS):
        other = read((values[0], plain(values[1]), *values[2:]))
        score = similarity(asked, other)
        same_contact = bool(
            (asked.phone and asked.phone == other.phone)
            or (asked.website and asked.website == other.website)
        )
        if score >= SIMILAR or same_contact:
            found.append((same_contact, score, other.pk))
    found.sort(key=lambda one: (-(one[1] + 20 * one[0]), one[2]))
    known = listings.select_related("commune", "category").in_bulk([pk for *_, pk in found[:MOST]])
    return [
        LookAlike(known[pk], score, same_contact)
        for same_contact, score, pk in found[:MOST]
        if pk in known
    ]


def row(facts):
    """The proposal as duplicates.py compares it."""
    return read(
        (
            0,
            plain(facts["name"]),
            facts.get("lat"),
            facts.get("lng"),
            facts["commune"],
            None,
            facts["phone"],
            facts["website"],
        )
    )


def around(facts, asked, listings):
    """The listings of the commune or postal code, near the point, or with the same contact."""
    near = Q(commune=facts["commune"])
    if facts["postal_code"]:
        near |= Q(postal_code=facts["postal_code"])
    if facts.get("lat") is not None:
        west, south, east, north = geometry.box_around(facts["lat"], facts["lng"], NEAR_KM)
        near |= Q(lat__range=(south, north), lng__range=(west, east))
    if len(asked.phone) == 9:
        digits = "phone"
        for sign in " .-":
            digits = Replace(digits, Value(sign))
        listings = listings.annotate(digits=digits)
        near |= Q(digits__endswith=asked.phone)
    if asked.website:
        near |= Q(website__icontains=asked.website)
    return listings.filter(near)


def was_removed(facts):
    """Whether such a listing was taken away on request: for the moderator only, never public."""
    names = {facts["name"], plain(facts["name"])}
    keys = [match_key(name, facts["postal_code"]) for name in names]
    return Tombstone.objects.filter(match_key__in=keys).exists()


def proposed_too(case):
    """Other proposals that wait and may mean the same place."""
    others = ListingRequest.objects.waiting().filter(kind=case.kind).exclude(pk=case.pk)
    asked = row(case.facts)
    return [
        other
        for other in others[:200]
        if other.facts
        and other.facts["commune"] == case.facts["commune"]
        and similarity(asked, row(other.facts)) >= SIMILAR
    ]
