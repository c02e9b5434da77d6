"""Who is on file may object to a claim, before it is decided and for a while after."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directory.models import ListingManager
from label.claiming.errors import TooLate
from label.claiming.rules import CONTEST_LIFE
from label.models import Claim

SALT = "label.claiming.contest"
LONGEST_LIFE = 3 * 365 * 24 * 3600
State = Claim.State


def link(claim, address):
    """The address of the page on which whoever reads this mailbox may object."""
    token = signing.dumps([claim.pk, address], salt=SALT)
    return settings.SITE_URL + reverse("claims:contest", args=[token])


def read(token):
    """(claim, mailbox) of a link, or None when it was altered or nothing can be objected to."""
    try:
        pk, address = signing.loads(token, salt=SALT, max_age=LONGEST_LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    claim = Claim.objects.select_related("listing").filter(pk=pk).first()
    if not claim or address not in claim.told:
        return None
    return claim, address


def may_contest(claim):
    """Whether it is still time."""
    if claim.granted_at:
        in_time = timezone.now() - claim.granted_at <= CONTEST_LIFE
        return in_time and claim.state in (State.ACCEPTED, State.CONTESTED)
    return claim.state in Claim.TO_DECIDE


def manages(claim, address):
    """Whether this mailbox is that of somebody who manages the listing now."""
    managers = ListingManager.objects.filter(listing=claim.listing_id, user__email__iexact=address)
    return managers.exclude(user=claim.user_id).exists()


@transaction.atomic
def contest(claim, address, why=""):
    """Object: a volunteer looks at it before anything else happens; raises `TooLate`."""
    now = Claim.objects.select_for_update().get(pk=claim.pk)
    if not may_contest(now):
        raise TooLate("Il n’est plus temps de contester par ce lien : écrivez-nous.")
    if now.state != State.CONTESTED:
        now.state = State.CONTESTED
        now.agreed_at = None
        now.save(update_fields=["state", "agreed_at"])
    now.note("Contestée par un contact de la fiche", note=f"{address}\n{why}".strip())
    claim.refresh_from_db()


@transaction.atomic
def agree(claim, address):
    """Who manages the listing agrees to share it; a volunteer still decides. Raises `TooLate`."""
    now = Claim.objects.select_for_update().get(pk=claim.pk)
    if now.granted_at or now.state not in (State.WAITING, State.ASKED):
        raise TooLate("Cette demande n’attend plus d’accord.")
    if not manages(now, address):
        raise TooLate("Seul le responsable de la fiche peut donner son accord.")
    now.agreed_at = timezone.now()
    now.save(update_fields=["agreed_at"])
    now.note("Accord du responsable de la fiche", note=address)
    claim.refresh_from_db()
