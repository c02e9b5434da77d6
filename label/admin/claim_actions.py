"""What a volunteer decides on a claim: each button of its page."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directory.admin import deciding
from directory.moderation import queue
from label import claiming
from label.admin import claim_views
from label.models import Claim

PUBLISH = "directory.publish_listing"
LONGEST = 2000


@permission_required(queue.RIGHT)
@require_POST
def decide(request, pk):
    """One of the buttons: `ACTIONS` says what each does."""
    claim = claim_views.case_for(pk)
    act = ACTIONS.get(request.POST.get("action", ""))
    if not act or not request.user.has_perm(PUBLISH):
        messages.error(request, deciding.NO_SUCH_ACTION)
        return redirect("label_admin:claim", pk)
    try:
        return act(request, claim) or done(request, claim)
    except claiming.ToTheManager as error:
        messages.warning(request, str(error))
        return redirect(queue.following(here(claim)) or reverse("directory_admin:requests"))
    except claiming.ClaimError as error:
        messages.error(request, str(error))
        return redirect("label_admin:claim", pk)


def here(claim):
    """The claim's own page."""
    return reverse("label_admin:claim", args=[claim.pk])


def seen(request):
    """The state in which this person saw it."""
    return request.POST.get("seen", "")


def words(request, name):
    """A text of the form, cut where the database would."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:LONGEST]


def accept(request, claim):
    """Give the listing."""
    form = claim_views.EvidenceForm(request.POST)
    if not form.is_valid():
        return claim_views.show(request, claim, form, status=422)
    claiming.accept(claim, request.user, seen(request), **form.cleaned_data)
    return None


def refuse(request, claim):
    """No, and why."""
    reason = words(request, "reply")
    if not reason:
        raise claiming.ClaimError("Écrivez le motif : il est envoyé à la personne.")
    claiming.refuse(claim, request.user, seen(request), reason)


def ask(request, claim):
    """A question to whoever claims."""
    question = words(request, "reply")
    if not question:
        raise claiming.ClaimError("Écrivez ce qu’il manque : la question est envoyée.")
    claiming.ask(claim, request.user, seen(request), question)


def keep(request, claim):
    """Contested, and it stays."""
    claiming.keep(claim, request.user, words(request, "reply"))


def undo(request, claim):
    """As it was before."""
    claiming.undo(claim, request.user, words(request, "reply"))


def reopen(request, claim):
    """It waits again."""
    claiming.reopen(claim, request.user)


def done(request, claim):
    """Tell what became of it, with the way back; then on to the next case."""
    told = f"{claim.listing_name} : {Claim.State(claim.state).label.lower()}."
    return deciding.done(request, told, here(claim))


ACTIONS = {
    "accepter": accept,
    "refuser": refuse,
    "precision": ask,
    "maintenir": keep,
    "annuler": undo,
    "rouvrir": reopen,
}
