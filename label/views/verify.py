"""/label/verifier/…: is this badge genuine?"""

from django.shortcuts import redirect, render

from label.codes import LONGEST_TYPED, spelled, understood
from label.models import Membership

Verdict = Membership.Verdict


def ask(request):
    """A field to type the code that is printed on a badge."""
    typed = request.GET.get("code", "")[:LONGEST_TYPED].strip()
    if typed:
        # What no code can be goes into no address: a slash or a dot would lead elsewhere.
        return redirect("label:verify", understood(typed) or "inconnu")
    return render(request, "label/verify_ask.html")


def verify(request, code):
    """The verdict in one word and one sentence; the name only where the badge is genuine.

    Unknown ones answer 404: anybody can invent one, and nothing of them is kept.
    """
    meant = understood(code)
    named = meant and Membership.objects.with_faces().filter(code=meant).first()
    found = named and named.in_force
    verdict = found.verdict() if found else Verdict.UNKNOWN
    genuine = verdict == Verdict.GENUINE
    context = {
        "verdict": verdict,
        "code": spelled(meant) if meant else "",
        "member": found if genuine and found.is_shown else None,
        "code_today": found.spelled_code if genuine and found != named else "",
        "since": found.since if genuine else None,
        "until": found.until if found and verdict != Verdict.UNKNOWN else None,
    }
    status = 404 if verdict == Verdict.UNKNOWN else 200
    response = render(request, "label/verify.html", context, status=status)
    if code != meant:
        # A code can be written in a thousand ways: only its own address is kept.
        response["Cache-Control"] = "no-cache"
    return response
