"""Local-production pages: an editor's words, and the rules by which things made here gather."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from directory.models import Category, Commune
from home import page_paths
from home.fields import BodyField
from home.models import Photo, Tag
from label.production_form import ProductionForm
from webmag.blocks import ARTICLE_BLOCKS, BLOCK_COUNTS, MOST_BLOCKS

# The address that label/production_urls.py answers to.
ADDRESS = "fait-ici"
# A film brings its own rules for what a page may load: those stand in articles only.
BLOCKS = [(name, block) for name, block in ARTICLE_BLOCKS if name != "embed"]


class ProductionQuerySet(PageQuerySet):
    """Words to ask for these pages with."""

    def public(self):
        """Published like all above it, and not behind a password."""
        return page_paths.visible(self)


ProductionManager = PageManager.from_queryset(ProductionQuerySet)


class LocalProductionIndex(Page):
    """All local-production pages, at /fait-ici/."""

    standfirst = models.CharField("chapeau", max_length=300, blank=True)

    objects = ProductionManager()

    content_panels = [*Page.content_panels, FieldPanel("standfirst")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["label.LocalProductionPage"]
    max_count = 1

    class Meta:
        verbose_name = "pages « fait ici »"

    def full_clean(self, *args, **kwargs):
        """Its address is the one that the contract names, whatever its title."""
        self.slug = ADDRESS
        super().full_clean(*args, **kwargs)


class LocalProductionTag(ItemBase):
    """A tag by which a page gathers."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="production_items")
    content_object = ParentalKey(
        "label.LocalProductionPage", on_delete=models.CASCADE, related_name="tag_items"
    )

    class Meta:
        verbose_name = "étiquette de la page"


class LocalProductionPage(Page):
    """« Poterie et céramique d’ici »: posts, articles and members that meet its rules.

    Rules of one kind are joined by « ou » (any of these tags), kinds by « et » (and in these
    communes, and in this period). What no rule speaks of is not asked.
    """

    standfirst = models.CharField("chapeau", max_length=300, blank=True)
    cover = models.ForeignKey(
        Photo,
        verbose_name="image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(
        BLOCKS,
        verbose_name="contenu",
        blank=True,
        block_counts=BLOCK_COUNTS,
        max_num=MOST_BLOCKS,
    )
    tags = ClusterTaggableManager(
        verbose_name="étiquettes",
        through=LocalProductionTag,
        blank=True,
        help_text="Sans étiquette : le mot-dièse du label.",
    )
    categories = ParentalManyToManyField(
        Category, verbose_name="métiers", blank=True, related_name="+"
    )
    communes = ParentalManyToManyField(
        Commune, verbose_name="communes", blank=True, related_name="+"
    )
    since = models.DateField("à partir du", null=True, blank=True)
    until = models.DateField("jusqu’au", null=True, blank=True, help_text="Ce jour compris.")

    objects = ProductionManager()
    base_form_class = ProductionForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("cover"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("tags"),
                FieldPanel("categories"),
                FieldPanel("communes"),
                FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
            ],
            heading="Ce qui s’y rassemble",
            help_text="Publications, articles et membres y viennent d’eux-mêmes. Dans une même "
            "ligne, l’un ou l’autre suffit ; d’une ligne à l’autre, il faut tout. La période "
            "vaut pour les publications et les articles.",
        ),
    ]
    parent_page_types = ["label.LocalProductionIndex"]
    subpage_types = []

    class Meta:
        verbose_name = "page « fait ici »"
        verbose_name_plural = "pages « fait ici »"

    def clean(self):
        """The end cannot come before the start."""
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "La fin vient avant le début."})
