"""What somebody who types an address may mean, while it is being typed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass

from directory.models import Commune
from directory.places.address_base import Hit, Unreachable, find_addresses

MOST = 6
SHORTEST = 3  # signs
LEAST_SCORE = 0.35
_LABEL = re.compile(r"(?P<street>.*?),?\s+(?P<code>\d{5})\s+\S.*")


@dataclass(frozen=True)
class Suggestion:
    """A line to choose, and what it puts into the two fields."""

    label: str
    street: str
    commune: str


def addresses(text: str, near: str = "", codes: Collection[str] = ()) -> list[dict]:
    """Addresses that a street and, if known, a commune may mean; none without network."""
    text, near = " ".join(text.split())[:160], " ".join(near.split())[:60]
    if len(text) < SHORTEST or "\x00" in text + near:
        return []
    try:
        hits = find_addresses(f"{text} {near}".strip())
    except Unreachable:
        return []
    hits = [hit for hit in hits if hit.score >= LEAST_SCORE and hit.kind != "municipality"]
    hits.sort(key=lambda hit: (hit.insee not in codes, -hit.score))
    names = Commune.objects.in_bulk({hit.insee for hit in hits})
    found = (_suggestion(hit, names.get(hit.insee)) for hit in hits)
    return [asdict(suggestion) for suggestion in found if suggestion][:MOST]


def _suggestion(hit: Hit, commune: Commune | None) -> Suggestion | None:
    parts = _LABEL.fullmatch(hit.label)
    if not parts or not commune:
        return None
    place = f"{commune.name} ({parts['code']})"
    return Suggestion(f"{parts['street']}, {place}", parts["street"], place)


def communes(text: str, codes: Collection[str] = ()) -> list[dict]:
    """Communes that a beginning, a name or a postal code may mean; no network needed."""
    text = " ".join(text.split())[:80]
    if len(text) < 2:
        return []
    found = Commune.objects.matching(text, codes, MOST)
    labels = (f"{commune.name} ({commune.main_postal_code})" for commune in found)
    return [asdict(Suggestion(label, "", label)) for label in labels]


def point_of(street: str, postal_code: str, commune: Commune) -> tuple[float, float] | None:
    """Latitude and longitude of an address in a commune; None when unknown, or without network."""
    if not street:
        return None
    try:
        hits = find_addresses(f"{street} {postal_code} {commune.name}")
    except Unreachable:
        return None
    sure = (hit for hit in hits if hit.insee == commune.pk and hit.score >= 0.5)
    exact = next((hit for hit in sure if hit.kind != "municipality"), None)
    return (exact.lat, exact.lng) if exact else None
