"""/label/verifier/…: is this badge genuine? By its code, or by its signed statement."""

from django.shortcuts import redirect, render
from django.utils import timezone

from label.codes import LONGEST_TYPED, spelled, understood
from label.models import Membership
from label.statements import check, issuing, keys, publishing
from label.statements.signed import LARGEST_STATEMENT, Unusable, read_keys, read_revocations

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
        "signed": signed_by(found) if genuine else None,
        "until": found.until if found and verdict != Verdict.UNKNOWN else None,
    }
    status = 404 if verdict == Verdict.UNKNOWN else 200
    response = render(request, "label/verify.html", context, status=status)
    if code != meant:
        # A code can be written in a thousand ways: only its own address is kept.
        response["Cache-Control"] = "no-cache"
    return response


def signed_by(member):
    """What the statement behind a badge says; None where there is none."""
    statement = publishing.statement_of(member)
    return told(issuing.said_by(statement)) if statement else None


def told(said):
    """What a statement says, for a page: with its days in words."""
    days = {"on": check.day(check.moment(said["issued"])), "last": check.last_day(said)}
    return said | days


def signed(request):
    """A signed badge that somebody pasted, and where they found it: the offline check, here."""
    raw = request.GET.get("badge", "")[: LARGEST_STATEMENT + 1]
    site = request.GET.get("site", "")[:300].strip()
    context = {"raw": raw, "site": site}
    if raw.strip():
        context |= checked(raw, site)
    return render(request, "label/verify_signed.html", context)


def checked(raw, site):
    """The answer to a pasted badge, for the page."""
    try:
        known = read_keys(keys.published())
        revocations = read_revocations(publishing.revocations(), known)
        found = check.check(raw.encode(errors="replace"), known, revocations, site, timezone.now())
    except (Unusable, keys.KeyTrouble) as error:
        found = check.Answer(check.Verdict.UNDECIDED, str(error))
    # As with a code: a name goes with « authentique » only (docs/decisions/0025).
    said = told(found.said) if found.verdict == check.Verdict.GENUINE else None
    return {"answer": found, "title": check.TITLES[found.verdict], "said": said}
