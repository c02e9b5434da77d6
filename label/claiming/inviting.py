"""A second person looks after a listing by invitation of who manages it."""

import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.models import Listing, ListingManager
from home import mailing
from home.limits import mailbox, too_often
from label.claiming import codes
from label.claiming.errors import ClaimError
from label.claiming.rules import DAY, INVITATION_LIFE, INVITATIONS_BY_USER
from label.models import Invitation

Role = ListingManager.Role
GONE = "Cette invitation ne compte plus : demandez-en une autre."
OTHER = "Cette invitation a été envoyée à une autre adresse que celle de votre compte."


@transaction.atomic
def invite(user, listing, email, role=Role.HELPER):
    """Mail a link to this address; the same is said whether it has an account or manages already.

    Raises `ClaimError` for who is not responsible for the listing, or invites too many.
    """
    mine = ListingManager.objects.filter(user=user, listing=listing, role=Role.OWNER)
    if not mine.exists():
        raise ClaimError("Seul un responsable de la fiche invite quelqu’un.")
    if role not in Role.values:
        raise ClaimError("Choisissez un rôle.")
    if too_often("invitations", user.pk, INVITATIONS_BY_USER, DAY):
        raise ClaimError("Beaucoup d’invitations d’un coup : réessayez demain.")
    email = email.strip().lower()
    now = timezone.now()
    waiting = Invitation.objects.filter(listing=listing, email=email, accepted_at=None)
    waiting.update(expires_at=now)
    word = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        listing=listing,
        email=email,
        role=role,
        digest=codes.digest("invitation", word),
        invited_by=user,
        made_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    if not too_often("invitations-to", mailbox(email), INVITATIONS_BY_USER, DAY):
        context = {
            "listing": listing,
            "link": settings.SITE_URL + reverse("claims:invitation", args=[word]),
            "days": INVITATION_LIFE.days,
        }
        subject = f"Invitation à gérer la fiche « {listing.name} »"
        mailing.write(email, subject, "claim/invitation", context)
    return invitation


def find(word):
    """The invitation of a link, if it still counts; else None."""
    return (
        Invitation.objects.select_related("listing", "invited_by")
        .filter(
            digest=codes.digest("invitation", word), accepted_at=None, expires_at__gt=timezone.now()
        )
        .first()
    )


@transaction.atomic
def accept(invitation, user):
    """Look after the listing too; raises `ClaimError`.

    It counts for the invited address alone, once, and only while whoever invited is responsible.
    """
    if invitation.email.casefold() != user.email.casefold():
        raise ClaimError(OTHER)
    # The listing first, as everywhere: an undo of a claim takes its invitations along.
    Listing.objects.select_for_update(of=("self",)).get(pk=invitation.listing_id)
    now = timezone.now()
    inviter = ListingManager.objects.filter(
        user=invitation.invited_by_id, listing=invitation.listing_id, role=Role.OWNER
    )
    unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=now)
    if not inviter.exists() or not unused.update(accepted_at=now, accepted_by=user):
        raise ClaimError(GONE)
    # Somebody who manages it already keeps the role.
    ListingManager.objects.get_or_create(
        user=user, listing_id=invitation.listing_id, defaults={"role": invitation.role}
    )


@transaction.atomic
def dismiss(user, listing, person):
    """A responsible takes somebody off, or somebody goes; raises `ClaimError`.

    The last responsible stays: a listing that helpers alone look after could lose its way.
    """
    present = ListingManager.objects.select_for_update().filter(listing=listing)
    owners = {one.user_id for one in present if one.role == Role.OWNER}
    if user.pk != person.pk and user.pk not in owners:
        raise ClaimError("Seul un responsable de la fiche retire quelqu’un.")
    if owners == {person.pk} and len(present) > 1:
        raise ClaimError("Donnez d’abord la responsabilité à quelqu’un d’autre.")
    ListingManager.objects.filter(listing=listing, user=person).delete()
    Invitation.objects.filter(listing=listing, invited_by=person, accepted_at=None).delete()
