"""A claim driven over HTTP, as a browser does."""

from django.urls import reverse

from label.models import Claim
from tests.label import claiming as cast


def press(client, page, claim, **data):
    """Send the form of one of a claim's pages."""
    return client.post(reverse(f"claims:{page}", args=[claim.number]), data)


def begin(client, listing):
    """« Oui, c’est mon activité »."""
    client.post(reverse("claims:start", args=[listing.slug]))
    return Claim.objects.order_by("-pk").first()


def ask_code(client, claim):
    """Have a code sent to the contact on file; returns it."""
    answer = press(client, "send", claim, moyen="contact")
    assert answer.status_code == 302, answer.content
    return cast.code_sent_to(claim.listing.email)


def send_off(client, claim):
    """Say who one is, and send it."""
    press(client, "contact", claim, name="Solène", message="Appelez-moi")
    return press(client, "charter", claim)


def decide(client, claim, action, **data):
    """A volunteer presses a button."""
    seen = Claim.objects.get(pk=claim.pk).state
    data = {"action": action, "seen": seen} | data
    return client.post(reverse("label_admin:decide_claim", args=[claim.pk]), data)


def nobody_took(listing, *but):
    """The listing is managed by nobody, or by these."""
    return cast.managers(listing) == sorted(but)
