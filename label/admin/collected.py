"""Collected publications in the volunteers' one list, and the page of one of them."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.admin.auth import permission_required

from directory.admin import deciding
from directory.moderation import queue
from home.pictures import picture
from label import items
from label.item_text import absolute, as_html, in_words
from label.models import Item

KIND = "collectee"
SHOWN_SIGHTINGS = 5
State = Item.State
# What of a publication is compared when its author changed it, and how it is called.
COMPARED = {
    "title": "Titre",
    "html": "Texte",
    "author": "Auteur",
    "url": "Adresse",
    "licence": "Licence",
    "photo_url": "Image",
    "photo_alt": "Ce que dit l’image",
}


def found(state, kind):
    """The publications of one list."""
    rows = Item.objects.select_related("listing", "membership", "decided_by")
    if state == queue.HANDLED:
        return rows.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")
    return rows.none() if state == queue.ASKED else rows.waiting()


def kind_of(item):
    """Why somebody has to look at it."""
    if item.state == State.HIDDEN and item.taken_down_at:
        return "Retrait demandé"
    return "Publication modifiée" if item.changed_at else "Publication d’ailleurs"


def line(item, state):
    """One of them as a line."""
    return queue.Entry(
        when=item.decided_at if state == queue.HANDLED else item.since,
        title=str(item.listing or item.author or item),
        kind=kind_of(item),
        text=f"{item.title} {in_words(item.html)}".strip(),
        state=item.get_state_display(),
        url=reverse("label_admin:item", args=[item.pk]),
        who=item.network,
        by=str(item.decided_by or "quelqu’un"),
    )


def offer():
    """Say what waits here."""
    queue.offer(queue.Source("collecte", ((KIND, "D’ailleurs"),), "since", found, line))


def case_for(pk):
    """The publication, for volunteers; raises `Http404`."""
    rows = Item.objects.select_related("listing", "membership", "decided_by", "photo")
    return get_object_or_404(rows, pk=pk)


@permission_required(queue.RIGHT)
def one_item(request, pk):
    """One case: who, what, why, before and after, and the buttons."""
    return show(request, case_for(pk))


def whose(item):
    """Whose business it is, as in `own_case.concerns`."""
    member = item.membership.user_id if item.membership else None
    return {"listing": item.listing, "people": [member]}


def show(request, item, trouble="", status=200):
    """Its page; `trouble` is what stood in the way."""
    asked = item.state == State.HIDDEN and bool(item.taken_down_at)
    changed = item.is_published and bool(item.changed_at)
    waits = item.state == State.WAITING or changed or (asked and not item.decided_at)
    title = str(item.listing or item.author or "Publication d’ailleurs")
    context = deciding.frame(request, title, since(item) if waits else None, **whose(item)) | {
        "item": item,
        "kind": kind_of(item),
        "seen": items.mark_of(item),
        "trouble": trouble,
        "url": absolute(item.url),
        "author_url": absolute(item.author_url),
        "html": as_html(item.html),
        "picture": picture(item.photo, "card") if item.photo else None,
        "sightings": item.sightings.select_related("source")[:SHOWN_SIGHTINGS],
        "tags": sorted(item.tags.names()),
        "rows": compared(item) if changed else [],
        "changed": changed,
        "asked": asked,
        "together": items.hidden_with(item).count() if asked else 0,
        "open": waits,
        "can_undo": bool(item.decided_at) and not changed and can_come_back(item),
        "header_icon": "comment",
    }
    return render(request, "label/admin/item.html", context, status=status)


def can_come_back(item):
    """Whether there is anything of it to be put back."""
    return item.state != State.GONE and not item.is_emptied


def since(item):
    """Since when it waits, as the list has it."""
    row = Item.objects.waiting().filter(pk=item.pk).first()
    return row.since if row else None


def compared(item):
    """What changed: [{label, before, after}], as plain text or safe HTML."""
    rows = []
    for name, label in COMPARED.items():
        before, after = getattr(item, name), item.change.get(name)
        if after is None or before == after:
            continue
        if name == "html":
            before, after = as_html(before), as_html(after)
        rows.append({"label": label, "before": before, "after": after})
    return rows
