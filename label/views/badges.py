"""/badge/<code>.svg: the stamp that other people's pages and labels show."""

from django.http import HttpResponse

from label import badge as badges
from label.codes import understood
from label.models import Membership

Verdict = Membership.Verdict
STATUS = {Verdict.EXPIRED: 410, Verdict.REVOKED: 410, Verdict.UNKNOWN: 404}


def badge(request, code):
    """The badge as an image; what is not genuine says so in the image's place."""
    meant = understood(code)
    found = meant and Membership.objects.select_related("listing").filter(code=meant).first()
    found = found and found.in_force
    verdict = found.verdict() if found else Verdict.UNKNOWN
    ground = request.GET.get("fond", "")
    if verdict == Verdict.GENUINE:
        one_ink = request.GET.get("encre") == "une"
        svg = badges.draw(found, request.GET.get("taille", ""), ground, one_ink)
    else:
        svg = badges.draw_refusal(verdict, ground)
    response = HttpResponse(svg, content_type="image/svg+xml", status=STATUS.get(verdict, 200))
    if code != meant:
        # A code can be written in a thousand ways: only its own address is kept.
        response["Cache-Control"] = "no-cache"
    return response
