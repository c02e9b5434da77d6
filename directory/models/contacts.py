"""When the contact of a listing changed, and who stands for it: claims ask (threats.md, claim)."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# The way in of whoever would change a contact and claim the listing by it a minute later.
CONTACT_FIELDS = ("email", "website", "phone")
KEEP_DAYS = 90


class ContactChangeQuerySet(models.QuerySet):
    """Words to ask for changes of contacts with."""

    def of(self, listing, *fields):
        """The changes of one listing, of these fields or any."""
        found = self.filter(listing=listing)
        return found.filter(field__in=fields) if fields else found

    def unvouched(self, since):
        """Those since a moment for which no moderator stands."""
        return self.filter(at__gte=since, by_moderation=False)

    def vouch(self, listing, after):
        """A moderator made the changes of this listing that came after that one."""
        return self.of(listing).filter(pk__gt=after).update(by_moderation=True)

    def last_pk(self):
        """The newest change there is; 0 before the first."""
        return self.aggregate(last=models.Max("pk"))["last"] or 0

    def forget_old(self, now):
        """Delete those that no claim can ask for any more; returns how many."""
        gone, _ = self.filter(at__lt=now - timedelta(days=KEEP_DAYS)).delete()
        return gone


class ContactChange(models.Model):
    """One contact of one listing was another before; written by the database itself.

    Triggers do it (directory/contact_triggers.py), since listings are written in many ways and
    none of them may forget it. Nobody stands for a change until a moderator does.
    """

    listing = models.ForeignKey(
        "directory.Listing", on_delete=models.CASCADE, related_name="contact_changes"
    )
    field = models.CharField(max_length=10)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_moderation = models.BooleanField(default=False)

    objects = ContactChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "contact changé"
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.field}, {self.at:%d/%m/%Y}"
