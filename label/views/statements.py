"""What others check badges with: each badge's statement, the public keys, what was taken back."""

from http import HTTPStatus

from django.http import HttpResponse

from home.open_data import problem
from label.codes import understood
from label.models import Membership
from label.statements import keys, publishing
from label.views.badges import STATUS

JSON = "application/json; charset=utf-8"
Verdict = Membership.Verdict


def statement(request, code):
    """/badge/<code>.json: the signed badge; 410 where it is over, 404 where nobody is shown."""
    meant = understood(code)
    named = Membership.objects.select_related("listing", "merged_into__listing")
    found = meant and named.filter(code=meant).first()
    signed = publishing.statement_of(found) if found else None
    if signed:
        response = HttpResponse(signed.body, content_type=JSON)
    else:
        verdict = found.in_force.verdict() if found else Verdict.UNKNOWN
        status = STATUS.get(verdict, HTTPStatus.NOT_FOUND)
        gone = status == HTTPStatus.GONE
        response = problem(status, "Ce badge n’est plus valable." if gone else "Rien n’est signé.")
    if code != meant:
        # A code can be written in a thousand ways: only its own address is kept.
        response["Cache-Control"] = "no-cache"
    return response


def public_keys(request):
    """/label/cles.json: every key that ever signed a badge."""
    return published(keys.published)


def revocations(request):
    """/label/revocations.json: the badges that the label took back, signed."""
    return published(publishing.revocations)


def published(made):
    """A document; 503, kept nowhere, where the key cannot be read."""
    try:
        return HttpResponse(made(), content_type=JSON)
    except keys.KeyTrouble:
        response = problem(503, "Réessayez plus tard.")
        response["Cache-Control"] = "no-store"
        return response
