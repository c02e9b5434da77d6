"""One membership: a signature to decide on like any other case, or a member with their history."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directory.admin import deciding
from directory.moderation import own_case
from label import memberships
from label.models import Fact, Membership
from label.space import sticker_views

CHANGE = "label.change_membership"
State = Membership.State
ACTS = {
    "accepter": lambda one, by, said: memberships.accept(one, by, said["answer"]),
    "refuser": lambda one, by, said: memberships.refuse(one, by, said["answer"], said["reply"]),
    "precision": lambda one, by, said: memberships.ask(one, by, said["reply"], said["answer"]),
    "retirer": lambda one, by, said: memberships.revoke(one, by, said["answer"], said["reply"]),
    "quitter": lambda one, by, said: memberships.leave(one, by, said["answer"]),
    "renouveler": lambda one, by, said: memberships.renew(one, by),
    "retablir": lambda one, by, said: memberships.restore(one, by, said["answer"]),
    "annuler": lambda one, by, said: memberships.reopen(one, by, said["answer"]),
}
NEEDS_A_REASON = ("refuser", "retirer")
# What everybody may do with their own membership, by a button in their own space too.
ONES_OWN = ("quitter", "renouveler")


def case_for(pk):
    """The membership; raises `Http404`."""
    return get_object_or_404(Membership.objects.with_faces(), pk=pk)


def whose(one):
    """Whose business it is, as in `own_case.concerns`."""
    return {"listing": one.listing, "people": [one.user_id]}


@permission_required(CHANGE)
def member(request, pk):
    """Who, since when, what was checked, what happened, and the buttons."""
    return show(request, case_for(pk))


def show(request, one, form=None, status=200):
    """The page of a membership; `form` came back with errors."""
    waits = one.state in Membership.TO_DECIDE
    context = deciding.frame(
        request, one.holder, one.signed_at if waits else None, **whose(one)
    ) | {
        "member": one,
        "url": reverse("label_admin:act", args=[one.pk]),
        "open": waits,
        "form": form or deciding.AnswerForm(),
        "mails_to": one.user.email if one.user else "",
        "events": one.events.select_related("by").order_by("-at", "-pk"),
        "facts": Fact.objects.of_member(one).select_related("by"),
        "others": Membership.objects.filter(listing=one.listing).exclude(pk=one.pk)
        if one.listing_id
        else [],
        "statements": one.statements.order_by("-issued_at", "-pk"),
        "now": timezone.now(),
        "can_renew": memberships.may_renew(one),
        "edit_url": reverse(Membership.snippet_viewset.get_url_name("edit"), args=[one.pk]),
        "fact_url": reverse(Fact.snippet_viewset.get_url_name("add")),
        "header_icon": "group",
    }
    if not waits:
        members = reverse(Membership.snippet_viewset.get_url_name("list"))
        context["breadcrumbs_items"] = deciding.crumbs((members, "Membres"), ("", one.holder))
    return render(request, "label/admin/member.html", context, status=status)


@permission_required(CHANGE)
@require_safe
def stickers(request, pk):
    """The sheet of stickers, to print for a member."""
    one = case_for(pk)
    if not (one.is_member and one.is_shown):
        messages.error(request, "Pas d’autocollants : ce n’est pas un membre montré aujourd’hui.")
        return redirect("label_admin:member", pk=pk)
    return sticker_views.answer(one)


@permission_required(CHANGE)
@require_POST
def act(request, pk):
    """One of the buttons: `ACTS` says what each does."""
    one = case_for(pk)
    form, name = deciding.AnswerForm(request.POST), request.POST.get("action", "")
    if name not in ACTS:
        form.add_error(None, deciding.NO_SUCH_ACTION)
    if name in NEEDS_A_REASON and not request.POST.get("answer", "").strip():
        form.add_error("answer", "Notez le motif : quelqu’un devra peut-être relire la décision.")
    if name == "precision" and not (one.user and request.POST.get("reply", "").strip()):
        form.add_error("reply", "Écrivez ce qu’il manque : la question est envoyée.")
    refused, alone = own_case.standing(request.user, **whose(one))
    if not form.is_valid():
        return show(request, one, form, status=422)
    if name not in ONES_OWN:
        if refused:
            messages.error(request, refused)
            return redirect("label_admin:member", pk=pk)
        form.cleaned_data["answer"] = own_case.noted(form.cleaned_data["answer"], alone)
    waited = one.state in Membership.TO_DECIDE
    if not ACTS[name](one, request.user, form.cleaned_data):
        deciding.too_late(request, last_hand(one))
        return redirect("label_admin:member", pk=pk)
    told = f"{one.holder} : {one.get_state_display().lower()}."
    if waited and name != "annuler":
        return deciding.done(request, told, reverse("label_admin:member", args=[pk]))
    messages.success(request, told)
    return redirect("label_admin:member", pk=pk)


def last_hand(one):
    """Who did something with it last."""
    last = one.events.select_related("by").last()
    return last.by if last else None
