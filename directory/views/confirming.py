"""Links that we mail: to confirm what was sent, and to add what a moderator asked for."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache

from directory.models import ListingRequest
from directory.request_forms import PrecisionForm
from directory.request_links import CONFIRM, PRECISION, case_of

LONGEST_MESSAGE = 12_000
State = ListingRequest.State


@never_cache
def confirm(request, token):
    """Show what the link confirms; a button does it, since mail scanners open links too.

    Whatever else was sent with the same address and waits for its link stands beside it: one
    mailbox gets few links a day.
    """
    case = case_of(token, CONFIRM)
    if not case:
        return render(request, "directory/link_gone.html", status=410)
    waiting = ListingRequest.objects.unconfirmed(timezone.now()).filter(email__iexact=case.email)
    if request.method == "POST":
        ticked = [pk for pk in request.POST.getlist("demande") if pk.isascii() and pk.isdigit()]
        for one in waiting:
            if str(one.pk) in ticked:
                one.confirm()
        return redirect("directory:confirm", token)
    case.refresh_from_db()
    context = {"case": case, "is_done": case.state != State.UNCONFIRMED, "waiting": waiting}
    return render(request, "directory/confirm.html", context)


@never_cache
def add_precision(request, token):
    """What a moderator asked for: the answer puts the request back among those that wait."""
    case = case_of(token, PRECISION)
    if not case or case.state not in (State.ASKED, State.WAITING):
        return render(request, "directory/link_gone.html", status=410)
    if case.state == State.WAITING:
        return render(request, "directory/precision.html", {"case": case})
    form = PrecisionForm(request.POST or None, purpose=f"precision:{case.pk}")
    status = 200
    if request.method == "POST":
        if form.is_from_a_robot:
            return redirect("directory:precision", token)
        if form.is_valid():
            today = date_format(timezone.localdate(), "j F Y")
            added = f"{case.message}\n\nPrécision du {today} :\n{form.cleaned_data['message']}"
            case.add_to_message(added.strip()[:LONGEST_MESSAGE])
            return redirect("directory:precision", token)
        status = 422
    return render(request, "directory/precision.html", {"case": case, "form": form}, status=status)
