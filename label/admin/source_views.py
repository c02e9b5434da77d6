"""How the sources are, the buttons that act on one, and lists of them in OPML."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Max, Q, When
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from directory.admin.request_views import crumbs
from home.rich_text import writable
from label.collecting import adding, opml
from label.models import Item, Source

VIEW, ADD, CHANGE = "label.view_source", "label.add_source", "label.change_source"
PER_PAGE = 50
State = Source.State


TROUBLED = Q(state=State.ACTIVE, failures__gte=2)
# What the tabs show: their address, their words, which sources.
TABS = (
    ("soucis", "En souci", TROUBLED),
    ("muettes", "N’ont rien apporté", Q(state=State.ACTIVE, brought=0, failures__lt=2)),
    ("pause", "En pause", Q(state=State.PAUSED)),
    ("disparues", "Disparues", Q(state=State.GONE)),
)
MOST_REASONS = 8
# What of an address says where somebody was in the list.
PLACE = ("etat", "raison", "q", "p")


def followed():
    """All that are or were asked."""
    return Source.objects.exclude(kind=Source.Kind.LINKS)


def found(asked):
    """Those that the tab, the reason and the words of an address are about."""
    rows = followed()
    for name, _, which in TABS:
        rows = rows.filter(which) if asked.get("etat") == name else rows
    if asked.get("raison"):
        rows = rows.filter(last_error=asked["raison"])
    if words := asked.get("q", "").strip()[:200]:
        named = Q(title__icontains=words) | Q(listing__name__icontains=words)
        rows = rows.filter(named | Q(address__icontains=words) | Q(url__icontains=words))
    return rows


def reasons():
    """Why those in trouble do not answer, the most frequent first: (sentence, how many)."""
    why = followed().filter(TROUBLED).exclude(last_error="").order_by("last_error")
    counted = why.values_list("last_error").annotate(count=Count("pk"))
    return counted.order_by("-count", "last_error")[:MOST_REASONS]


@permission_required(VIEW)
def health(request):
    """Each source, those in trouble first: when it answered, why not, what it brought.

    `etat`: one of the tabs; `raison`: the sentence of one trouble; `q`: part of a name or address.
    """
    asked = {name: writable(request.GET.get(name, "")) for name in PLACE}
    shown = Count(
        "sightings__item",
        filter=Q(sightings__item__state=Item.State.PUBLISHED),
        distinct=True,
    )
    asks_no_more = Case(When(state=State.ACTIVE, then=0), default=1)
    rows = found(asked).annotate(shown=shown)
    rows = rows.order_by(asks_no_more, "-failures", F("polled_at").asc(), "pk")
    counts = followed().aggregate(
        all=Count("pk"),
        active=Count("pk", filter=Q(state=State.ACTIVE)),
        last=Max("polled_at"),
        **{name: Count("pk", filter=which) for name, _, which in TABS},
    )
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(asked["p"]),
        "asked": asked,
        "place": place(request.GET),
        "tabs": [(name, label, counts[name]) for name, label, _ in TABS],
        "reasons": list(reasons()) if asked["etat"] == "soucis" else [],
        "counts": counts,
        "now": timezone.now(),
        "list_url": list_url(),
        "edit_url_name": Source.snippet_viewset.get_url_name("edit"),
        "may_change": request.user.has_perm(CHANGE),
        "breadcrumbs_items": crumbs((list_url(), "Sources"), ("", "Santé")),
        "header_title": "Santé des sources",
        "header_icon": "link",
    }
    return render(request, "label/admin/sources_health.html", context)


def place(asked):
    """Where somebody is in the list, as the end of its address; nothing else of what was sent."""
    kept = {name: asked[name] for name in PLACE if asked.get(name)}
    return urlencode(kept)


def list_url():
    """The list of sources."""
    return reverse(Source.snippet_viewset.get_url_name("list"))


@permission_required(CHANGE)
@require_POST
def act(request, pk):
    """« Interroger maintenant », « Mettre en pause », « Reprendre »."""
    source, now = get_object_or_404(followed(), pk=pk), timezone.now()
    name = request.POST.get("act")
    if name == "pause" and source.state == State.ACTIVE:
        change(source, state=State.PAUSED)
        messages.success(request, f"{source} : en pause, plus rien n’est demandé.")
    elif name == "reprendre" and source.state != State.ACTIVE:
        change(source, state=State.ACTIVE, failures=0, last_error="", next_poll_at=now)
        messages.success(request, f"{source} : de nouveau suivie.")
    elif name == "interroger" and source.wait_until and source.wait_until > now:
        until = timezone.localtime(source.wait_until)
        text = f"{source} : ce site nous a demandé d’attendre jusqu’au {until:%d/%m à %H:%M}."
        messages.warning(request, text)
    elif name == "interroger" and not source.why_not:
        change(source, next_poll_at=now)
        messages.success(request, f"{source} : interrogée dans la minute.")
    else:
        messages.warning(request, f"{source} : {source.why_not or 'déjà suivie'}.")
    back = place(QueryDict(request.POST.get("place", "")[:2000]))
    return redirect(f"{reverse('label_admin:sources_health')}{back and '?'}{back}")


def change(source, **fields):
    """Write these fields only: the collector may be writing others."""
    Source.objects.filter(pk=source.pk).update(**fields)


class ListForm(forms.Form):
    """A file of a feed reader."""

    file = forms.FileField(
        label="Fichier OPML",
        help_text="Ce que les lecteurs de flux appellent « exporter les abonnements ». "
        "2 Mo au plus.",
    )

    def clean_file(self):
        """The lines of the list."""
        file = self.cleaned_data["file"]
        if file.size > opml.LARGEST:
            raise forms.ValidationError("Ce fichier dépasse 2 Mo.")
        try:
            return opml.read(file.read())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@permission_required(ADD)
def import_list(request):
    """Take the feeds of an OPML file; nobody's are published unread by that."""
    form = ListForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = adding.add_many(form.cleaned_data["file"], by=request.user)
    context = {
        "form": form,
        "report": report,
        "list_url": list_url(),
        "breadcrumbs_items": crumbs((list_url(), "Sources"), ("", "Importer une liste")),
        "header_title": "Importer une liste de sources",
        "header_icon": "upload",
    }
    invalid = request.method == "POST" and not report
    return render(
        request, "label/admin/sources_import.html", context, status=422 if invalid else 200
    )


@permission_required(VIEW)
def export_list(_request):
    """All sources, for any feed reader."""
    response = HttpResponse(opml.write(followed()), content_type="text/x-opml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sources.opml"'
    return response
