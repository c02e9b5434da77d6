"""What a volunteer decides on a collected publication: each button of its page."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directory.admin import deciding
from directory.moderation import own_case, queue
from label import items
from label.admin import collected
from label.writing import DECIDES

LONGEST = 2000
# What concerns all that one word took away.
TOGETHER = ("remettre-tout", "confirmer-tout")
NO_REASON = "Écrivez le motif : les autres bénévoles le liront."


@permission_required(queue.RIGHT)
@require_POST
def decide(request, pk):
    """One of the buttons: `ACTIONS` says what each does."""
    item = collected.case_for(pk)
    act = ACTIONS.get(request.POST.get("action", ""))
    here = reverse("label_admin:item", args=[pk])
    if not act or not request.user.has_perm(DECIDES):
        messages.error(request, deciding.NO_SUCH_ACTION)
        return redirect(here)
    if request.POST.get("action") == "refuser" and not reason_of(request):
        return collected.show(request, item, NO_REASON, status=422)
    refused, alone = standing(request, item)
    if refused:
        messages.error(request, refused)
        return redirect(here)
    if not act(request, item, request.POST.get("seen", "")):
        return too_late(request, item, here)
    if alone:
        items.note(item, alone)
    if request.POST["action"] == "annuler":
        messages.success(request, "Annulé : la publication attend de nouveau.")
        return redirect(here)
    told = f"{item.listing or item.author or 'Publication'} : {said(request, item)}."
    return deciding.done(request, told, here)


def standing(request, item):
    """Whether this volunteer may decide, as in `own_case.standing`; on all, where it is on all."""
    together = request.POST["action"] in TOGETHER
    whole = [item, *items.hidden_with(item).select_related("membership")] if together else [item]
    cases = {(one.listing_id, one.membership_id): collected.whose(one) for one in whole}
    found = [own_case.standing(request.user, **case) for case in cases.values()]
    return max(found, key=lambda pair: (bool(pair[0]), bool(pair[1])))


def too_late(request, item, here):
    """Somebody else decided, or its author changed it, a moment before."""
    item.refresh_from_db()
    if item.decided_at and item.decided_by != request.user:
        deciding.too_late(request, item.decided_by)
    else:
        messages.warning(request, "La publication vient de changer : relisez-la.")
    return redirect(here)


def said(request, item):
    """What became of it."""
    if request.POST["action"] in TOGETHER:
        put_back = request.POST["action"] == "remettre-tout"
        return "tout est remis comme avant" if put_back else "tout reste retiré"
    if request.POST["action"] in ("prendre", "laisser"):
        taken = request.POST["action"] == "prendre"
        return "la nouvelle version est publiée" if taken else "l’ancienne version reste"
    return item.get_state_display().lower()


def reason_of(request):
    """The reason of the form, cut where the database would."""
    return request.POST.get("reason", "").replace("\x00", "").strip()[:LONGEST]


def refuse(request, item, seen):
    """No, and why; perhaps for ever."""
    never_again = request.POST.get("never_again") == "1"
    return items.refuse(item, request.user, reason_of(request), never_again, seen)


ACTIONS = {
    "publier": lambda request, item, seen: items.publish(item, request.user, seen),
    "refuser": refuse,
    "prendre": lambda request, item, seen: items.accept_change(item, request.user, seen),
    "laisser": lambda request, item, seen: items.dismiss_change(item, request.user, seen),
    "confirmer": lambda request, item, seen: items.confirm_hidden(item, request.user, seen),
    "annuler": lambda request, item, seen: items.undo(item, seen),
    "remettre-tout": lambda request, item, seen: items.put_back_all(item, request.user, seen),
    "confirmer-tout": lambda request, item, seen: items.confirm_all_hidden(
        item, request.user, seen
    ),
}
