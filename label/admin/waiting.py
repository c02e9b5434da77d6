"""What waits in the label, for the volunteers' one list: claims, signatures, posts."""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from directory.moderation import queue
from label.models import Claim, Membership, MembershipEvent, Post

CLAIMS, SIGNATURES, POSTS = "demande-gestion", "label", "publication"
DECIDED = (Claim.State.ACCEPTED, Claim.State.REFUSED, Claim.State.UNDONE)
ANSWERED = (Membership.State.ACTIVE, Membership.State.REFUSED)


def claims(state, kind):
    """The claims of one list."""
    rows = Claim.objects.for_moderators().select_related("user", "decided_by", "listing")
    if state == queue.HANDLED:
        return rows.filter(state__in=DECIDED, decided_at__isnull=False).order_by(
            "-decided_at", "-pk"
        )
    if state == queue.ASKED:
        return rows.filter(state=Claim.State.ASKED).order_by("submitted_at", "pk")
    return rows.waiting()


def claim_line(claim, state):
    """A claim as a line."""
    return queue.Entry(
        when=claim.decided_at if state == queue.HANDLED else claim.submitted_at,
        title=claim.listing_name,
        kind="Gestion contestée" if claim.state == Claim.State.CONTESTED else "Gestion",
        text=claim.message,
        state=claim.get_state_display(),
        url=reverse("label_admin:claim", args=[claim.pk]),
        who=claim.name,
        by=str(claim.decided_by or "quelqu’un"),
        note="" if claim.listing else "la fiche n’existe plus",
    )


def signatures(state, kind):
    """The memberships of one list, each with when and by whom it was touched last."""
    rows = Membership.objects.select_related("user", "charter")
    if state == queue.WAITING:
        return rows.waiting()
    last = MembershipEvent.objects.filter(membership=OuterRef("pk")).order_by("-at", "-pk")
    rows = rows.annotate(
        touched_at=Coalesce(Subquery(last.values("at")[:1]), "signed_at"),
        touched_by=Subquery(last.values("by__display_name")[:1]),
    )
    if state == queue.ASKED:
        return rows.filter(state=Membership.State.ASKED).order_by("touched_at", "pk")
    return rows.filter(state__in=ANSWERED).order_by("-touched_at", "-pk")


def signature_line(membership, state):
    """A membership as a line."""
    return queue.Entry(
        when=membership.touched_at if state else membership.signed_at,
        title=membership.holder,
        kind="Label",
        text=membership.question if state == queue.ASKED else membership.story,
        state=membership.get_state_display(),
        url=reverse("label_admin:member", args=[membership.pk]),
        who=str(membership.user or ""),
        by=(membership.touched_by if state else "") or "l’équipe",
    )


def posts(state, kind):
    """The posts of one list; those of members appear by themselves and wait for nobody."""
    rows = Post.objects.select_related("author", "listing", "membership", "decided_by")
    if state == queue.HANDLED:
        answered = [Post.State.PUBLISHED, Post.State.REFUSED, Post.State.HIDDEN]
        by_a_volunteer = rows.exclude(decided_at=None).exclude(
            decided_by=F("author"), state=Post.State.HIDDEN
        )
        return by_a_volunteer.filter(state__in=answered).order_by("-decided_at", "-pk")
    if state == queue.ASKED:
        return rows.filter(state=Post.State.ASKED).order_by("decided_at", "pk")
    return rows.waiting()


def post_line(post, state):
    """A post as a line."""
    return queue.Entry(
        when=post.decided_at if state and post.decided_at else post.created_at,
        title=str(post.listing or post.membership or post.author or "Publication"),
        kind="Publication",
        text=post.text,
        state=post.get_state_display(),
        url=reverse("label_admin:post", args=[post.pk]),
        who=str(post.author or ""),
        by=str(post.decided_by or "quelqu’un"),
    )


def offer():
    """Say what waits here."""
    for name, kind, since, found, line in (
        ("demandes", (CLAIMS, "Gestion"), "submitted_at", claims, claim_line),
        ("label", (SIGNATURES, "Label"), "signed_at", signatures, signature_line),
        ("publications", (POSTS, "Publication"), "created_at", posts, post_line),
    ):
        queue.offer(queue.Source(name, (kind,), since, found, line))
