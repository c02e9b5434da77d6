"""The tabs of a listing's form, in the order of the paper that a volunteer brings back."""

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from directory.admin.choosers import market_chooser
from directory.listing_form import ListingForm


class SourcesPanel(Panel):
    """Where the facts come from; read only."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one listing."""

        template_name = "directory/admin/_sources.html"

        def is_shown(self):
            """A listing that is being added has no sources yet."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            """Add the sources, the newest first."""
            context = super().get_context_data(parent_context)
            return context | {"sources": self.instance.sources.order_by("-retrieved_at")}


ESSENTIAL = [
    FieldPanel("name"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("category")]),
    FieldPanel("summary"),
    FieldPanel("products"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            FieldPanel("website"),
        ],
        heading="Contact",
    ),
    FieldPanel("description"),
    FieldPanel("payment"),
    FieldPanel("tags"),
    MultiFieldPanel(
        [FieldPanel("more_categories")], heading="Autres métiers", classname="collapsed"
    ),
]

WHERE = [
    MultiFieldPanel(
        [
            FieldPanel("street"),
            FieldRowPanel([FieldPanel("commune"), FieldPanel("postal_code")]),
            FieldPanel("location"),
        ],
        heading="Adresse",
    ),
    MultiFieldPanel(
        [FieldPanel("visits"), FieldPanel("hide_address")],
        heading="Ce que voient les visiteurs",
    ),
    MultiFieldPanel([FieldPanel("itinerant"), FieldPanel("serves")], heading="Tournées"),
    InlinePanel(
        "stands",
        heading="Où me trouver",
        label="Marché ou autre lieu",
        panels=[
            FieldPanel("market", widget=market_chooser.widget_class),
            FieldPanel("place"),
            FieldRowPanel([FieldPanel("hours"), FieldPanel("note")]),
        ],
    ),
    FieldPanel("parent"),
]

WHEN = [
    FieldPanel("hours"),
    FieldRowPanel([FieldPanel("hours_note"), FieldPanel("season_note")]),
    InlinePanel(
        "exceptions",
        heading="Jours exceptionnels",
        label="Exception",
        help_text="Congés, jours fériés, ouvertures en plus : passent avant les horaires.",
        panels=[
            FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
            FieldRowPanel([FieldPanel("hours"), FieldPanel("note")]),
        ],
    ),
]

PICTURES = [
    InlinePanel(
        "photos",
        heading="Photos",
        label="Photo",
        help_text="La première est montrée dans les listes.",
    ),
    InlinePanel(
        "links",
        heading="Liens",
        label="Lien",
        help_text="Réseaux sociaux, boutique en ligne.",
        panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("url")])],
    ),
]

FOLLOW_UP = [
    MultiFieldPanel([FieldPanel("trading_state"), FieldPanel("trading_note")], heading="Activité"),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("verified_on"), FieldPanel("verified_by")])],
        heading="Vérification",
    ),
    SourcesPanel(heading="Sources"),
]

listing_edit_handler = TabbedInterface(
    [
        ObjectList(ESSENTIAL, heading="L’essentiel"),
        ObjectList(WHERE, heading="Où"),
        ObjectList(WHEN, heading="Quand"),
        ObjectList(PICTURES, heading="Photos et liens"),
        ObjectList(FOLLOW_UP, heading="Suivi"),
    ],
    base_form_class=ListingForm,
)
