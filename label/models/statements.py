"""What the label signed: the keys that did, and each member's statements."""

from django.db import models
from django.utils import timezone

from label.models.memberships import Membership


class SigningKey(models.Model):
    """A public key of the label; the private one of today is a file in SITE_DATA.

    Never deleted: what an older key signed is still checked with it.
    """

    kid = models.CharField("nom", max_length=43, unique=True)
    x = models.CharField("clé publique", max_length=43)
    since = models.DateTimeField("depuis", default=timezone.now)
    until = models.DateTimeField("jusqu’au", null=True, blank=True)
    # Somebody else has the private key: nothing that it signed counts.
    leaked = models.DateTimeField("compromise le", null=True, blank=True)

    class Meta:
        verbose_name = "clé de signature"
        ordering = ["since", "pk"]

    def __str__(self):
        return self.kid


class StatementQuerySet(models.QuerySet):
    """Words to ask for statements with."""

    def standing(self, now=None):
        """What whoever checks today is told to be genuine, the newest last."""
        now = now or timezone.now()
        trusted = self.filter(revoked_at=None, expires_at__gt=now, key__leaked=None)
        return trusted.order_by("issued_at", "pk")

    def taken_back(self, now=None):
        """What the revocation list names: expired ones need no mention."""
        now = now or timezone.now()
        return self.filter(revoked_at__isnull=False, expires_at__gt=now).order_by("number")


class Statement(models.Model):
    """One signed badge, as it was published: public words only (docs/badge-signe.md)."""

    number = models.CharField("numéro", max_length=22, unique=True)
    # A statement outlives its membership: it must still be possible to take it back.
    membership = models.ForeignKey(
        Membership,
        verbose_name="membre",
        null=True,
        on_delete=models.SET_NULL,
        related_name="statements",
    )
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="statements")
    body = models.TextField("texte signé")
    issued_at = models.DateTimeField("signé le")
    # From this moment on it counts no more.
    expires_at = models.DateTimeField("échéance")
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "badge signé"
        verbose_name_plural = "badges signés"
        ordering = ["issued_at", "pk"]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=models.Q(revoked_at__isnull=False),
                name="statement_taken_back",
            )
        ]

    def __str__(self):
        return f"{self.membership} · {self.issued_at:%d/%m/%Y}"
