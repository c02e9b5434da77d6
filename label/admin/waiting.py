"""What waits in the label, for the volunteers' one list: claims, signatures, posts."""

from django.urls import reverse

from directory.moderation import queue
from label.models import Claim, Membership, Post

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
    """The memberships of one list."""
    rows = Membership.objects.select_related("user", "charter")
    if state == queue.HANDLED:
        return rows.filter(state__in=ANSWERED).order_by("-signed_at", "-pk")
    if state == queue.ASKED:
        return rows.none()
    return rows.waiting()


def signature_line(membership, state):
    """A membership as a line."""
    return queue.Entry(
        when=membership.signed_at,
        title=membership.holder,
        kind="Label",
        text=membership.story,
        state=membership.get_state_display(),
        url=reverse("label_admin:member", args=[membership.pk]),
        who=str(membership.user or ""),
        by="l’équipe",
    )


def posts(state, kind):
    """The posts of one list; those of members appear by themselves and wait for nobody."""
    rows = Post.objects.select_related("author", "listing", "membership", "decided_by")
    if state == queue.HANDLED:
        return rows.exclude(decided_by=None).exclude(state=Post.State.WAITING).newest_written()
    if state == queue.ASKED:
        return rows.none()
    return rows.waiting()


def post_line(post, state):
    """A post as a line."""
    return queue.Entry(
        when=post.created_at,
        title=str(post.listing or post.membership or post.author or "Publication"),
        kind="Publication",
        text=post.text,
        state=post.get_state_display(),
        url=reverse(Post.snippet_viewset.get_url_name("edit"), args=[post.pk]),
        who=str(post.author or ""),
        by=str(post.decided_by or "quelqu’un"),
    )


def offer():
    """Say what waits here."""
    queue.offer(queue.Source("demandes", ((CLAIMS, "Gestion"),), claims, claim_line))
    queue.offer(queue.Source("label", ((SIGNATURES, "Label"),), signatures, signature_line))
    queue.offer(queue.Source("publications", ((POSTS, "Publications"),), posts, post_line))
