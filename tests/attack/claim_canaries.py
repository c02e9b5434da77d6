"""Words that stand in claims and in who manages what: none of them is anybody else's business."""

from django.utils import timezone

from directory.models import ContactChange, ListingManager
from label.models import Claim, ClaimCode, Invitation
from tests import factories

CLAIM_CANARIES = {
    "claimant": "zorglubpretendant",
    "claim phone": "zorglubtelephone",
    "claim message": "zorglubsupplique",
    "claim reason": "zorglubrefus",
    "claim question": "zorglubquestion",
    "claim told": "zorglubprevenu",
    "claim note": "zorglubhistoire",
    "claim code": "zorglubenvoi",
    "manager": "zorglubgerant",
    "invited": "zorglubinvite",
    "former contact": "zorglubjadis",
}


def plant_claims(listing):
    """A claim in each state on a published listing that somebody else manages."""
    c = CLAIM_CANARIES
    now = timezone.now()
    manager = factories.user(f"{c['manager']}@example.org", display_name=c["manager"])
    ListingManager.objects.create(user=manager, listing=listing)
    for number, state in enumerate(Claim.State.values):
        claim = Claim.objects.create(
            number=f"CANARI{number}",
            listing=listing,
            listing_name=listing.name,
            user=factories.user(f"{c['claimant']}{number}@example.org"),
            name=c["claimant"],
            phone=c["claim phone"],
            message=c["claim message"],
            reason=c["claim reason"],
            question=c["claim question"],
            told=[f"{c['claim told']}@example.org"],
            state=state,
            submitted_at=now,
            expires_at=now,
        )
        claim.note("Reçue", note=c["claim note"])
        ClaimCode.objects.create(
            claim=claim,
            way="contact",
            contact=f"{c['claim code']}@example.org",
            digest=str(number),
            expires_at=now,
        )
    Invitation.objects.create(
        listing=listing,
        email=f"{c['invited']}@example.org",
        role="aide",
        digest="canari",
        invited_by=manager,
        expires_at=now,
    )
    ContactChange.objects.create(
        listing=listing, field="email", before=f"{c['former contact']}@example.org"
    )
