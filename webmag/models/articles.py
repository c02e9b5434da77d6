"""An article: who wrote it, what it tells, what and where it is about."""

from django.conf import settings
from django.db import models, transaction
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.models import Orderable, Page

from directory.models import Commune, Listing
from home.fields import BodyField
from home.middleware import POLICY, as_text
from home.models import Photo, Tag
from webmag import players, reading_time
from webmag.article_form import ArticleForm, BylinesPanel
from webmag.blocks import ARTICLE_BLOCKS, BLOCK_COUNTS, MOST_BLOCKS
from webmag.body import kinds_in
from webmag.models.authors import Author
from webmag.models.magazines import Section
from webmag.permissions import ArticlePermissionTester
from webmag.querysets import ArticleManager


class Article(Page):
    """What somebody tells, in a magazine.

    `snapshot` holds what lists and feeds show of it, put together when it is published.
    `writers` are the accounts behind the bylines of the newest draft: they write it together.
    """

    standfirst = models.CharField(
        "chapeau", max_length=400, blank=True, help_text="Deux phrases qui donnent envie de lire."
    )
    main_image = models.ForeignKey(
        Photo,
        verbose_name="image principale",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    main_caption = models.CharField("légende de l’image", max_length=250, blank=True)
    body = BodyField(
        ARTICLE_BLOCKS,
        verbose_name="texte",
        blank=True,
        block_counts=BLOCK_COUNTS,
        max_num=MOST_BLOCKS,
    )
    section = models.ForeignKey(
        Section,
        verbose_name="rubrique",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
    )
    tags = ClusterTaggableManager(
        verbose_name="étiquettes",
        through="webmag.ArticleTag",
        blank=True,
        related_name="tagged_articles",
    )
    communes = ParentalManyToManyField(
        Commune, verbose_name="communes", blank=True, related_name="articles"
    )
    # As published; a draft's are in `about`.
    listings = models.ManyToManyField(
        Listing, through="webmag.ArticleListing", related_name="articles", editable=False
    )
    updated_on = models.DateField(
        "mis à jour le",
        null=True,
        blank=True,
        help_text="À remplir quand le fond change après la publication.",
    )
    canonical_url = models.URLField(
        "paru d’abord à cette adresse",
        max_length=500,
        blank=True,
        help_text="Si l’article se lit déjà ailleurs et doit y rester la référence des moteurs "
        "de recherche ; vide, c’est ici.",
    )
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    snapshot = models.JSONField(default=dict, editable=False)
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, editable=False, related_name="writes"
    )

    objects = ArticleManager()
    base_form_class = ArticleForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        BylinesPanel("bylines", label="signature", heading="Signé par", min_num=0),
        MultiFieldPanel(
            [FieldPanel("main_image"), FieldPanel("main_caption")], heading="Image principale"
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("section"),
                FieldPanel("tags"),
                FieldPanel("communes"),
                FieldRowPanel([FieldPanel("updated_on")]),
            ],
            heading="De quoi il parle",
        ),
        MultipleChooserPanel(
            "about",
            chooser_field_name="listing",
            label="fiche",
            heading="Fiches dont il parle",
            help_text="L’article sera signalé sur leur page.",
        ),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("canonical_url")]
    parent_page_types = ["webmag.Magazine"]
    subpage_types = []

    class Meta:
        verbose_name = "article"

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Count how long it takes to read; who begins it signs it, unless it says otherwise."""
        if self._state.adding and self.owner_id and not self.bylines.all():
            self.bylines = [Byline(author=author) for author in Author.objects.of(self.owner)]
        if not kwargs.get("update_fields"):
            self.reading_minutes = reading_time.minutes(self.body)
        return super().save(*args, **kwargs)

    @transaction.atomic
    def save_revision(self, *args, **kwargs):
        """Whoever signs the newest draft may write in it."""
        revision = super().save_revision(*args, **kwargs)
        authors = [byline.author_id for byline in self.bylines.all()]
        people = Author.objects.filter(pk__in=authors).exclude(user=None)
        self.writers.set(people.values_list("user", flat=True))
        return revision

    def serve(self, request, *args, **kwargs):
        """Its page; with a video in it, one that may hold the frames of the players we know."""
        response = super().serve(request, *args, **kwargs)
        if "embed" in kinds_in(self.body):
            response.headers[POLICY] = as_text(players.frame_policy())
        return response

    def permissions_for_user(self, user):
        """What somebody may do with it: co-authors write too."""
        return ArticlePermissionTester(user, self)


class Byline(Orderable):
    """One of the names an article is signed with."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, verbose_name="auteur", on_delete=models.PROTECT, related_name="bylines"
    )
    part = models.CharField(
        "pour", max_length=60, blank=True, help_text="« photos », « dessins » ; vide : le texte."
    )

    panels = [FieldRowPanel([FieldPanel("author"), FieldPanel("part")])]

    class Meta(Orderable.Meta):
        verbose_name = "signature"

    def __str__(self):
        return f"{self.author} ({self.part})" if self.part else str(self.author)


class ArticleListing(Orderable):
    """A listing that an article is about."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="about")
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="told_in")

    panels = [FieldPanel("listing")]

    class Meta(Orderable.Meta):
        verbose_name = "fiche de l’article"


class ArticleTag(ItemBase):
    """A tag on an article."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="article_items")
    content_object = ParentalKey(Article, on_delete=models.CASCADE, related_name="tag_items")

    class Meta:
        verbose_name = "étiquette d’article"
