"""Before and after: what a correction would change on a listing, and taking it over.

A change is kept as {"before": value, "after": value}, values as the listing holds them (hours in
OpenStreetMap's syntax, the commune as its INSEE code); "words" beside them are hours that were
not understood. "applied" is the value that a moderator took over, perhaps reworded.
"""

import difflib
import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from wagtail.log_actions import log

from directory import hours
from directory.fact_fields import as_lines, named
from directory.importing.contacts import clean_phone, clean_website
from directory.models import Commune, Listing

LABELS = {
    "hours": "Horaires",
    "phone": "Téléphone",
    "website": "Site internet",
    "summary": "En une ligne",
    "street": "Numéro et rue",
    "commune": "Commune",
    "postal_code": "Code postal",
    "trading_state": "Activité",
}
NOTHING = "(rien)"
PLACE = {"commune", "street"}
PARTS = re.compile(r"\s+|[^\s]+")


class ChangeError(Exception):
    """Why a correction cannot be taken over, in French."""


def as_told(listing):
    """What the page says today, as the correction's form shows it; nothing that it hides."""
    return {
        "hours": as_lines(listing.hours),
        "phone": listing.phone,
        "website": listing.website,
        "summary": listing.summary,
        "street": listing.public_street,
        "commune": f"{listing.commune.name} ({listing.postal_code})"
        if listing.commune and listing.postal_code
        else named(listing.commune)
        if listing.commune
        else "",
        "closed": listing.closed_for_good,
    }


def present(listing, field):
    """What the listing says today, as a change keeps it."""
    return (listing.commune_id or "") if field == "commune" else getattr(listing, field)


def between(listing, told):
    """The changes from the listing to what was told, fields that say the same left out."""
    found = {}
    for field, after in told.items():
        before = present(listing, field)
        if field == "hours":
            if after.words:
                found[field] = {"before": before, "after": None, "words": after.words}
            elif after.written != before:
                found[field] = {"before": before, "after": after.written}
        elif not same(field, before, after):
            found[field] = {"before": before, "after": after}
    return found


def same(field, before, after):
    """Whether two values say the same, however they are written."""
    if field == "phone":
        return clean_phone(before)[0] == clean_phone(after)[0]
    if field == "website":
        return clean_website(before)[0] == clean_website(after)[0]
    return (before or "").strip() == after


def shown(field, value):
    """A value as a person reads it; "" where there is none."""
    if value in ("", None):
        return ""
    if field == "hours":
        return as_lines(value) if hours.is_valid(value) else value
    if field == "commune":
        commune = Commune.objects.filter(pk=value).first()
        return named(commune) if commune else value
    if field == "trading_state":
        return dict(Listing.Trading.choices).get(value, value)
    return value


def compared(before, after):
    """Two texts as HTML, the words that differ marked; returns (before, after)."""
    old, new = PARTS.findall(before), PARTS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    left, right = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            left.append(format_html("{}", gone))
            right.append(format_html("{}", come))
            continue
        if gone:
            left.append(format_html("<del>{}</del>", gone))
        if come:
            right.append(format_html("<ins>{}</ins>", come))
    return tuple(format_html_join("", "{}", ((part,) for part in side)) for side in (left, right))


def rows(case):
    """What the moderator compares: a dict for each field, before and after side by side."""
    for field, change in case.changes.items():
        before = shown(field, change["before"])
        after = change.get("words") or shown(field, change["after"])
        today = present(case.listing, field) if case.listing else change["before"]
        left, right = compared(before, after)
        yield {
            "field": field,
            "label": LABELS.get(field, field),
            "before": left or NOTHING,
            "after": right or NOTHING,
            "unclear": "words" in change,
            "meanwhile": shown(field, today) or NOTHING if today != change["before"] else "",
            "is_done": today == change["after"],
            "applied": "applied" in change,
        }


@transaction.atomic
def apply(case, values, user, point=None):
    """Write values into the case's listing, {field: value}; raises `ChangeError`.

    `point` is (lat, lng) of the new address, where the address changes and it is known. A
    revision is made before and after, so that « Historique » can put it back, and a draft that
    waits gets the same values. The case remembers what was applied.
    """
    listing = Listing.objects.select_for_update().filter(pk=case.listing_id).first()
    if listing is None:
        raise ChangeError("La fiche n’existe plus.")
    if listing.locked:
        raise ChangeError("La fiche est verrouillée : déverrouillez-la d’abord.")
    draft = listing.get_latest_revision_as_object() if listing.has_unpublished_changes else None
    if not draft:
        listing.save_revision(user=user)
    before = [listing.lat, listing.lng]
    put(listing, values, point)
    others = [field.name for field in listing._meta.fields if field.name not in values]
    try:
        listing.clean_fields(exclude=others)
    except ValidationError as error:
        raise ChangeError(" ".join(error.messages)) from None
    listing.save()
    revision = listing.save_revision(user=user)
    if listing.live:
        revision.publish(user=user, skip_permission_checks=True, log_action=False)
    if draft:
        put(draft, values, point)
        draft.save_revision(user=user, changed=True)
    fields = sorted(values)
    log(
        instance=listing,
        action="directory.correct",
        user=user,
        revision=revision,
        content_changed=True,
        data={"fields": [LABELS[field] for field in fields], "request": case.pk},
    )
    for field in fields:
        case.changes[field] |= {"applied": values[field], "point": before}
    case.save(update_fields=["changes"])
    return listing


def put(listing, values, point):
    """Set the values in memory; a place that moved has the new point, or none."""
    for field, value in values.items():
        setattr(listing, "commune_id" if field == "commune" else field, value)
    if "commune" in values:
        listing.commune = Commune.objects.filter(pk=values["commune"]).first()
    if PLACE & values.keys():
        listing.lat, listing.lng = point or (None, None)


def take_back(case, user):
    """Undo: put back what stood before, where the applied value still stands; returns how many."""
    if not case.listing:
        return 0
    back = {
        field: change["before"]
        for field, change in case.changes.items()
        if "applied" in change and present(case.listing, field) == change["applied"]
    }
    if back:
        points = [case.changes[field]["point"] for field in PLACE & back.keys()]
        apply(case, back, user, point=points[0] if points else None)
    for change in case.changes.values():
        change.pop("applied", None)
        change.pop("point", None)
    case.save(update_fields=["changes"])
    return len(back)
