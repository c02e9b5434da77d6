"""What a producer changes on a listing: published at once, with a line in its history."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from directory.models import Listing
from home.models import ContentVersion
from label.models import Membership

ACTION = "label.edit"


class LockedError(Exception):
    """A volunteer holds the listing for now, in French."""


@transaction.atomic
def publish(pk, change, user, what, typed_for_others=False):
    """Apply `change(listing)` to the listing as it stands now, and publish it.

    A revision is made before and after, so that « Historique » can put it back; a draft that a
    volunteer works on gets the same change. `what` names it in the history. Raises `LockedError`.
    """
    listing = Listing.objects.select_for_update().get(pk=pk)
    if listing.locked:
        raise LockedError(
            "Un bénévole travaille sur cette fiche : rien n’a été changé. Réessayez plus tard."
        )
    draft = listing.get_latest_revision_as_object() if listing.has_unpublished_changes else None
    if not draft:
        listing.save_revision(user=user)
    change(listing)
    listing.save()
    revision = listing.save_revision(user=user)
    if listing.live:
        revision.publish(user=user, skip_permission_checks=True, log_action=False)
    if draft:
        change(draft)
        draft.save_revision(user=user, changed=True)
    note(listing, user, what, typed_for_others, revision=revision)
    if listing.typed_for_others != typed_for_others:
        Listing.objects.filter(pk=pk).update(typed_for_others=typed_for_others)
        ContentVersion.bump()
    return listing


@transaction.atomic
def publish_member(pk, change, user, what, typed_for_others=False):
    """Apply `change(membership)` to a membership as it stands now, and keep it.

    Returns it, or None for one that somebody left or lost meanwhile.
    """
    member = Membership.objects.open().select_for_update().filter(pk=pk, listing=None).first()
    if member:
        change(member)
        member.save()
        note(member, user, what, typed_for_others)
    return member


def note(thing, user, what, typed_for_others, **more):
    """A line in the history of a listing or a membership."""
    log(
        instance=thing,
        action=ACTION,
        user=user,
        content_changed=True,
        data={"what": what, "typed_for_others": typed_for_others},
        **more,
    )


def changes(model, keys):
    """The lines of history about these, the oldest first."""
    lines = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        action=ACTION,
        object_id__in=[str(key) for key in keys],
    )
    return lines.select_related("user").order_by("timestamp", "pk")


def last_changes(things, model=Listing):
    """{pk of a listing or membership: who changed it here last, and when}, in one query."""
    entries = changes(model, [thing.pk for thing in things])
    return {int(entry.object_id): entry for entry in entries}
