"""What a volunteer makes of a claim. Each act is one transaction and happens once, or not at all.

The listing's row is locked first, then the claim's, everywhere in this order: of two volunteers
who decide at once, the second sees what the first did.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from directory.models import Listing, ListingManager
from directory.moderation import own_case
from label.claiming import contacts, letters
from label.claiming.errors import ClaimError, TooLate, ToTheManager
from label.claiming.proving import standing
from label.claiming.rules import ANSWER_LIFE, MANAGER_ANSWERS_IN
from label.claiming.taking_over import grant, take_back
from label.models import Claim, Fact

State, Way = Claim.State, Claim.Way
# What a volunteer may have done oneself; the others come of codes.
SEEN_BY_A_PERSON = (Fact.Kind.CALL, Fact.Kind.VISIT, Fact.Kind.MARKET)
GONE = "Cette fiche n’existe plus : la demande ne peut qu’être refusée."
NOBODY = "La personne n’a plus de compte : la demande ne peut qu’être refusée."
EVIDENCE = (
    "Rien ne le prouve encore : appelez au numéro déjà connu, ou allez voir, puis dites-le ici."
)
CONTESTED = "Quelqu’un conteste : un code ne suffit plus. Appelez ou rencontrez, puis dites-le ici."
MANAGED = (
    "Quelqu’un gère déjà cette fiche : cette personne est prévenue et a sept jours pour répondre. "
    "La demande attend."
)


def whose(claim):
    """Whose business it is, as in `own_case.concerns`: who claims, who manages or managed it."""
    return {"listing": claim.listing, "people": [claim.user_id, *(one[0] for one in claim.before)]}


def as_seen(state):
    """The states in which an act is welcome: the one that was seen, if that can be decided."""
    return [state] if state in Claim.TO_DECIDE else Claim.TO_DECIDE


def locked(claim, by, seen):
    """The claim and its listing, locked.

    Raises `TooLate` unless it is as this person saw it, `ClaimError` where it is their own
    business and somebody else could decide it.
    """
    # A row can only be locked by its number; the claim says which, and is read again below.
    listing = (
        Listing.objects.select_for_update(of=("self",))
        .select_related(None)
        .filter(pk=claim.listing_id)
        .first()
    )
    now = Claim.objects.select_for_update().get(pk=claim.pk)
    if now.state not in seen:
        who = now.decided_by if now.decided_by and now.decided_by != by else "Quelqu’un"
        raise TooLate(f"{who} vient de traiter cette demande.")
    now.listing = listing
    refused, alone = own_case.standing(by, **whose(now))
    if refused:
        raise ClaimError(refused)
    if alone:
        now.note(alone, by=by)
    return now


def accept(claim, by, seen, evidence="", detail="", replace=False, with_label=False):
    """Give the listing to whoever claims it; raises `ClaimError`, and then nothing was changed.

    `evidence` is one of `SEEN_BY_A_PERSON` or "", `detail` what is shown of it. With `replace`
    whoever managed it before no longer does; else both do. Where somebody manages the listing
    who was not asked in time, the claim goes to them first (`ToTheManager`).
    """
    try:
        with transaction.atomic():
            now = locked(claim, by, as_seen(seen))
            check(now, evidence)
            if now.granted_at:
                raise TooLate("Cette demande est déjà acceptée.")
            proofs = standing(now)
            if not evidence and not proofs:
                raise ClaimError(EVIDENCE)
            if not evidence and now.state == State.CONTESTED:
                raise ClaimError(CONTESTED)
            others = list(ListingManager.objects.filter(listing=now.listing).exclude(user=now.user))
            if others and not may_do_without(now, others):
                raise ToTheManager(MANAGED)
            grant(now, by, others, proofs, evidence, detail, replace, with_label)
    except ToTheManager:
        to_the_manager(claim, by)
        raise
    claim.refresh_from_db()


def check(claim, evidence):
    """What must be so whatever speaks for the claim; raises `ClaimError`."""
    if claim.listing is None:
        raise ClaimError(GONE)
    if claim.user is None or not claim.user.is_active:
        raise ClaimError(NOBODY)
    if evidence and evidence not in SEEN_BY_A_PERSON:
        raise ClaimError("Dites comment vous avez reconnu la personne.")


def may_do_without(claim, others):
    """Whether those who manage the listing agreed, or had their days to answer."""
    if claim.agreed_at:
        return True
    asked = claim.submitted_at
    late = timezone.now() - MANAGER_ANSWERS_IN
    told = {address.casefold() for address in claim.told}
    owners = [one for one in others if one.role == ListingManager.Role.OWNER] or others
    return all(one.user.email.casefold() in told and one.since <= asked <= late for one in owners)


def to_the_manager(claim, by):
    """The listing is managed: its managers are told now, and a volunteer decides later."""
    with transaction.atomic():
        now = locked(claim, by, Claim.TO_DECIDE)
        if now.listing is None:
            return
        told = {address.casefold() for address in now.told}
        fresh = [
            address
            for address in contacts.on_file(now.listing)
            if address.casefold() not in told and address != now.user.email
        ]
        now.told = [*now.told, *fresh]
        # The days to answer begin when the last of them was told.
        if fresh:
            now.submitted_at = timezone.now()
        now.save(update_fields=["told", "submitted_at"])
        now.note("La fiche est déjà gérée : son responsable est prévenu", by=by)
        for address in fresh:
            letters.somebody_claims(now, address)
    claim.refresh_from_db()


@transaction.atomic
def refuse(claim, by, seen, reason):
    """Say no, with a reason that is mailed; raises `TooLate`."""
    now = locked(claim, by, as_seen(seen))
    if now.granted_at:
        raise TooLate("Cette demande est déjà acceptée : annulez-la plutôt.")
    settle(now, by, State.REFUSED, reason=reason)
    now.note("Refusée", by=by, note=reason)
    letters.refused(now)
    letters.told_of_the_end(now, "refused")
    claim.refresh_from_db()


@transaction.atomic
def ask(claim, by, seen, question):
    """Ask for more; the claim waits for the answer. Raises `ClaimError`."""
    now = locked(claim, by, as_seen(seen))
    if now.granted_at or now.user is None:
        raise TooLate("Cette demande n’attend plus de précision.")
    until = timezone.now() + ANSWER_LIFE
    settle(now, by, State.ASKED, question=question, expires_at=until, decided_at=None)
    now.note("Précision demandée", by=by, note=question)
    letters.asked(now)
    claim.refresh_from_db()


@transaction.atomic
def answer(claim, text):
    """The claimant's answer puts it back among those that wait; raises `TooLate`."""
    added = f"{claim.message}\n\nPrécision du {timezone.localdate():%d/%m/%Y} :\n{text}".strip()
    asked = Claim.objects.filter(pk=claim.pk, state=State.ASKED)
    if not asked.update(state=State.WAITING, message=added[:12_000]):
        raise TooLate("Cette demande n’attend plus de réponse.")
    claim.note("Précision reçue", by=claim.user)
    claim.refresh_from_db()


@transaction.atomic
def keep(claim, by, note=""):
    """Somebody objected to what was accepted, and it stays; raises `TooLate`."""
    now = locked(claim, by, [State.CONTESTED])
    if not now.granted_at:
        raise TooLate("Cette demande n’est pas encore acceptée.")
    settle(now, by, State.ACCEPTED)
    now.note("Contestée, et maintenue", by=by, note=note)
    letters.told_of_the_end(now, "kept")
    claim.refresh_from_db()


@transaction.atomic
def undo(claim, by, reason=""):
    """Take back what was accepted: whoever managed before does so again. Raises `TooLate`."""
    now = locked(claim, by, [State.ACCEPTED, State.CONTESTED])
    if not now.granted_at:
        raise TooLate("Il n’y a rien à annuler.")
    take_back(now, by)
    settle(now, by, State.UNDONE, reason=reason, granted_at=None)
    now.note("Annulée : comme avant", by=by, note=reason)
    letters.undone(now)
    letters.told_of_the_end(now, "undone")
    claim.refresh_from_db()


def reopen(claim, by):
    """Put a refused or undone claim back among those that wait; raises `TooLate`."""
    try:
        with transaction.atomic():
            now = locked(claim, by, [State.REFUSED, State.UNDONE, State.ASKED])
            settle(now, None, State.WAITING, decided_at=None)
            now.note("Remise en attente", by=by)
    except IntegrityError:
        raise TooLate("La personne a fait une autre demande depuis.") from None
    claim.refresh_from_db()


def settle(claim, by, state, **fields):
    """Write the new state; the row is locked, and its state was read under the lock."""
    values = {"state": state, "decided_by": by, "decided_at": timezone.now()} | fields
    for name, value in values.items():
        setattr(claim, name, value)
    claim.save(update_fields=list(values))
