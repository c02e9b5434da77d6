"""What happens to a public form that came in: refused, kept, or to be confirmed by a link."""

from django.db import transaction

from directory import request_links
from directory.models import ListingRequest
from home import mailing
from home.limits import client_address, too_often

HOUR = 3600
TRIES_PER_HOUR = 60
MOST_PER_HOUR = 10
UNPROVEN_PER_HOUR = 4
TOO_MANY = "Beaucoup de demandes d’un coup : réessayez dans une heure. Rien n’est perdu ici."
NO_PROOF = (
    "Il manque un moyen de vous distinguer d’un robot : laissez votre adresse e-mail, nous y "
    "enverrons un lien à ouvrir. Ou envoyez encore une fois."
)
State = ListingRequest.State


def refusal(request, form):
    """The status to show the form again with, or None when it may be taken.

    Tries count apart from what is taken, so that mending mistakes locks nobody out.
    """
    address = client_address(request)
    if too_often("tries", address, TRIES_PER_HOUR, HOUR):
        form.add_error(None, TOO_MANY)
        return 429
    if not form.is_valid():
        return 422
    if not form.is_proven and not form.cleaned_data["email"]:
        form.add_error(None, NO_PROOF)
        return 422
    return None


def takes_too_many(request, form):
    """Whether this address sent too much within the hour; without a proof less is too much."""
    address = client_address(request)
    if too_often("request", address, MOST_PER_HOUR, HOUR) or (
        not form.is_proven and too_often("unproven", address, UNPROVEN_PER_HOUR, HOUR)
    ):
        form.add_error(None, TOO_MANY)
        return True
    return False


def keep(form, **fields):
    """Keep a request. Proven ones wait for the moderator; others, and proposals, for the link.

    Returns None when a proof turns out to be spent and there is no address to confirm. Whoever
    calls has claimed the form.
    """
    said = form.cleaned_data
    proven = form.spend_proof()
    to_confirm = not proven or form.KIND == ListingRequest.Kind.PROPOSE
    if to_confirm and not said["email"]:
        form.release()
        return None
    with_link = to_confirm and mailing.may_get_a_link(said["email"])
    with transaction.atomic():
        case = ListingRequest.objects.create(
            kind=form.KIND,
            message=said["message"],
            details=form.details,
            email=said["email"],
            state=State.UNCONFIRMED if to_confirm else State.WAITING,
            **fields,
        )
        if with_link:
            send_link(case)
    return case


def send_link(case):
    """Mail the link that confirms; nothing that was typed goes into it, or it could be spam."""
    context = {"case": case, "link": request_links.link(case, request_links.CONFIRM)}
    mailing.write(case.email, "Un lien à ouvrir pour confirmer", "confirm_request", context)
