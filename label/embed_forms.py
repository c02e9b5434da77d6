"""The form of /integrer/: what to show, how, how high."""

from django import forms

from directory.models import Commune, Listing
from directory.tree import category_tree
from label import wall
from label.embedding import HEIGHTS, MAP, USUAL_HEIGHT, USUAL_NUMBER, USUAL_RADIUS, WALL, EmbedForm

KINDS = [(WALL, "Le mur : les dernières publications"), (MAP, "La carte des adresses")]


class ConfigureForm(EmbedForm):
    """The same as an embedded page's address, with lists to choose from."""

    quoi = forms.ChoiceField(label="Que voulez-vous montrer ?", choices=KINDS, required=False)
    hauteur = forms.IntegerField(
        label="Hauteur (en pixels)",
        min_value=HEIGHTS[0],
        max_value=HEIGHTS[1],
        required=False,
        help_text=f"De {HEIGHTS[0]} à {HEIGHTS[1]}. La largeur est celle de votre page.",
    )
    label = forms.BooleanField(label="Seulement les membres du label", required=False)
    field_order = [
        *("quoi", "theme", "hauteur", "etiquette", "categorie", "commune", "rayon", "nombre"),
        "label",
    ]

    def __init__(self, data, **kwargs):
        usual = {
            "quoi": WALL,
            "theme": "auto",
            "hauteur": USUAL_HEIGHT,
            "nombre": USUAL_NUMBER,
            "rayon": USUAL_RADIUS,
        }
        super().__init__(usual | data.dict(), **kwargs)
        self.fields["categorie"].widget = forms.Select(choices=categories())
        self.fields["commune"].widget = forms.Select(choices=communes())
        self.fields["rayon"].help_text = "Pour la carte."
        self.fields["nombre"].help_text = "Pour le mur."
        tags = wall.hashtags()
        if tags:
            self.fields["etiquette"].help_text = f"Par exemple {tags[0]}."

    @property
    def what(self):
        """The wall or the map."""
        return self.cleaned_data.get("quoi") or WALL

    @property
    def height(self):
        """In pixels."""
        return self.cleaned_data.get("hauteur") or USUAL_HEIGHT


def categories():
    """Families, each with its trades."""
    tree = category_tree()
    groups = [
        (
            family.name,
            [(family.slug, f"{family.name} : tout"), *((t.slug, t.name) for t in trades)],
        )
        for family in tree.families
        for trades in [tree.trades_of(family)]
    ]
    return [("", "Tous"), *groups]


def communes():
    """Those where there is somebody, by name."""
    here = Listing.objects.public().trading().exclude(commune=None).order_by()
    found = Commune.objects.filter(pk__in=here.values("commune")).order_by("folded")
    return [("", "Toutes"), *((commune.slug, commune.label) for commune in found)]
