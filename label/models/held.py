"""Photos that somebody chose and has not published yet."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.models import Photo

# As long as somebody may take to come back to a form.
KEPT = timedelta(days=2)


class HeldPhotoQuerySet(models.QuerySet):
    """Words to ask for held photos with."""

    def kept(self, now=None):
        """Those that may still be used."""
        return self.filter(held_at__gt=(now or timezone.now()) - KEPT)

    def forget_old(self, now=None):
        """Delete those nobody came back for, with their files; returns how many."""
        old = self.filter(held_at__lte=(now or timezone.now()) - KEPT).select_related("photo")
        return sum(held.drop() for held in old)


class HeldPhoto(models.Model):
    """A photo kept for one person through errors and previews; on no page before they say so."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="held_photos"
    )
    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="+")
    held_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = HeldPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "photo en attente"

    def __str__(self):
        return f"{self.photo} · {self.held_at:%d/%m/%Y}"

    def take(self):
        """It is published now; False for the second of two at once."""
        return bool(HeldPhoto.objects.filter(pk=self.pk).delete()[0])

    def drop(self):
        """Nobody wants it: the file goes too. False for the second of two at once."""
        if not self.take():
            return False
        self.photo.delete()
        return True
