"""/gestion/magazines/…: who would like to write, and the teams; for each magazine's editors."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from webmag.desk.forms import DecisionForm, RoleForm
from webmag.models import Application, Magazine, Role
from webmag.team import letters, rights


def edited_by(user):
    """The magazines whose team somebody runs."""
    if user.is_superuser:
        return Magazine.objects.all()
    return Magazine.objects.filter(editors__in=user.groups.all())


def applications(request):
    """Those who wait for an answer, the oldest first, and the teams."""
    magazines = edited_by(request.user)
    if not magazines.exists():
        raise PermissionDenied
    return show(request, magazines)


def show(request, magazines, bound=None, status=200):
    """The page; `bound` is (application, form) of an answer that came back with errors."""
    waiting = Application.objects.waiting().filter(magazine__in=magazines)
    cases = [
        (one, bound[1] if bound and bound[0] == one else DecisionForm())
        for one in waiting.select_related("magazine", "user").prefetch_related("covers")
    ]
    teams = magazines.order_by("title").prefetch_related("team__author__covers")
    context = {
        "cases": cases,
        "teams": teams,
        "kinds": Role.Kind.choices,
        "header_title": "Équipes des magazines",
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": "Équipes des magazines"},
        ],
    }
    return render(request, "webmag/admin/applications.html", context, status=status)


@require_POST
@transaction.atomic
def decide(request, pk):
    """Accept or refuse; another editor may have been faster."""
    magazines = edited_by(request.user)
    asked = Application.objects.select_for_update(of=["self"]).filter(magazine__in=magazines)
    application = get_object_or_404(asked, pk=pk)
    if application.state != Application.State.WAITING:
        who = application.decided_by or "Quelqu’un"
        messages.warning(request, f"{who} vient de traiter cette demande.")
        return redirect("webmag_admin:applications")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, magazines, (application, form), status=400)
    application.state = form.cleaned_data["decision"]
    application.answer = form.cleaned_data["answer"]
    application.decided_at, application.decided_by = timezone.now(), request.user
    application.save()
    if application.state == Application.State.ACCEPTED:
        welcome(application)
    letters.answered(application)
    messages.success(request, f"C’est noté : {application.name} reçoit votre réponse.")
    return redirect("webmag_admin:applications")


def welcome(application):
    """Take somebody into the team, with the communes they offered to cover."""
    kind = Role.Kind.CONTRIBUTOR
    role = rights.appoint(application.user, application.magazine, kind, application.name)
    role.author.covers.add(*application.covers.all())


@require_POST
@transaction.atomic
def change_role(request, pk):
    """Give somebody another part, or none; a magazine keeps at least one editor."""
    roles = Role.objects.filter(magazine__in=edited_by(request.user))
    role = get_object_or_404(roles.select_related("author", "magazine"), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez un rôle dans la liste.")
        return redirect("webmag_admin:applications")
    kind = form.cleaned_data["kind"]
    if role.kind == Role.Kind.EDITOR != kind and is_last_editor(role):
        messages.error(request, "Il faut au moins une personne à la rédaction.")
    elif kind:
        role.kind = kind
        role.save()
        messages.success(request, f"{role.author} : {role.get_kind_display().lower()}.")
    else:
        role.delete()
        messages.success(request, f"{role.author} ne fait plus partie de l’équipe.")
    return redirect("webmag_admin:applications")


def is_last_editor(role):
    """Whether nobody else edits the magazine."""
    others = role.magazine.team.filter(kind=Role.Kind.EDITOR).exclude(pk=role.pk)
    return not others.exists()
