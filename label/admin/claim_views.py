"""One claim to decide on: who, what, what speaks for it, what would change."""

from django import forms
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.admin.auth import permission_required

from directory.admin.deciding import frame
from directory.models import ContactChange, ListingManager
from directory.moderation import queue
from label.claiming import contacts
from label.claiming.deciding import SEEN_BY_A_PERSON, may_do_without, whose
from label.models import Claim

State = Claim.State
SHOWN_CHANGES = 5
SEEN = [(one.value, one.label) for one in SEEN_BY_A_PERSON]


class EvidenceForm(forms.Form):
    """What a volunteer did oneself, and what of it may be shown."""

    evidence = forms.ChoiceField(
        label="Comment vous l’avez reconnue",
        required=False,
        choices=[
            ("", "Par le code ci-dessus"),
            *((one.value, one.label) for one in SEEN_BY_A_PERSON),
        ],
    )
    detail = forms.CharField(
        label="Précision",
        max_length=120,
        required=False,
        help_text="Montrée aux visiteurs : « marché de Dourdan ».",
    )
    replace = forms.BooleanField(
        label="À la place de qui la gère aujourd’hui (sinon : ensemble)", required=False
    )
    with_label = forms.BooleanField(label="Accepter aussi dans le label", required=False)


def case_for(pk):
    """The claim, for volunteers; raises `Http404`."""
    rows = Claim.objects.for_moderators().select_related(
        "user", "decided_by", "charter", "listing__commune", "listing__category"
    )
    return get_object_or_404(rows, pk=pk)


@permission_required(queue.RIGHT)
def one_claim(request, pk):
    """One case."""
    return show(request, case_for(pk))


def show(request, claim, form=None, status=200):
    """Its page; `form` came back with something to put right."""
    listing = claim.listing
    others = []
    if listing:
        managers = ListingManager.objects.filter(listing=listing).select_related("user")
        others = [one for one in managers if one.user_id != claim.user_id]
    form = form or EvidenceForm(initial={"with_label": claim.wants_label})
    proofs = [(row, contacts.still_counts(row, listing)) for row in claim.proofs]
    if not any(counts for _, counts in proofs):
        form.fields["evidence"].choices = [("", "Choisir…"), *SEEN]
    if not others:
        del form.fields["replace"]
    if not claim.wants_label:
        del form.fields["with_label"]
    to_decide = claim.state in Claim.TO_DECIDE
    title = f"Gestion : {claim.listing_name}"
    context = frame(request, title, claim.submitted_at, **whose(claim)) | {
        "claim": claim,
        "url": reverse("label_admin:decide_claim", args=[claim.pk]),
        "form": form,
        "others": others,
        "must_wait": bool(others) and not may_do_without(claim, others),
        "proofs": proofs,
        "changes": changes_of(listing),
        "events": claim.events.select_related("by"),
        "earlier": earlier(claim),
        "open": to_decide,
        "can_decide": to_decide and not claim.granted_at,
        "can_keep": claim.state == State.CONTESTED and claim.granted_at,
        "can_undo": claim.granted_at and claim.state in (State.ACCEPTED, State.CONTESTED),
        "can_reopen": claim.state in (State.REFUSED, State.UNDONE, State.ASKED),
        "listing_edit_url": listing
        and reverse(listing.snippet_viewset.get_url_name("edit"), args=[listing.pk]),
    }
    return render(request, "label/admin/claim.html", context, status=status)


def changes_of(listing):
    """The last changes of the listing's contact: whoever would take it over begins there."""
    if not listing:
        return []
    return ContactChange.objects.of(listing).order_by("-at", "-pk")[:SHOWN_CHANGES]


def earlier(claim):
    """Other claims on the same listing, or by the same person, the newest first."""
    others = Claim.objects.for_moderators().exclude(pk=claim.pk)
    same = others.filter(listing=claim.listing_id) if claim.listing_id else others.none()
    by_them = others.filter(user=claim.user_id) if claim.user_id else others.none()
    return (same | by_them).order_by("-submitted_at")[:SHOWN_CHANGES]
