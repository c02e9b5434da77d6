"""The search index: what can be found, and the words it is made of (home/search/)."""

from django.db import models


class SearchEntry(models.Model):
    """The folded words of one thing that visitors can find.

    `kind` and `object_id` name the thing; the two texts hold stems separated by spaces, what
    counts more in the first. The engine's own index hangs on this table (home/search/).
    """

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="home_searchentry_thing")
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class SearchWord(models.Model):
    """A word that occurs in the index, for correcting typing errors.

    `folded` is without accents and unstemmed, `shown` as people write it.
    """

    folded = models.CharField(max_length=40, unique=True)
    stem = models.CharField(max_length=40, db_index=True)
    shown = models.CharField(max_length=40)

    def __str__(self):
        return self.shown
