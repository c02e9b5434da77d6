"""Those who write: a name that stays with the articles, whatever becomes of the account."""

from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel

from directory.models import Commune
from home.free_slugs import save_under_a_free_slug
from home.models import ContentVersion, Photo
from webmag.querysets import AuthorQuerySet


class Author(models.Model):
    """A name under articles, with or without an account.

    When somebody's account is deleted the author stays: what was published keeps its name.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
    )
    name = models.CharField("nom affiché", max_length=80)
    slug = models.SlugField("adresse de la page", max_length=90, unique=True, blank=True)
    about = models.TextField(
        "en quelques mots",
        max_length=1000,
        blank=True,
        help_text="Qui vous êtes, ce que vous aimez raconter.",
    )
    photo = models.ForeignKey(
        Photo, verbose_name="photo", null=True, blank=True, on_delete=models.SET_NULL
    )
    covers = models.ManyToManyField(
        Commune,
        verbose_name="communes suivies",
        blank=True,
        related_name="correspondents",
        help_text="Celles dont cette personne est correspondante.",
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = "auteur"
        ordering = ["name", "pk"]

    panels = [
        FieldPanel("name"),
        FieldPanel("about"),
        FieldPanel("photo"),
        FieldPanel("covers"),
    ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Give the author an address of their own, and renew the pages that name them."""
        if self.slug:
            super().save(*args, **kwargs)
        else:
            save_under_a_free_slug(self, partial(super().save, **kwargs))
        ContentVersion.bump()

    def get_absolute_url(self):
        """The author's page."""
        return reverse("webmag:author", args=[self.slug])

    def free_slug(self):
        """Return a slug that no author has: the name, or the name with a number."""
        base = slugify(self.name)[:80] or "auteur"
        taken = set(Author.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
        return next(slug for slug in candidates if slug not in taken)
