"""« Demandes » : what visitors sent about listings and propose, and one of them to decide on."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.admin.auth import permission_required

from directory.admin.deciding import AnswerForm, crumbs, frame
from directory.admin.request_forms import ChangesForm, ProposalCheckForm
from directory.models import Listing, ListingRequest
from directory.moderation import answers, changes, queue
from directory.moderation.look_alikes import look_alikes, proposed_too, was_removed
from directory.places.minimap import minimap
from home.models import OutgoingMail

PER_PAGE = 50
CHANGE = queue.RIGHT
# Taking a listing off the site for good asks for the right to publish and unpublish.
REMOVE = PUBLISH = "directory.publish_listing"
EDIT = "directory.change_listing"
ADD = "directory.add_listing"
State = ListingRequest.State
Kind = ListingRequest.Kind


@permission_required(CHANGE)
def requests(request):
    """Those that wait, the oldest first, by kind; those asked back; those handled, newest first."""
    kind, chosen = request.GET.get("genre", ""), request.GET.get("etat", "")
    kind = kind if kind in dict(queue.kinds()) else ""
    chosen = chosen if chosen in (queue.ASKED, queue.HANDLED) else queue.WAITING
    count, days = queue.summary()
    context = {
        "page": Paginator(queue.Lines(chosen, kind), PER_PAGE).get_page(request.GET.get("p")),
        "kinds": queue.kinds(),
        "kind": kind,
        "handled": chosen,
        "count": count,
        "days": days,
        "late_mails": OutgoingMail.objects.late().count(),
        "breadcrumbs_items": crumbs(("", "Demandes")),
        "header_title": "Demandes",
        "header_icon": "mail",
    }
    return render(request, "directory/admin/requests.html", context)


@permission_required(CHANGE)
def one_request(request, pk):
    """One case: who, what, before and after, and the buttons."""
    return show(request, case_for(pk))


def case_for(pk):
    """The case, for moderators; raises `Http404`."""
    found = ListingRequest.objects.for_moderators()
    return get_object_or_404(
        found.select_related("listing__commune", "listing__category", "handled_by"), pk=pk
    )


def whose(case):
    """Whose business it is, as in `own_case.concerns`."""
    return {"listing": case.listing, "email": case.email}


def show(request, case, check=None, answer=None, status=200):
    """The page of a case; `check` and `answer` are forms that came back with errors."""
    listing = case.listing
    wording = answers.wording(case)
    context = frame(request, str(case), case.created_at, **whose(case)) | {
        "case": case,
        "url": reverse("directory_admin:settle", args=[case.pk]),
        "listing_edit_url": listing
        and reverse(listing.snippet_viewset.get_url_name("edit"), args=[listing.pk]),
        "form": answer or AnswerForm(initial={"answer": case.answer, "reply": wording[State.DONE]}),
        "ask_text": wording[State.ASKED],
        "refuse_text": wording[State.REFUSED],
        "open": case.is_open,
        "can_remove": case.kind == Kind.REMOVE and listing and request.user.has_perm(REMOVE),
    }
    if case.kind == Kind.PROPOSE and case.facts:
        context |= proposal_context(request, case, check)
    elif case.changes:
        context |= changes_context(request, case, check)
    return render(request, "directory/admin/request.html", context, status=status)


def proposal_context(request, case, check):
    """The facts to check, what looks like it, and where it is."""
    check = check or ProposalCheckForm(case=case)
    commune = check.instance.commune
    lat, lng = case.facts.get("lat"), case.facts.get("lng")
    exact = lat is not None
    if not exact and commune:
        lat, lng = commune.lat, commune.lng
    return {
        "check": check,
        "alike": look_alikes(case.facts, Listing.objects.exclude(pk=case.listing_id)),
        "was_removed": was_removed(case.facts),
        "proposed_too": proposed_too(case),
        "edit_name": Listing.snippet_viewset.get_url_name("edit"),
        "map": minimap(lat, lng, commune.pk, not exact) if commune else None,
        "can_publish": case.is_open and request.user.has_perms([ADD, PUBLISH]),
    }


def changes_context(request, case, check):
    """Before and after, side by side, each with its input."""
    check = check or ChangesForm(case=case)
    rows = list(changes.rows(case))
    for row in rows:
        row["input"] = check[row["field"]] if row["field"] in check.fields else None
    return {
        "check": check,
        "rows": rows,
        "can_apply": case.is_open and case.listing and request.user.has_perms([EDIT, PUBLISH]),
    }
