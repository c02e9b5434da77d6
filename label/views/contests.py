"""/label/demande/contester/…: who is on file objects or agrees by a button, never by opening it."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from label import claiming
from label.claim_forms import ObjectionForm
from label.claiming import contesting
from label.models import Claim


@never_cache
def contest(request, token):
    """What a mailed link is about; nothing happens before a button is pressed."""
    found = contesting.read(token)
    if not found:
        return render(request, "label/claim/link_gone.html", status=410)
    claim, address = found
    form = ObjectionForm(request.POST or None)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("action") == "accord":
                claiming.agree(claim, address)
            else:
                claiming.contest(claim, address, form.cleaned_data["why"])
            return redirect("claims:contest", token)
        except claiming.TooLate as error:
            trouble = error
    is_open = contesting.may_contest(claim)
    context = {
        "claim": claim,
        "form": form,
        "trouble": trouble,
        "is_open": is_open,
        "is_contested": claim.state == Claim.State.CONTESTED,
        "may_agree": is_open and not claim.granted_at and contesting.manages(claim, address),
    }
    status = 422 if trouble or form.errors else 200
    return render(request, "label/claim/contest.html", context, status=status)
