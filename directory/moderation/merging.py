"""Making one listing of two, without losing anything that hangs on either.

For each group of fields one side's values stay (`choices`); whatever can exist several times
(photos, tags, stands, sources, requests, addresses) is joined.
"""

from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from directory.exporting.values import read_values
from directory.models import (
    FormerSlug,
    HoursException,
    Listing,
    ListingLink,
    ListingPhoto,
    MarketStand,
)
from directory.moderation.moving import repoint_others, repoint_rows

KEEP, DROP, BOTH = "keep", "drop", "both"


class MergeError(Exception):
    """Why two listings cannot become one, in French."""


@dataclass(frozen=True)
class Group:
    """Fields that only make sense together: one choice for all of them."""

    key: str
    label: str
    fields: tuple
    joins: bool = False


GROUPS = (
    Group("name", "Nom", ("name",)),
    Group("kind", "Genre", ("kind",)),
    Group("category", "Métier", ("category",)),
    Group("summary", "En une ligne", ("summary",)),
    Group("description", "Présentation", ("description",), joins=True),
    Group("address", "Adresse", ("street", "postal_code", "commune")),
    Group("point", "Point", ("lat", "lng")),
    Group("visits", "Venir sur place", ("visits", "hide_address")),
    Group("itinerant", "Ambulant", ("itinerant",)),
    Group("phone", "Téléphone", ("phone",)),
    Group("email", "E-mail", ("email",)),
    Group("website", "Site internet", ("website",)),
    Group("hours", "Horaires", ("hours", "hours_note")),
    Group("season_note", "Saison", ("season_note",)),
    Group("payment", "Paiement", ("payment",)),
    Group("trading", "Activité", ("trading_state", "trading_note")),
    Group("verified", "Vérification", ("verified_on", "verified_by")),
    Group("parent", "Maison mère", ("parent",)),
    Group("live", "Publication", ("live",)),
)
# How each kind of child is recognised, so that the same link is not kept twice.
CHILDREN = {
    "photos": (ListingPhoto, ("photo_id",)),
    "links": (ListingLink, ("label", "url")),
    "exceptions": (HoursException, ("start", "end", "hours", "note")),
    "stands": (MarketStand, ("market_id", "place", "hours", "note")),
}
TAGS = ("tags", "products")
SETS = ("more_categories", "serves")


def values_of(listing, group):
    """The values of a group's fields."""
    return tuple(getattr(listing, field) for field in group.fields)


def is_empty(values):
    """Whether a group says nothing."""
    return all(value in (None, "", [], False) for value in values)


def differing(keep, drop):
    """The groups in which two listings differ."""
    return [group for group in GROUPS if values_of(keep, group) != values_of(drop, group)]


def typed_by_a_person(listing, group):
    """Whether what a group says is in no source: a person typed or changed it."""
    now = read_values(listing)
    fields = ("point",) if group.key == "point" else group.fields
    return all(
        any(field in said and said[field] != now[field] for field in fields)
        for said in (source.imported_values for source in listing.sources.all())
    )


def default_choice(keep, drop, group):
    """Which side's values stay unless somebody says otherwise.

    The one that says something; for visits the one that shows less; then what a person typed,
    what was verified last, what is longer; then the kept listing's.
    """
    mine, theirs = values_of(keep, group), values_of(drop, group)
    if group.key == "visits":
        return DROP if keep.address_is_public and not drop.address_is_public else KEEP
    if group.key == "live":
        return DROP if drop.live else KEEP
    if is_empty(mine) != is_empty(theirs):
        return DROP if is_empty(mine) else KEEP
    for weigh in (
        lambda listing: typed_by_a_person(listing, group),
        lambda listing: listing.verified_on.toordinal() if listing.verified_on else 0,
        lambda listing: sum(len(str(value)) for value in values_of(listing, group)),
    ):
        if weigh(keep) != weigh(drop):
            return KEEP if weigh(keep) > weigh(drop) else DROP
    return KEEP


def merge(keep, drop, choices, user):
    """Make one listing of two and return it; `choices` is group key → KEEP, DROP or BOTH.

    Groups without a choice take the default. Addresses of the dropped listing redirect. A
    revision is made before and after, so that the kept listing can be put back; the dropped
    one's last state is in the history. Raises `MergeError`.
    """
    with transaction.atomic():
        keep, drop = locked(keep, drop)
        drafts = [drafted(listing) for listing in (keep, drop)]
        keep.save_revision(user=user)
        join(keep, drop, {group.key: choice(keep, drop, group, choices) for group in GROUPS})
        trace = drop.serializable_data()
        keep.save()
        repoint_others(keep, drop)
        repoint_rows(keep, drop)
        slug, name = drop.slug, drop.name
        drop.delete()
        FormerSlug.objects.create(slug=slug, listing=keep)
        # Market, outlets and the like may show on the page in another way now.
        keep = Listing.objects.get(pk=keep.pk)
        keep.save()
        settle(keep, drafts, user)
        log(
            instance=keep,
            action="directory.merge",
            user=user,
            content_changed=True,
            data={"name": name, "slug": slug, "dropped": trace},
        )
    return keep


def locked(keep, drop):
    """Read both again, locked where the engine can; somebody may have been faster."""
    if keep.pk == drop.pk:
        raise MergeError("Une fiche ne se réunit pas avec elle-même.")
    found = Listing.objects.select_for_update().in_bulk([keep.pk, drop.pk])
    if len(found) < 2:
        raise MergeError("L’une des deux fiches n’existe plus : quelqu’un vient de s’en occuper.")
    if any(listing.locked for listing in found.values()):
        raise MergeError("L’une des deux fiches est verrouillée : déverrouillez-la d’abord.")
    return found[keep.pk], found[drop.pk]


def choice(keep, drop, group, choices):
    """The choice made for a group, or the default."""
    made = choices.get(group.key)
    allowed = (KEEP, DROP, BOTH) if group.joins else (KEEP, DROP)
    return made if made in allowed else default_choice(keep, drop, group)


def join(keep, drop, chosen):
    """Put the chosen values and the children of both into `keep`, in memory."""
    for group in GROUPS:
        if chosen[group.key] == BOTH:
            texts = [text for text in (keep.description, drop.description) if text.strip()]
            keep.description = "\n\n".join(dict.fromkeys(texts))
        elif chosen[group.key] == DROP:
            for field in group.fields:
                setattr(keep, field, getattr(drop, field))
    if keep.parent_id in (keep.pk, drop.pk):
        keep.parent = drop.parent if drop.parent_id not in (keep.pk, drop.pk) else None
    join_children(keep, drop)
    join_categories(keep, drop)


def join_children(keep, drop):
    """Add the children that `keep` has not; a stand at one of the two itself goes."""
    for name, (model, identity) in CHILDREN.items():
        mine = getattr(keep, name)
        known = {identify(child, identity) for child in mine.all()}
        for child in getattr(drop, name).all():
            if identify(child, identity) not in known:
                known.add(identify(child, identity))
                mine.add(copied(model, child))
    for name in TAGS:
        getattr(keep, name).add(*getattr(drop, name).all())
    keep.serves.add(*drop.serves.all())


def identify(child, fields):
    """A child's content as a tuple."""
    return tuple(getattr(child, field) for field in fields)


def copied(model, child):
    """A new child with the same content; the old one goes with its listing."""
    skipped = {"id", "listing_id", "sort_order"}
    fields = [field.attname for field in model._meta.concrete_fields]
    return model(**{field: getattr(child, field) for field in fields if field not in skipped})


def join_categories(keep, drop):
    """Every category of both stays, the first one apart."""
    further = {
        category.pk: category
        for listing in (keep, drop)
        for category in (*listing.more_categories.all(), listing.category)
        if category
    }
    originals = Listing.objects.select_related("category").in_bulk([keep.pk])
    before = originals[keep.pk].category
    if before:
        further[before.pk] = before
    further.pop(keep.category_id, None)
    keep.more_categories.set(further.values())


def drafted(listing):
    """What an unpublished draft changes: ({field: value}, the draft), or None without one."""
    if not listing.has_unpublished_changes or not listing.latest_revision:
        return None
    draft = listing.latest_revision.as_object()
    fields = [field for group in GROUPS for field in group.fields if field != "live"]
    changed = {
        field: getattr(draft, field)
        for field in fields
        if getattr(draft, field) != getattr(listing, field)
    }
    return changed, draft


def settle(keep, drafts, user):
    """Write the revision after; what waited in drafts of either waits on, the kept one's first."""
    revision = keep.save_revision(user=user)
    if keep.live:
        revision.publish(user=user, skip_permission_checks=True, log_action=False)
    waiting = [draft for draft in drafts if draft]
    if not waiting:
        return
    keep.refresh_from_db()
    joined = Listing.objects.get(pk=keep.pk)
    for changed, draft in reversed(waiting):
        for field, value in changed.items():
            setattr(joined, field, value)
        join_children(joined, draft)
    joined.save_revision(user=user)
