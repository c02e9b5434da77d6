"""« Membres »: the list, and the forms to sign with somebody and to put their page right."""

from django import forms
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import CreateView, IndexView

from directory.admin.communes import CommuneField
from directory.admin.keepers import KeptViewSet
from home.models import User
from label import memberships
from label.admin.columns import DayColumn
from label.admin.policies import KeptPolicy
from label.models import Charter, Membership

State = Membership.State
OWN = ("trade", "commune", "story", "photo", "phone", "email", "website")


class MemberForm(WagtailAdminModelForm):
    """Somebody signs with a volunteer's help, or their page is put right."""

    commune = CommuneField(label="Commune", required=False, help_text="De qui n’a pas de fiche.")
    account = forms.EmailField(
        label="Son compte",
        required=False,
        help_text="L’adresse avec laquelle la personne se connecte : elle tient alors sa page "
        "elle-même, dans « Mon espace ». Elle crée d’abord son compte. Jamais montrée.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["account"] = self.instance.user.email if self.instance.user else ""

    def clean_account(self):
        """The person; raises `ValidationError` for an address without account."""
        address = self.cleaned_data["account"]
        if address and address == self.initial["account"]:
            return self.instance.user
        person = User.objects.filter(email__iexact=address, is_active=True).first()
        if address and not person:
            raise forms.ValidationError("Aucun compte à cette adresse : vérifiez-la.")
        return person

    def clean(self):
        """One open membership for a listing; somebody without one says who they are."""
        cleaned = super().clean()
        person = cleaned.get("account")
        if "account" in cleaned and not cleaned.get("listing"):
            open_ones = Membership.objects.open().filter(user=person, listing=None)
            if person and open_ones.exclude(pk=self.instance.pk).exists():
                self.add_error("account", "Cette personne est déjà membre, sans fiche.")
            else:
                self.instance.user = person
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
            self.form.instance.user,
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
        DayColumn("since", label="Depuis", sort_key="since"),
        DayColumn("until", label="Jusqu’au", sort_key="until"),
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
                [
                    FieldPanel("phone"),
                    FieldPanel("email"),
                    FieldPanel("website"),
                    FieldPanel("account"),
                ],
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
