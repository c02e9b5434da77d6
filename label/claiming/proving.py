"""What speaks for a claim: a code at a contact on file, or a word on the listing's own website."""

from django.db import transaction
from django.utils import timezone

from home.limits import mailbox, too_often
from label.claiming import codes, contacts, letters, signed_request, website
from label.claiming.errors import ClaimError
from label.claiming.rules import (
    CODES_FOR_LISTING,
    CODES_FOR_USER,
    CODES_FROM_ADDRESS,
    CODES_TO_CONTACT,
    DAY,
    HOUR,
    LOOKS_AT_WEBSITE,
    TRIES_BY_USER,
)
from label.models import Claim
from label.statements.keys import KeyTrouble

Way, State = Claim.Way, Claim.State
# While it may still be proved: before it is sent, and when a volunteer asks for more.
PROVABLE = (State.BEGUN, State.ASKED)
TOO_MANY = (
    "Beaucoup de codes ont été demandés pour cette fiche : réessayez demain, ou demandez à être "
    "appelé par un bénévole."
)
NOT_THIS_WAY = (
    "Ce moyen n’est pas possible pour cette fiche aujourd’hui. Un bénévole peut vous appeler."
)
WRONG = (
    "Ce code n’est pas le bon, ou il ne compte plus. Vérifiez les huit chiffres, ou demandez-en "
    "un autre."
)
CHANGED = (
    "Le contact de la fiche vient de changer : ce code ne suffit plus. Envoyez votre demande, un "
    "bénévole vous appellera."
)
TOO_MANY_TRIES = "Trop d’essais d’un coup : attendez une heure, puis demandez un autre code."


def send_code(claim, way, address="", from_address=""):
    """Mail a code to the contact on file, or to `address` at the website's own domain.

    What is said afterwards is the same whether that mailbox exists, has an account, or got its
    share of today. `from_address` is the visitor's IP, for counting. Raises `ClaimError`.
    """
    listing = claim.listing
    check_open(claim)
    if way not in (Way.CONTACT, Way.DOMAIN) or way not in contacts.ways(listing):
        raise ClaimError(NOT_THIS_WAY)
    contact = listing.email if way == Way.CONTACT else at_the_website(listing, address)
    if (
        too_often("claim-codes-by", claim.user_id, CODES_FOR_USER, DAY)
        or too_often("claim-codes-for", listing.pk, CODES_FOR_LISTING, DAY)
        or (from_address and too_often("claim-codes-ip", from_address, CODES_FROM_ADDRESS, DAY))
    ):
        raise ClaimError(TOO_MANY)
    has_its_share = too_often("claim-codes-to", mailbox(contact), CODES_TO_CONTACT, DAY)
    with transaction.atomic():
        code = codes.mailed(claim, way, contact)
        if not has_its_share:
            letters.code(claim, contact, code)


def at_the_website(listing, address):
    """The typed address, if it is at the very host of the website; raises `ClaimError`."""
    host = contacts.mail_host(listing)
    local, _, domain = address.strip().lower().rpartition("@")
    if not local or not address.isascii() or domain != host:
        raise ClaimError(f"L’adresse doit finir par @{host}, comme le site de la fiche.")
    return f"{local}@{domain}"


def prove(claim, typed):
    """Give a mailed code back; raises `ClaimError` unless it is right, in time and still counts."""
    check_open(claim)
    if too_often("claim-tries", claim.user_id, TRIES_BY_USER, HOUR):
        raise ClaimError(TOO_MANY_TRIES)
    waiting = claim.codes.filter(used_at=None, expires_at__gt=timezone.now())
    row = waiting.exclude(way=Way.WEBSITE).order_by("-pk").first()
    # Counted outside of any transaction: what fails must not give the try back.
    if not row or not codes.take_a_try(row) or not codes.is_right(row, typed):
        raise ClaimError(WRONG)
    use(claim, row)


def website_token(claim):
    """The word to place on the listing's website, and that website; raises `ClaimError`."""
    check_open(claim)
    if Way.WEBSITE not in contacts.ways(claim.listing):
        raise ClaimError(NOT_THIS_WAY)
    site = contacts.own_site(claim.listing)
    return codes.token(codes.token_row(claim, site)), site


def website_file(claim):
    """The signed file to place on the listing's website instead; raises `ClaimError`."""
    check_open(claim)
    if Way.WEBSITE not in contacts.ways(claim.listing):
        raise ClaimError(NOT_THIS_WAY)
    row = codes.token_row(claim, contacts.own_site(claim.listing))
    try:
        return signed_request.made(claim, row)
    except KeyTrouble:
        raise ClaimError("Rien ne peut être signé en ce moment : prenez un autre moyen.") from None


def look_at_website(claim):
    """Look for the word on the website; raises `ClaimError` when it is not there."""
    check_open(claim)
    if Way.WEBSITE not in contacts.ways(claim.listing):
        raise ClaimError(NOT_THIS_WAY)
    row = codes.token_row(claim, contacts.own_site(claim.listing))
    if too_often("claim-looks-by", claim.user_id, LOOKS_AT_WEBSITE, HOUR) or too_often(
        "claim-looks-at", contacts.host_of(row.contact), LOOKS_AT_WEBSITE, HOUR
    ):
        raise ClaimError(TOO_MANY_TRIES)
    # The network is asked outside of any transaction.
    website.find(codes.token(row), row.contact, lambda body: signed_request.is_of(claim, row, body))
    use(claim, row)


def use(claim, row):
    """Use a right code up, if what it was sent to is still what is on file."""
    with transaction.atomic():
        locked = Claim.objects.select_for_update().get(pk=claim.pk)
        if locked.state not in PROVABLE:
            raise ClaimError(WRONG)
        used = codes.use(row)
        counts = used and contacts.still_counts(row, locked.listing)
        if counts:
            claim.note(f"Prouvée : {row.get_way_display()}", by=claim.user)
        elif used:
            claim.note("Code juste, mais le contact a changé : à vérifier", by=claim.user)
    if not used:
        raise ClaimError(WRONG)
    if not counts:
        raise ClaimError(CHANGED)


def standing(claim):
    """The proofs of a claim that still count today."""
    return [row for row in claim.proofs if contacts.still_counts(row, claim.listing)]


def check_open(claim):
    """Raises `ClaimError` for a claim that cannot be proved any more."""
    over = claim.state == State.BEGUN and claim.expires_at <= timezone.now()
    if claim.state not in PROVABLE or over or claim.listing is None:
        raise ClaimError("Cette demande n’attend plus de preuve.")
