"""What other sites show of ours within their pages: the wall and the map, narrowed as they like."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from directory.models import Commune, Listing
from directory.tree import category_tree
from home.models.tags import clean_tag
from home.templatetags.frame import site_settings
from label import gathering, page_rules, wall
from label.hashtags import one_form

WALL, MAP = "mur", "carte"
THEMES = [("auto", "Comme l’appareil du visiteur"), ("clair", "Clair"), ("sombre", "Sombre")]
USUAL_NUMBER, MOST = 6, 24
USUAL_HEIGHT, HEIGHTS = 600, (300, 1200)
USUAL_RADIUS, MOST_KM = 15, 100
# Around the addresses on the map, as a part of what they span: their signs have a size.
MARGIN = 0.08


class CategoryField(forms.CharField):
    """A trade or a family, by the end of its page's address."""

    def clean(self, value):
        """Raises `ValidationError` for one that does not exist."""
        slug = super().clean(value)
        if slug and slug not in category_tree().by_slug:
            raise ValidationError("Cette catégorie n’existe pas, ou plus.")
        return category_tree().by_slug.get(slug)


class CommuneField(forms.CharField):
    """A commune, by the end of its page's address or its INSEE code."""

    def clean(self, value):
        """Raises `ValidationError` for one that does not exist."""
        asked = super().clean(value)
        if not asked:
            return None
        found = Commune.objects.filter(pk=asked).first() or (
            Commune.objects.filter(slug=asked).first()
        )
        if not found:
            raise ValidationError("Cette commune n’existe pas.")
        return found


class HashtagField(forms.CharField):
    """One word, with its sign or without."""

    def clean(self, value):
        """Its one form; raises `ValidationError` for what is none."""
        text = super().clean(value)
        tag = one_form(clean_tag(text))
        if text and not tag:
            raise ValidationError("Un mot-dièse est un seul mot.")
        return tag


class EmbedForm(forms.Form):
    """What the address of an embedded wall or map says."""

    theme = forms.ChoiceField(label="Couleurs", choices=THEMES, required=False)
    etiquette = HashtagField(label="Seulement ce mot-dièse", max_length=60, required=False)
    categorie = CategoryField(label="Seulement ce métier", max_length=120, required=False)
    commune = CommuneField(label="Seulement cette commune", max_length=120, required=False)
    label = forms.ChoiceField(choices=[("", "non"), ("1", "oui")], required=False)
    nombre = forms.IntegerField(
        label="Combien de publications", min_value=1, max_value=MOST, required=False
    )
    rayon = forms.IntegerField(
        label="Autour de la commune (km)", min_value=1, max_value=MOST_KM, required=False
    )


PARAMETERS = frozenset(EmbedForm.base_fields)


@dataclass(frozen=True)
class Asked:
    """What is to be shown, and how."""

    theme: str = "auto"
    tag: str = ""
    category: object = None
    commune: object = None
    labelled: bool = False
    number: int = USUAL_NUMBER
    radius: int = USUAL_RADIUS

    @property
    def wall_rules(self):
        """The rules of the wall."""
        return wall.rules(
            self.tag,
            categories=page_rules.trades([self.category.pk]) if self.category else (),
            communes=(self.commune.pk,) if self.commune else (),
            labelled=self.labelled,
        )

    @property
    def listings(self):
        """The listings on the map, wherever they are."""
        found = Listing.objects.public().trading()
        if self.tag:
            found = found.tagged(self.tag)
        if self.category:
            rules = page_rules.Rules(categories=page_rules.trades([self.category.pk]))
            found = found.filter(pk__in=gathering.of_trades(rules).values("pk"))
        return found.filter(labelled=True) if self.labelled else found

    @property
    def box(self):
        """West, south, east, north of these listings, with room for signs; None without any."""
        points = ("public_lng", "public_lat")
        found = self.listings.aggregate(*map(Min, points), *map(Max, points))
        west, south = found["public_lng__min"], found["public_lat__min"]
        east, north = found["public_lng__max"], found["public_lat__max"]
        if west is None:
            return None
        wide, high = MARGIN * (east - west), MARGIN * (north - south)
        return (west - wide, south - high, east + wide, north + high)

    @property
    def parameters(self):
        """What an address says of it: only what is not usual."""
        pairs = [
            ("theme", self.theme if self.theme != "auto" else ""),
            ("etiquette", self.tag),
            ("categorie", self.category.slug if self.category else ""),
            ("commune", self.commune.slug if self.commune else ""),
            ("label", "1" if self.labelled else ""),
            ("nombre", self.number if self.number != USUAL_NUMBER else ""),
            ("rayon", self.radius if self.radius != USUAL_RADIUS and self.commune else ""),
        ]
        return {name: str(value) for name, value in pairs if value}


def asked(form):
    """What a valid form asks for."""
    said = form.cleaned_data
    return Asked(
        theme=said["theme"] or "auto",
        tag=said["etiquette"],
        category=said["categorie"],
        commune=said["commune"],
        labelled=said["label"] in ("1", True),
        number=said["nombre"] or USUAL_NUMBER,
        radius=said["rayon"] or USUAL_RADIUS,
    )


def address(what, question):
    """The address to show in a frame."""
    query = urlencode(question.parameters)
    return settings.SITE_URL + reverse(f"embed:{what}") + (f"?{query}" if query else "")


def title(what):
    """What a frame is called for those who do not see it."""
    name = site_settings().site_name
    return f"Les publications de {name}" if what == WALL else f"La carte de {name}"


def site_page(what):
    """Where the same is found on the site."""
    return settings.SITE_URL + reverse("wall:wall" if what == WALL else "directory:search")


def frame(what, question, height):
    """The frame as it is pasted."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy">'
        '<a href="{}">{}</a></iframe>',
        *(address(what, question), title(what), height, site_page(what), title(what)),
    )


def script(what, question, height):
    """The two lines of the other way."""
    told = {"fait-ici": what, "hauteur": str(height), **question.parameters}
    attributes = format_html_join("", ' data-{}="{}"', told.items())
    source = settings.SITE_URL + reverse("embed:script")
    return format_html(
        '<div{}><a href="{}">{}</a></div>\n<script src="{}" async></script>',
        *(attributes, site_page(what), title(what), source),
    )
