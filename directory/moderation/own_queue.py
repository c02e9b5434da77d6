"""What waits in the directory itself: proposals, corrections, wishes to manage, removals."""

from django.urls import reverse

from directory.models import ListingRequest
from directory.moderation import queue

State = ListingRequest.State


def found(state, kind):
    """The requests of one list."""
    rows = ListingRequest.objects.for_moderators().select_related("listing", "handled_by")
    if state == queue.HANDLED:
        rows = rows.filter(state__in=[State.DONE, State.REFUSED]).order_by("-handled_at", "-pk")
    elif state == queue.ASKED:
        rows = rows.filter(state=State.ASKED).order_by("handled_at", "pk")
    else:
        rows = rows.waiting()
    return rows.filter(kind=kind) if kind else rows


def entry(case, state):
    """One of them as a line."""
    number = len(case.changes)
    compared = f"{number} champ{'s' if number > 1 else ''} à comparer" if number else ""
    said = case.message or case.facts.get("summary", "")
    gone = case.listing is None and case.kind != ListingRequest.Kind.PROPOSE
    return queue.Entry(
        when=case.handled_at if state and case.handled_at else case.created_at,
        title=case.listing_name,
        kind=case.get_kind_display(),
        text=" · ".join(filter(None, (compared, said))),
        state=case.get_state_display(),
        url=reverse("directory_admin:request", args=[case.pk]),
        who=case.name,
        by=str(case.handled_by or "quelqu’un"),
        note="la fiche n’existe plus" if gone else "",
    )


SOURCE = queue.Source(
    name="annuaire",
    kinds=tuple(ListingRequest.Kind.choices),
    since="created_at",
    found=found,
    entry=entry,
)
