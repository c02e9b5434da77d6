"""The demo's claims, one at least in each state; nobody is written to."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from config.demo.loading import read
from directory.models import Listing, ListingManager
from home.models import User
from label.claiming import codes, contacts
from label.claiming.beginning import new_number
from label.claiming.rules import ANSWER_LIFE, UNFINISHED_LIFE
from label.claiming.taking_over import PROVES
from label.models import Charter, Claim, ClaimCode, Fact

State, Way = Claim.State, Claim.Way
ANSWERED = timedelta(days=1)
NEVER_SENT = (State.BEGUN, State.EXPIRED)
DECIDED = (State.ACCEPTED, State.REFUSED, State.UNDONE, State.WITHDRAWN, State.EXPIRED)


@transaction.atomic
def load_claims(make_person, volunteer):
    """Make claims, their people where they are new, and what came of those that were accepted."""
    charter = Charter.objects.current()
    for row in read("claims.json"):
        listing = Listing.objects.filter(slug=row["listing"]).first()
        if not listing:
            # The logins can be made without the rest of the demo.
            continue
        person = User.objects.filter(email=row["email"]).first()
        person = person or make_person(row["email"], None, row["name"])
        claim = make_claim(row, listing, person, charter)
        if row["state"] == State.ACCEPTED:
            grant(claim, volunteer, row.get("evidence"))
        elif row["state"] in (State.REFUSED, State.UNDONE):
            Claim.objects.filter(pk=claim.pk).update(decided_by=volunteer)


def make_claim(row, listing, person, charter):
    """One claim with its proof and its history."""
    now = timezone.now()
    sent, state = now - timedelta(days=row["days"]), State(row["state"])
    is_sent = state not in NEVER_SENT
    signs = charter if row.get("signs", False) else None
    claim = Claim.objects.create(
        number=new_number(),
        listing=listing,
        listing_name=listing.name,
        user=person,
        name=row.get("name", person.get_full_name()),
        phone=row.get("phone", ""),
        message=row["message"],
        wants_label=row.get("signs", False),
        charter=signs,
        signed_at=sent if signs else None,
        state=state,
        begun_at=sent,
        submitted_at=sent if is_sent else None,
        expires_at=now + ANSWER_LIFE if state == State.ASKED else sent + UNFINISHED_LIFE,
        decided_at=sent + ANSWERED if state in DECIDED else None,
        reason=row.get("reason", ""),
        question=row.get("question", ""),
        told=contacts.on_file(listing) if is_sent else [],
    )
    prove(claim, row, sent)
    tell(claim, row, sent)
    return claim


def prove(claim, row, at):
    """The code that was given back, where there was one."""
    if row["way"] not in PROVES:
        return
    contact = claim.user.email if row["way"] == Way.DOMAIN else claim.listing.email
    ClaimCode.objects.create(
        claim=claim,
        way=row["way"],
        contact=contact,
        digest=codes.digest(codes.purpose_of(claim), "demo"),
        made_at=at,
        expires_at=at,
        tries=1,
        used_at=at,
    )


def tell(claim, row, at):
    """Its history, dated."""
    lines = [("Commencée", "")]
    if claim.submitted_at:
        lines.append(("Reçue", ""))
    if "contest" in row:
        lines.append(("Contestée par un contact de la fiche", row["contest"]))
    if claim.state != State.WAITING and claim.submitted_at and "contest" not in row:
        lines.append((claim.get_state_display(), row.get("reason", "") or row.get("question", "")))
    for number, (what, note) in enumerate(lines):
        event = claim.note(what, by=None if number > 1 else claim.user, note=note)
        type(event).objects.filter(pk=event.pk).update(at=at + timedelta(hours=number))


def grant(claim, volunteer, evidence):
    """What an accepted claim left behind."""
    manager, _ = ListingManager.objects.get_or_create(user=claim.user, listing=claim.listing)
    granted = claim.decided_at
    ListingManager.objects.filter(pk=manager.pk).update(since=granted)
    Claim.objects.filter(pk=claim.pk).update(granted_at=granted, decided_by=volunteer)
    day = timezone.localdate(granted)
    for row in claim.proofs:
        claim.facts.create(listing=claim.listing, kind=PROVES[row.way], on=day, by=volunteer)
    if evidence:
        kind, detail = evidence
        Fact.objects.create(
            listing=claim.listing, kind=kind, on=day, detail=detail, by=volunteer, claim=claim
        )
