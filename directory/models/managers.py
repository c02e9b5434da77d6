"""Who looks after a listing; that says nothing of the label (architecture.md, 6)."""

from django.conf import settings
from django.db import models


class ListingManagerQuerySet(models.QuerySet):
    """Words to ask for managers with."""

    def of(self, user):
        """What somebody looks after, by the listing's name."""
        return self.filter(user=user).order_by("listing__name", "pk")


class ListingManager(models.Model):
    """Somebody who looks after a listing: changes it, posts for it, invites others."""

    class Role(models.TextChoices):
        OWNER = "responsable", "Responsable"
        HELPER = "aide", "Aide"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="managed",
    )
    listing = models.ForeignKey(
        "directory.Listing",
        verbose_name="fiche",
        on_delete=models.CASCADE,
        related_name="managers",
    )
    role = models.CharField("rôle", max_length=12, choices=Role, default=Role.OWNER)
    since = models.DateTimeField("depuis", auto_now_add=True)

    objects = ListingManagerQuerySet.as_manager()

    class Meta:
        verbose_name = "personne qui gère une fiche"
        verbose_name_plural = "personnes qui gèrent une fiche"
        constraints = [
            models.UniqueConstraint(fields=["user", "listing"], name="listing_manager_once")
        ]

    def __str__(self):
        return f"{self.user} · {self.listing}"
