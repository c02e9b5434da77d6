"""A claim's start, its sending, and the ends that nobody decides."""

from secrets import choice

from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.models import ListingManager
from home.limits import too_often
from label.claiming import contacts, letters
from label.claiming.errors import ClaimError, TooLate
from label.claiming.rules import (
    BEGUN_BY_USER,
    DAY,
    SENT_FOR_LISTING,
    UNFINISHED_LIFE,
)
from label.codes import LETTERS
from label.models import Claim

NUMBER_LENGTH = 8
State = Claim.State
LATER = "Beaucoup de demandes d’un coup : réessayez demain, ou écrivez-nous."


def begin(user, listing):
    """The open claim of this person on this listing, begun now if there is none.

    Raises `ClaimError`: for who manages it already, or began too many today.
    """
    open_one = Claim.objects.open().filter(user=user, listing=listing).first()
    if open_one:
        return open_one
    if not listing.live:
        raise ClaimError("Cette fiche n’est pas publiée.")
    if ListingManager.objects.filter(user=user, listing=listing).exists():
        raise ClaimError("Vous gérez déjà cette fiche.")
    if too_often("claims-begun", user.pk, BEGUN_BY_USER, DAY):
        raise ClaimError(LATER)
    now = timezone.now()
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                number=new_number(),
                listing=listing,
                listing_name=listing.name,
                user=user,
                name=user.get_full_name()[:80],
                begun_at=now,
                expires_at=now + UNFINISHED_LIFE,
            )
            claim.note("Commencée", by=user)
    except IntegrityError:
        # A double tap: the other request began it.
        return Claim.objects.open().get(user=user, listing=listing)
    return claim


def new_number():
    """A number that can be read out on the telephone; it opens nothing by itself."""
    return "".join(choice(LETTERS) for _ in range(NUMBER_LENGTH))


@transaction.atomic
def submit(claim, name, phone, message, charter=None):
    """Send it to the volunteers and tell who is on file; raises `ClaimError`.

    `charter` is what was signed with it, or None. Nothing of the listing changes.
    """
    listing = claim.listing
    if listing is None:
        raise ClaimError("Cette fiche n’existe plus.")
    if too_often("claims-sent", listing.pk, SENT_FOR_LISTING, DAY):
        raise ClaimError(LATER)
    now = timezone.now()
    told = contacts.on_file(listing)
    begun = Claim.objects.filter(pk=claim.pk, state=State.BEGUN, expires_at__gt=now)
    sent = begun.update(
        state=State.WAITING,
        submitted_at=now,
        name=name,
        phone=phone,
        message=message,
        wants_label=charter is not None,
        charter=charter,
        signed_at=now if charter else None,
        told=told,
    )
    claim.refresh_from_db()
    if not sent:
        raise TooLate("Cette demande est déjà partie.")
    claim.note("Reçue", by=claim.user)
    letters.received(claim)
    for address in told:
        letters.somebody_claims(claim, address)


@transaction.atomic
def withdraw(claim):
    """Whoever began it gives it up; False when it was decided meanwhile."""
    mine = Claim.objects.filter(pk=claim.pk, state__in=Claim.OPEN, granted_at=None)
    gone = mine.update(state=State.WITHDRAWN, decided_at=timezone.now())
    claim.refresh_from_db()
    if gone:
        claim.codes.all().delete()
        claim.note("Abandonnée", by=claim.user)
    return bool(gone)


def expire(now=None):
    """End what was begun and never sent, and questions nobody answered; returns how many."""
    now = now or timezone.now()
    late = Claim.objects.filter(state__in=[State.BEGUN, State.ASKED], expires_at__lt=now)
    ended = 0
    for claim in late:
        with transaction.atomic():
            still = late.filter(pk=claim.pk)
            if still.update(state=State.EXPIRED, decided_at=now):
                claim.codes.all().delete()
                claim.note("Expirée")
                ended += 1
    return ended
