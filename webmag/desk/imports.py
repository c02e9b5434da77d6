"""/gestion/magazines/reprises/…: somebody's old blog, from the file to the drafts."""

import hashlib
from collections import Counter
from secrets import token_hex

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from home.limits import too_often
from webmag.desk.import_forms import ImportForm
from webmag.importing import allowed, redirects, working
from webmag.models import BlogImport, ImportLine

State, Outcome = BlogImport.State, ImportLine.Outcome
MOST_A_DAY, DAY = 20, 24 * 3600
LINES = 100
TOO_MANY = "C’est beaucoup de fichiers pour un jour : revenez demain."
BUSY = "Une reprise est déjà en cours : attendez sa fin, ou arrêtez-la."
VIEWS = {
    "": "Tous",
    "remarques": "Avec une remarque",
    "ecartes": "Laissés de côté",
}


def run_of(request, pk):
    """Somebody's own run, in a magazine that they still write for; raises `Http404`."""
    runs = BlogImport.objects.select_related("magazine", "owner")
    if not request.user.is_superuser:
        mine = allowed.magazines_of(request.user)
        runs = runs.of(request.user).filter(magazine__in=mine)
    return get_object_or_404(runs, pk=pk)


def imports(request):
    """One's own runs, and the form that begins one."""
    magazines = allowed.magazines_of(request.user)
    if not magazines.exists():
        raise PermissionDenied
    initial = {"magazine": magazines.first()}
    form = ImportForm(
        request.POST or None, request.FILES or None, magazines=magazines, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        run = begin(request, form)
        if run:
            return redirect("webmag_admin:import", run.pk)
    runs = BlogImport.objects.of(request.user).filter(magazine__in=magazines)
    context = {
        "form": form,
        "runs": runs.select_related("magazine")[:LINES],
        "header_title": "Reprendre un ancien blog",
        "header_icon": "download",
        "breadcrumbs_items": trail(),
    }
    return render(request, "webmag/admin/imports.html", context, status=400 if form.errors else 200)


def begin(request, form):
    """Put the run into the worker's hands; None where it has to wait, and the form says why."""
    if BlogImport.objects.of(request.user).under_way().exists():
        form.add_error(None, BUSY)
    elif too_often("blog-import", request.user.pk, MOST_A_DAY, DAY):
        form.add_error(None, TOO_MANY)
    if form.errors:
        return None
    run, sent = form.save(commit=False), form.cleaned_data["sent"]
    run.owner = request.user
    run.name = (sent.name if sent else run.address)[:500]
    digest = hashlib.sha256(run.address.encode())
    if sent:
        for chunk in sent.chunks():
            digest.update(chunk)
        # A name that tells nothing and that nobody guesses; it is no part of the site.
        run.file.save(token_hex(16), sent, save=False)
    run.fingerprint = digest.hexdigest()
    with transaction.atomic():
        run.save()
        transaction.on_commit(lambda: working.soon(run))
    return run


def one(request, pk):
    """How far it is, or what it will do; each article's line."""
    run = run_of(request, pk)
    chosen = request.GET.get("voir", "")
    chosen = chosen if chosen in VIEWS else ""
    lines = run.lines.select_related("article").order_by("position").defer("original")
    if chosen == "remarques":
        lines = lines.exclude(notes=[])
    elif chosen == "ecartes":
        lines = lines.filter(outcome__in=(Outcome.LEFT_OUT, Outcome.FAILED))
    tally = run.tally()
    wanted = sum(tally.values()) - tally[Outcome.LEFT_OUT]
    images, missing = run.images()
    context = {
        "run": run,
        "chosen": chosen,
        "views": VIEWS.items(),
        "page": Paginator(lines, LINES).get_page(request.GET.get("page")),
        "wanted": wanted,
        "settled": wanted - tally[Outcome.WAITING],
        "tally": [
            (Outcome(name).label, count) for name, count in tally.items()
            if count and name not in (Outcome.WAITING, Outcome.LEFT_OUT)
        ],
        "plans": plans(run) if run.state == State.READY else [],
        "left_out": left_out(run, tally),
        "images": images,
        "missing": missing,
        "is_working": run.state in (State.READING, State.RUNNING),
        "has_redirects": run.lines.exclude(article=None).exists(),
        "header_title": str(run),
        "header_icon": "download",
        "breadcrumbs_items": trail(str(run)),
    }  # fmt: skip
    return render(request, "webmag/admin/import.html", context)


def plans(run):
    """What will be done, in words: [(words, number)]."""
    waiting = run.lines.filter(outcome=Outcome.WAITING).order_by().values_list("plan", flat=True)
    line = ImportLine(outcome=Outcome.WAITING)
    found = []
    for plan, count in Counter(waiting).most_common():
        line.plan = plan
        found.append((line.says(), count))
    return found


def left_out(run, tally):
    """Why what stays behind stays behind: [(reason, number)]."""
    if not tally[Outcome.LEFT_OUT]:
        return []
    notes = run.lines.filter(outcome=Outcome.LEFT_OUT).values_list("notes", flat=True)
    return Counter(one[0] for one in notes if one).most_common()


@require_POST
def start(request, pk):
    """Begin, or go on where it stopped."""
    run = run_of(request, pk)
    ready = BlogImport.objects.filter(pk=run.pk, state__in=(State.READY, State.STOPPED))
    if ready.update(state=State.RUNNING):
        working.soon(run)
    else:
        messages.warning(request, "Cette reprise est déjà lancée, ou finie.")
    return redirect("webmag_admin:import", run.pk)


@require_POST
def stop(request, pk):
    """No further article; those that came stay."""
    run = run_of(request, pk)
    running = BlogImport.objects.filter(pk=run.pk, state=State.RUNNING)
    if running.update(state=State.STOPPED):
        messages.success(request, "C’est arrêté. Ce qui est déjà repris reste.")
    return redirect("webmag_admin:import", run.pk)


@require_POST
def forget(request, pk):
    """Take the run off the list, file and all; the articles stay."""
    run = run_of(request, pk)
    if run.state in (State.READING, State.RUNNING):
        messages.warning(request, "Arrêtez d’abord cette reprise.")
        return redirect("webmag_admin:import", run.pk)
    run.drop_file()
    run.delete()
    messages.success(request, "C’est retiré de la liste. Les articles repris restent.")
    return redirect("webmag_admin:imports")


def listed(request, pk, form):
    """Old and new addresses as a file."""
    run = run_of(request, pk)
    if form not in redirects.FORMS:
        raise Http404
    kind, name = redirects.FORMS[form]
    answer = HttpResponse(redirects.written(run, form), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def trail(*further):
    """The way back."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        {"url": reverse("webmag_admin:imports"), "label": "Reprendre un ancien blog"},
        *({"url": "", "label": one} for one in further),
    ]
