"""« Sources » and « Mots-dièse du moment » in the administration."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from directory.admin.keepers import KeptViewSet
from directory.admin.listings import WIDE_ONLY
from label.admin.columns import DayColumn
from label.collecting import adding
from label.models import Moment, Source


class SourceForm(WagtailAdminModelForm):
    """What a person types is an address; what is asked for it is found out here.

    That asks the network, hence while the form is checked, before any transaction.
    """

    asked, warning = None, ""
    # A word such as @zelie@un.serveur is one, too.
    address = forms.CharField(
        label="Adresse", max_length=Source._meta.get_field("address").max_length
    )

    def clean_address(self):
        """Look what to follow at a new address; a site that does not answer may do so later."""
        address = self.cleaned_data["address"]
        if self.instance.pk and address == self.initial.get("address"):
            return address
        try:
            self.asked, self.warning = adding.ask(address)
            adding.may_be_followed(self.asked)
        except adding.NotAdded as error:
            raise forms.ValidationError(str(error)) from error
        twin = Source.objects.filter(url=self.asked.url).exclude(pk=self.instance.pk).first()
        if twin:
            raise forms.ValidationError(f"Elle est déjà suivie : « {twin} ».")
        return self.asked.address

    def save(self, commit=True):
        """With what is asked; another address starts from nothing."""
        if self.asked:
            adding.point(self.instance, self.asked)
        return super().save(commit)


class SaysWarning:
    """After saving: why nothing came of a new address yet."""

    def form_valid(self, form):
        """Tell it, beside the usual word of success."""
        response = super().form_valid(form)
        if form.warning:
            text = f"Pour l’instant : {form.warning} Nous réessaierons."
            messages.warning(self.request, text)
        return response


class SourceCreateView(SaysWarning, CreateView):
    """« Suivre une source »."""

    def save_instance(self):
        """With who added it."""
        self.form.instance.created_by = self.request.user
        return super().save_instance()


class SourceEditView(SaysWarning, EditView):
    """One source."""


class SourceIndexView(IndexView):
    """The list, with the way to its health."""

    add_item_label = "Suivre une source"

    @property
    def header_buttons(self):
        """« Suivre une source », « Santé »."""
        url = reverse("label_admin:sources_health")
        return [*super().header_buttons, HeaderButton("Santé", url=url, icon_name="warning")]


class SourceViewSet(KeptViewSet):
    """« Sources »."""

    model = Source
    icon = "link"
    menu_label = "Sources"
    menu_name = "sources"
    base_url_path = "label/sources"
    index_view_class = SourceIndexView
    add_view_class = SourceCreateView
    edit_view_class = SourceEditView
    copy_view_enabled = False
    list_filter = ["state", "kind", "consent"]
    search_fields = ["title", "address"]
    search_backend_name = None
    ordering = ["title", "pk"]
    list_per_page = 50
    list_display = [
        "__str__",
        StatusTagColumn(
            "state",
            label="État",
            accessor="get_state_display",
            primary=lambda one: one.state == Source.State.ACTIVE,
            sort_key="state",
        ),
        Column("get_consent_display", label="Accord", classname=WIDE_ONLY),
        DateColumn("succeeded_at", label="A répondu", sort_key="succeeded_at", classname=WIDE_ONLY),
        Column("brought", label="A apporté", sort_key="brought", classname=WIDE_ONLY),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel(
                "address",
                help_text="Un flux, une page qui en annonce un, un mot-dièse sur un serveur "
                "Mastodon, un profil (aussi @nom@serveur). Nous cherchons nous-mêmes ce qu’il faut "
                "interroger.",
            ),
            FieldPanel("title", help_text="Vide, le nom que la source se donne."),
            FieldRowPanel([FieldPanel("listing"), FieldPanel("membership")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("consent"), FieldPanel("consent_on")]),
                    FieldPanel(
                        "consent_note",
                        help_text="« Au marché de Houdan », « par mail » : pour l’équipe.",
                    ),
                    FieldPanel("trusted"),
                ],
                heading="Accord de la personne",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("everything"),
                    FieldRowPanel(
                        [
                            FieldPanel("interval", heading="Relire toutes les … minutes"),
                            FieldPanel("state"),
                        ]
                    ),
                ],
                heading="Ce que nous prenons, et quand",
            ),
        ],
        base_form_class=SourceForm,
    )

    def get_queryset(self, request):
        """Not the shelf for links handed in by hand: nothing is asked there."""
        return Source.objects.exclude(kind=Source.Kind.LINKS)


class MomentViewSet(KeptViewSet):
    """« Mots-dièse du moment »."""

    model = Moment
    icon = "tag"
    menu_label = "Mots-dièse du moment"
    menu_name = "moments"
    base_url_path = "label/moments"
    copy_view_enabled = False
    ordering = ["tag"]
    list_display = [
        "__str__",
        DayColumn("since", label="À partir du", sort_key="since"),
        DayColumn("until", label="Jusqu’au", sort_key="until"),
    ]
    panels = [
        FieldPanel("tag"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
    ]
