"""Whatever points at a listing that is merged into another one points at that one instead."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Model
from wagtail.models import Revision

from directory.models import Listing, MarketStand, NotDuplicate

# Children and tags are joined in memory, and these two have rules of their own.
JOINED = {"photos", "links", "exceptions", "stands", "product_items", "tag_items"}
# What a room above does with a row whose twin is at the kept listing; else it is let go.
_twins: dict[type[Model], Callable[[Model, Listing], None]] = {}


def where_both_have(model: type[Model], become_one: Callable[[Model, Listing], None]) -> None:
    """Rooms say, when they are ready, what `become_one(row, keep)` makes of two such rows."""
    _twins[model] = become_one


def repoint_rows(keep, drop):
    """Move the rows of every table that points at `drop`, those of rooms above included.

    A row that would stand there twice is let go, unless its room does something else with it.
    """
    for relation in Listing._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model, field = relation.related_model, relation.field.name
        if relation.get_accessor_name() in JOINED or model is NotDuplicate or is_own_link(model):
            continue
        for row in model._base_manager.filter(**{field: drop}):
            if row != keep:
                move(row, field, keep)
    for pair in NotDuplicate.objects.filter(first=drop) | NotDuplicate.objects.filter(second=drop):
        other = pair.second if pair.first_id == drop.pk else pair.first
        if other.pk != keep.pk:
            NotDuplicate.note(keep, other)


def is_own_link(model):
    """Whether this is the table between a listing and its own categories or communes."""
    own = {field.remote_field.through for field in Listing._meta.local_many_to_many}
    return model in own


def move(row, field, keep):
    """Point one row at `keep`, unless its twin is there."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field: keep})
    except IntegrityError:
        become_one = _twins.get(type(row))
        if become_one:
            become_one(row, keep)
        else:
            row.delete()


def repoint_others(keep, drop):
    """Put the kept listing's key into revisions of others that name the dropped one.

    A stand at the dropped market, or an outlet of the dropped house, would lose it as soon as
    its draft is published.
    """
    holders = MarketStand.objects.filter(market=drop).values("listing")
    others = (
        Listing.objects.filter(pk__in=holders)
        | Listing.objects.filter(parent=drop)
        | Listing.objects.filter(has_unpublished_changes=True)
    ).exclude(pk__in=(keep.pk, drop.pk))
    revisions = others.exclude(latest_revision=None).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=revisions):
        if repointed(revision.content, keep.pk, drop.pk):
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def repointed(content, keep, drop):
    """Replace the key in a revision's content; return whether it was there."""
    found = content.get("parent") == drop
    if found:
        content["parent"] = keep
    for stand in content.get("stands", ()):
        if stand.get("market") == drop:
            stand["market"] = keep
            found = True
    return found
