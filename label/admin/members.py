"""« Membres »: the list, one member with their history, and the buttons of each act."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import CreateView, IndexView

from directory.admin.keepers import KeptViewSet
from directory.admin.request_views import crumbs
from label import memberships
from label.admin.policies import KeptPolicy
from label.models import Charter, Fact, Membership

CHANGE = "label.change_membership"
State = Membership.State
OWN = ("trade", "commune", "story", "photo", "phone", "email", "website")


class MemberForm(WagtailAdminModelForm):
    """Somebody signs with a volunteer's help, or their page is put right."""

    def clean(self):
        """One open membership for a listing; somebody without one says who they are."""
        cleaned = super().clean()
        listing = cleaned.get("listing")
        if self.instance.pk is None:
            if not Charter.objects.current():
                raise forms.ValidationError("Publiez d’abord la charte : rien n’est à signer.")
            if listing and Membership.objects.open().filter(listing=listing).exists():
                self.add_error("listing", "La charte est déjà signée pour cette fiche.")
        return cleaned


class MemberCreateView(CreateView):
    """« Signer avec quelqu’un »: the volunteer types, the person reads and agrees."""

    def save_instance(self):
        """Sign through the same door as everybody."""
        said = self.form.cleaned_data
        return memberships.sign(
            None,
            listing=said["listing"],
            by=self.request.user,
            holder=said["holder"],
            **{name: said[name] for name in OWN},
        )

    def get_success_url(self):
        """On to the decision."""
        return reverse("label_admin:member", args=[self.object.pk])


class MemberIndexView(IndexView):
    """A list whose rows open by their name."""

    add_item_label = "Signer avec quelqu’un"

    def get_edit_url(self, instance):
        """The page with history and buttons comes first."""
        return reverse("label_admin:member", args=[instance.pk])

    def get_list_buttons(self, instance):
        """None: the name opens all there is."""
        return []


class MemberViewSet(KeptViewSet):
    """Members and those who would like to be."""

    model = Membership
    icon = "group"
    menu_label = "Membres"
    menu_name = "membres"
    base_url_path = "label/membres"
    index_view_class = MemberIndexView
    add_view_class = MemberCreateView
    list_filter = ["state", "charter"]
    search_fields = ["holder", "listing__name", "code"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["holder", "pk"]
    copy_view_enabled = False
    list_display = [
        "holder",
        StatusTagColumn(
            "state",
            label="État",
            accessor="get_state_display",
            primary=lambda one: one.state == State.ACTIVE,
            sort_key="state",
        ),
        DateColumn("since", label="Depuis", sort_key="since"),
        DateColumn("until", label="Jusqu’au", sort_key="until"),
        Column("place", label="Commune"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("listing"),
            FieldPanel("holder"),
            FieldRowPanel([FieldPanel("trade"), FieldPanel("commune")]),
            FieldPanel("story"),
            FieldPanel("photo"),
            MultiFieldPanel(
                [FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")],
                heading="De qui n’a pas de fiche",
            ),
        ],
        base_form_class=MemberForm,
    )

    @property
    def permission_policy(self):
        """Never delete."""
        return KeptPolicy(self.model)

    def get_queryset(self, request):
        """The rows with what the columns show, in one query."""
        return Membership.objects.with_faces()


class ActForm(forms.Form):
    """What goes with a decision: for the team, and for the person."""

    reason = forms.CharField(
        label="Motif, pour l’équipe",
        max_length=2000,
        required=False,
        help_text="Jamais montré, jamais envoyé. Il le faut pour refuser et pour retirer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reply = forms.CharField(
        label="Ce que la personne lira dans son mail",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


ACTS = {
    "accepter": lambda one, by, said: memberships.accept(one, by, said["reason"]),
    "refuser": lambda one, by, said: memberships.refuse(one, by, said["reason"], said["reply"]),
    "retirer": lambda one, by, said: memberships.revoke(one, by, said["reason"], said["reply"]),
    "quitter": lambda one, by, said: memberships.leave(one, by, said["reason"]),
    "renouveler": lambda one, by, said: memberships.renew(one, by),
    "retablir": lambda one, by, said: memberships.restore(one, by, said["reason"]),
    "annuler": lambda one, by, said: memberships.reopen(one, by, said["reason"]),
}
NEEDS_A_REASON = ("refuser", "retirer")


@permission_required(CHANGE)
def member(request, pk):
    """Who, since when, what was checked, what happened, and the buttons."""
    return show(request, get_object_or_404(Membership.objects.with_faces(), pk=pk))


def show(request, one, form=None, status=200):
    """The page of a membership; `form` came back with errors."""
    context = {
        "member": one,
        "form": form or ActForm(),
        "events": one.events.select_related("by").order_by("-at", "-pk"),
        "facts": Fact.objects.filter(listing=one.listing) if one.listing_id else [],
        "others": Membership.objects.filter(listing=one.listing).exclude(pk=one.pk)
        if one.listing_id
        else [],
        "can_renew": memberships.may_renew(one),
        "edit_url": reverse(Membership.snippet_viewset.get_url_name("edit"), args=[one.pk]),
        "fact_url": reverse(Fact.snippet_viewset.get_url_name("add")),
        "breadcrumbs_items": crumbs(
            (reverse(Membership.snippet_viewset.get_url_name("list")), "Membres"),
            ("", one.holder),
        ),
        "header_title": one.holder,
        "header_icon": "group",
    }
    return render(request, "label/admin/member.html", context, status=status)


@permission_required(CHANGE)
@require_POST
def act(request, pk):
    """One of the buttons: `ACTS` says what each does."""
    one = get_object_or_404(Membership.objects.with_faces(), pk=pk)
    form, name = ActForm(request.POST), request.POST.get("act", "")
    if name in NEEDS_A_REASON and not request.POST.get("reason", "").strip():
        form.add_error("reason", "Notez le motif : quelqu’un devra peut-être relire la décision.")
    if name not in ACTS or not form.is_valid():
        return show(request, one, form, status=422)
    if ACTS[name](one, request.user, form.cleaned_data):
        messages.success(request, f"{one.holder} : {one.get_state_display().lower()}.")
    else:
        messages.warning(request, f"{last_hand(one)} vient de s’en occuper.")
    return redirect("label_admin:member", pk=pk)


def last_hand(one):
    """Who did something with it last."""
    last = one.events.select_related("by").last()
    return last.by if last and last.by else "Quelqu’un"
