"""« Membres »: the list, and the forms to sign with somebody and to put their page right."""

from django import forms
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, IndexView

from directory.admin.communes import CommuneField
from directory.admin.keepers import KeptViewSet
from label import memberships
from label.models import Charter, Membership

State = Membership.State
OWN = ("trade", "commune", "story", "photo", "phone", "email", "website")


class MemberForm(WagtailAdminModelForm):
    """Somebody signs with a volunteer's help, or their page is put right."""

    commune = CommuneField(label="Commune", required=False, help_text="De qui n’a pas de fiche.")

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


class KeptPolicy(ModelPermissionPolicy):
    """Members leave or lose the label; their badge must still tell so."""

    def user_has_permission(self, user, action):
        """All but deleting."""
        return action != "delete" and super().user_has_permission(user, action)


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
