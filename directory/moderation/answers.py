"""What is written to whoever sent a request: wording to start from, and sending it.

Nothing of it tells anything about others: the moderator's note and name stay here.
"""

from django.conf import settings
from django.urls import reverse

from directory import request_links
from directory.models import ListingRequest
from home import mailing

Kind, State = ListingRequest.Kind, ListingRequest.State
# Stands for the listing's address until the mail is written.
LINK = "[lien]"
DONE = {
    Kind.PROPOSE: "Merci : « {name} » est dans l’annuaire.\n\n{link}",
    Kind.CORRECT: "Merci : la fiche « {name} » est corrigée.\n\n{link}",
    Kind.MANAGE: "Merci. La fiche « {name} » est à jour.\n\n{link}",
    Kind.REMOVE: "La fiche « {name} » est retirée. Elle ne reviendra pas.",
}
REFUSED = {
    Kind.PROPOSE: "Merci de votre proposition. Nous ne publions pas « {name} » :",
    Kind.CORRECT: "Merci de votre message. Nous laissons la fiche « {name} » comme elle est :",
    Kind.MANAGE: "Merci de votre message. Nous n’avons pas pu donner suite pour « {name} » :",
    Kind.REMOVE: "Merci de votre message. Nous gardons la fiche « {name} » :",
}
ASKED = "Merci. Il nous manque une précision au sujet de « {name} » :"


def wording(case):
    """The texts to start from, by state: {state: text}."""
    texts = {
        State.DONE: DONE[case.kind],
        State.REFUSED: REFUSED[case.kind],
        State.ASKED: ASKED,
    }
    return {
        state: f"Bonjour,\n\n{text}".format(name=case.listing_name, link=LINK)
        for state, text in texts.items()
    }


def send(case, text):
    """Put the answer into the box, if there is one and an address for it; returns whether."""
    if not case.email or not text.strip():
        return False
    listing = case.listing if case.listing and case.listing.live else None
    address = settings.SITE_URL + (
        listing.get_absolute_url() if listing else reverse("directory:search")
    )
    asked = case.state == State.ASKED
    context = {
        "text": text.replace(LINK, address).strip(),
        "link": request_links.link(case, request_links.PRECISION) if asked else "",
    }
    subject = f"{case.get_kind_display()} : {case.listing_name}"
    mailing.write(case.email, subject, "answer", context)
    return True
