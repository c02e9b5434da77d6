"""What a moderator decides on a request: each button of its page, and how it is undone."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directory.admin import deciding, request_views
from directory.admin.request_forms import ChangesForm, ProposalCheckForm
from directory.admin.request_views import ADD, CHANGE, EDIT, PUBLISH, REMOVE, Kind, State
from directory.moderation import answers, changes, own_case, proposals, queue
from directory.moderation.removal import remove_listing
from directory.places import suggestions

SIMPLE = {"faite": State.DONE, "refusee": State.REFUSED, "precision": State.ASKED}


class TooLate(Exception):
    """Somebody else handled it a moment before."""


@permission_required(CHANGE)
@require_POST
def settle_request(request, pk):
    """One of the buttons: `ACTIONS` says what each does."""
    case = request_views.case_for(pk)
    form = deciding.AnswerForm(request.POST)
    action = request.POST.get("action", "")
    here = redirect("directory_admin:request", pk=pk)
    if not form.is_valid():
        messages.error(request, "La note ou la réponse est trop longue.")
        return here
    decide = ACTIONS.get(action)
    if not decide:
        messages.error(request, deciding.NO_SUCH_ACTION)
        return here
    refused, alone = own_case.standing(request.user, **request_views.whose(case))
    if refused:
        messages.error(request, refused)
        return here
    form.cleaned_data["answer"] = own_case.noted(form.cleaned_data["answer"], alone)
    try:
        return decide(request, case, form, action) or here
    except TooLate:
        case.refresh_from_db()
        deciding.too_late(request, case.handled_by)
        return here


def close(request, case, form, state):
    """Settle the case and put the answer into the box; inside the transaction of what was done."""
    said = form.cleaned_data
    reply = said["reply"].strip() if case.email else ""
    seen = request.POST.get("seen", "")
    seen = seen if seen in (State.WAITING, State.ASKED) else State.WAITING
    if not case.settle(state, request.user, said["answer"], reply, seen=seen):
        raise TooLate
    return reply


def settle(request, case, form, action):
    """Done elsewhere, refused, or asked back: nothing else changes."""
    if action == "precision" and not (case.email and form.cleaned_data["reply"].strip()):
        messages.error(request, "Écrivez ce qu’il manque ; il faut une adresse pour l’envoyer.")
        return None
    with transaction.atomic():
        reply = close(request, case, form, SIMPLE[action])
        mailed = answers.send(case, reply)
    return said(request, case, mailed)


def apply(request, case, form, _action):
    """Write the chosen changes into the listing."""
    if not request.user.has_perms([EDIT, PUBLISH]) or not case.changes or not case.listing:
        messages.error(request, "Il n’y a rien à appliquer, ou vous n’en avez pas le droit.")
        return None
    check = ChangesForm(request.POST, case=case)
    if not check.is_valid() or not check.values:
        messages.error(request, "Cochez ce que vous prenez, et corrigez ce qui est en rouge.")
        return request_views.show(request, case, check, form, status=422)
    values = check.values
    point = new_point(case.listing, values)
    try:
        with transaction.atomic():
            reply = close(request, case, form, State.DONE)
            changes.apply(case, values, request.user, point)
            mailed = answers.send(case, reply)
    except changes.ChangeError as error:
        messages.error(request, str(error))
        case.refresh_from_db()
        return request_views.show(request, case, None, form, status=422)
    return said(request, case, mailed)


def new_point(listing, values):
    """The point of the new address where it changes; asked for outside of any transaction."""
    if not changes.PLACE & values.keys():
        return None
    moved = type(listing)(street=listing.street, commune=listing.commune)
    changes.put(moved, values, None)
    code = values.get("postal_code", listing.postal_code)
    return suggestions.point_of(moved.street, code, moved.commune) if moved.commune else None


def publish(request, case, form, action):
    """Make the listing, published or as a draft to be opened in the editor."""
    if case.kind != Kind.PROPOSE or not case.facts or not request.user.has_perms([ADD, PUBLISH]):
        messages.error(request, "Il n’y a rien à publier, ou vous n’en avez pas le droit.")
        return None
    check = ProposalCheckForm(request.POST, case=case)
    if not check.is_valid():
        messages.error(request, "Corrigez ce qui est en rouge.")
        return request_views.show(request, case, check, form, status=422)
    listing = check.instance
    if check.has_moved:
        place = (listing.street, listing.postal_code, listing.commune)
        listing.lat, listing.lng = suggestions.point_of(*place) or (None, None)
    live = action == "publier"
    if not live:
        # Nothing to announce yet.
        form.cleaned_data["reply"] = ""
    with transaction.atomic():
        reply = close(request, case, form, State.DONE)
        proposals.make_listing(case, listing, request.user, publish=live)
        mailed = answers.send(case, reply)
    if live:
        return said(request, case, mailed)
    messages.success(request, "La fiche est en brouillon : complétez-la, puis publiez.")
    return redirect(listing.snippet_viewset.get_url_name("edit"), listing.pk)


def remove(request, case, form, _action):
    """Take the listing away as asked; the request is kept, as done."""
    if not request.user.has_perm(REMOVE):
        messages.error(request, "Vous n’avez pas le droit de retirer une fiche.")
        return None
    if case.kind != Kind.REMOVE or not case.listing:
        messages.error(request, "Cette fiche est déjà retirée, ou personne ne l’a demandé.")
        return None
    reason = form.cleaned_data["answer"] or "À la demande de l’intéressé."
    with transaction.atomic():
        reply = close(request, case, form, State.DONE)
        remove_listing(case.listing, request.user, reason)
        case.refresh_from_db()
        answers.send(case, reply)
    messages.success(request, f"La fiche « {case.listing_name} » est retirée.")
    return redirect(queue.following(address_of(case)) or reverse("directory_admin:requests"))


def reopen(request, case, _form, _action):
    """Undo: it waits again, and what was done to the listing is taken back where it still stands.

    A removed listing does not come back by this, nor does a mail.
    """
    with transaction.atomic():
        if not case.reopen():
            raise TooLate
        what = ""
        try:
            if case.kind == Kind.PROPOSE and proposals.take_back(case, request.user):
                what = " La fiche est de nouveau en brouillon."
            elif changes.take_back(case, request.user):
                what = " La fiche est comme avant."
        except changes.ChangeError as error:
            what = f" La fiche n’est pas remise comme avant : {error}"
    messages.success(request, f"{case} : la demande attend de nouveau.{what}")


def said(request, case, mailed):
    """Tell what became of it, and go on."""
    answered = " Une réponse part par mail." if mailed else ""
    told = f"{case} : {case.get_state_display().lower()}.{answered}"
    return deciding.done(request, told, address_of(case))


def address_of(case):
    """Its page."""
    return reverse("directory_admin:request", args=[case.pk])


ACTIONS = {
    **dict.fromkeys(SIMPLE, settle),
    "appliquer": apply,
    "publier": publish,
    "brouillon": publish,
    "retirer": remove,
    "rouvrir": reopen,
}
