"""What is mailed about a claim: written down in the act's transaction, sent by the worker.

Mails to a contact on file say nothing that the claimant typed: they would carry a stranger's
words under our name. Nobody learns from them who manages what.
"""

from django.conf import settings
from django.urls import reverse

from home import mailing
from label.claiming import contesting
from label.claiming.rules import CONTEST_LIFE

# Said once each, whatever became of the claim.
ENDS = {
    "accepted": "Quelqu’un gère maintenant la fiche « {name} »",
    "refused": "Demande refusée pour « {name} »",
    "kept": "La demande pour « {name} » est maintenue",
    "undone": "La demande pour « {name} » est annulée",
}


def code(claim, contact, typed):
    """The code, to where it proves something."""
    mailing.write(
        contact,
        f"{typed} : votre code pour « {claim.listing_name} »",
        "claim/code",
        {"claim": claim, "code": typed, "listing_url": listing_url(claim)},
    )


def received(claim):
    """To whoever claims: the number, and what happens now."""
    _to_claimant(claim, f"Demande reçue : {claim.listing_name}", "received")


def asked(claim):
    """To whoever claims: what a volunteer wants to know."""
    _to_claimant(claim, f"Une précision pour « {claim.listing_name} »", "asked")


def accepted(claim, label_ended=False):
    """To whoever claims: it is done; and whether the label of whom they replace ended with it."""
    subject = f"Vous gérez la fiche « {claim.listing_name} »"
    _to_claimant(claim, subject, "accepted", label_ended=label_ended)


def refused(claim):
    """To whoever claims: no, and why."""
    _to_claimant(claim, f"Votre demande pour « {claim.listing_name} »", "refused")


def undone(claim):
    """To whoever claimed: it is taken back."""
    _to_claimant(claim, f"Vous ne gérez plus « {claim.listing_name} »", "undone")


def somebody_claims(claim, address):
    """To a contact on file: somebody says it is theirs, nothing changes, and how to object."""
    if address.casefold() == claim.user.email.casefold():
        # They know; and a link to object would be of no use to them.
        return
    context = {
        "claim": claim,
        "link": contesting.link(claim, address),
        "listing_url": listing_url(claim),
        "manages": contesting.manages(claim, address),
    }
    subject = f"Quelqu’un demande à gérer « {claim.listing_name} »"
    mailing.write(address, subject, "claim/somebody_claims", context)


def told_of_the_end(claim, end, also=()):
    """To each who was told of the claim, and `also`: what became of it."""
    own = claim.user.email.casefold() if claim.user else ""
    addresses = {address.casefold(): address for address in (*claim.told, *also)}
    fresh = [address for address in addresses.values() if address not in claim.told]
    if fresh:
        claim.told = [*claim.told, *fresh]
        claim.save(update_fields=["told"])
    for address in addresses.values():
        if address.casefold() == own:
            continue
        context = {
            "claim": claim,
            "end": end,
            "days": CONTEST_LIFE.days,
            "link": contesting.link(claim, address),
            "listing_url": listing_url(claim),
        }
        mailing.write(address, ENDS[end].format(name=claim.listing_name), "claim/end", context)


def listing_url(claim):
    """The page of the listing, or the site's first page where it is gone."""
    path = claim.listing.get_absolute_url() if claim.listing else "/"
    return settings.SITE_URL + path


def _to_claimant(claim, subject, template, **more):
    """To whoever claims, if there still is an account that can log in."""
    person = claim.user
    if not person or not person.is_active:
        return
    context = {
        "claim": claim,
        "link": settings.SITE_URL + reverse("claims:claim", args=[claim.number]),
        "listing_url": listing_url(claim),
    }
    mailing.write(person.email, subject, f"claim/{template}", context | more)
