"""Magazines, their sections and their issues."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from home.models import Photo
from webmag.querysets import IssueManager, MagazineManager

SIMPLE_TEXT = ["bold", "italic", "link", "ol", "ul"]
# The address that webmag/urls.py answers to, and what it has below it beside magazines.
ADDRESS = "magazines"
TAKEN_ADDRESSES = frozenset(["auteur", "commune", "etiquette"])


class MagazineIndex(Page):
    """/magazines/: all magazines of the site."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["webmag.Magazine"]

    class Meta:
        verbose_name = "page des magazines"

    def full_clean(self, *args, **kwargs):
        """Its address is the one that the contract names, whatever its title."""
        self.slug = ADDRESS
        super().full_clean(*args, **kwargs)


class Magazine(Page):
    """A publication with a name, a colour and a team of its own.

    What the team may do hangs on two groups, a collection of photos and a workflow, which
    webmag/team/rights.py makes with the magazine and keeps in step.
    """

    class Colour(models.TextChoices):
        FOREST = "foret", "Vert forêt"
        WHEAT = "ble", "Ocre des blés"
        STONE = "meuliere", "Rose meulière"
        BRICK = "brique", "Rouge brique"
        SKY = "ciel", "Bleu d’orage"
        INK = "encre", "Encre"

    line = models.CharField("en une phrase", max_length=160, blank=True)
    colour = models.CharField("couleur", max_length=10, choices=Colour, default=Colour.FOREST)
    cover = models.ForeignKey(
        Photo,
        verbose_name="couverture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    about = RichTextField("présentation", blank=True, features=SIMPLE_TEXT)
    wants_contributors = models.BooleanField(
        "cherche des plumes",
        default=True,
        help_text="Montre « Devenir contributeur » sur la page du magazine.",
    )
    editors = models.OneToOneField(
        Group, null=True, editable=False, on_delete=models.SET_NULL, related_name="editor_of"
    )
    contributors = models.OneToOneField(
        Group, null=True, editable=False, on_delete=models.SET_NULL, related_name="contributor_of"
    )
    photos = models.OneToOneField(
        "wagtailcore.Collection",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    snapshot = models.JSONField(default=dict, editable=False)

    objects = MagazineManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("line"),
        FieldRowPanel([FieldPanel("colour"), FieldPanel("wants_contributors")]),
        FieldPanel("cover"),
        FieldPanel("about"),
        InlinePanel("sections", label="rubrique", heading="Rubriques"),
    ]
    parent_page_types = ["webmag.MagazineIndex"]
    subpage_types = ["webmag.Article", "webmag.Issue"]

    class Meta:
        verbose_name = "magazine"

    def clean(self):
        """Its address must not hide another page."""
        super().clean()
        if self.slug in TAKEN_ADDRESSES:
            raise ValidationError({"slug": "Cette adresse est prise : choisissez-en une autre."})


class Section(Orderable):
    """A heading under which a magazine puts articles: « À table », « Portraits »."""

    magazine = ParentalKey(Magazine, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField("nom", max_length=60)
    slug = models.SlugField(
        "adresse", max_length=60, help_text="En minuscules, sans accent : « a-table »."
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("slug")])]

    class Meta(Orderable.Meta):
        verbose_name = "rubrique"
        constraints = [
            models.UniqueConstraint(
                fields=["magazine", "slug"],
                name="section_slug_once_in_a_magazine",
                violation_error_message="Ce magazine a déjà une rubrique à cette adresse.",
            )
        ]

    def __str__(self):
        return self.name


class Issue(Page):
    """A numbered issue: a cover, an editorial and articles in an order."""

    number = models.PositiveIntegerField("numéro", null=True, blank=True)
    date = models.DateField("date", null=True, blank=True)
    cover = models.ForeignKey(
        Photo,
        verbose_name="couverture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    editorial = RichTextField("éditorial", blank=True, features=SIMPLE_TEXT)
    signed_by = models.CharField("signé", max_length=80, blank=True)
    snapshot = models.JSONField(default=dict, editable=False)

    objects = IssueManager()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("date")]),
        FieldPanel("cover"),
        MultiFieldPanel([FieldPanel("editorial"), FieldPanel("signed_by")], heading="Éditorial"),
        InlinePanel("entries", label="article", heading="Sommaire"),
    ]
    parent_page_types = ["webmag.Magazine"]
    subpage_types = []

    class Meta:
        verbose_name = "numéro"


class IssueEntry(Orderable):
    """An article's place in an issue."""

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="entries")
    article = models.ForeignKey(
        "webmag.Article", on_delete=models.CASCADE, related_name="issue_entries"
    )

    panels = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = "article du sommaire"
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "article"],
                name="article_once_in_an_issue",
                violation_error_message="Cet article est déjà au sommaire.",
            )
        ]
