"""An old blog that somebody brings along: the run, its articles one by one, and what came before.

A run is read once into lines; from then on the file is not needed, and each line is done in a
transaction of its own. What is already here is known by the owner, the magazine and a name that
the old blog's address gives, so that a second run doubles nothing.
"""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Count, F

from home.models import Photo
from webmag.models.articles import Article
from webmag.models.magazines import Magazine


def private_files():
    """Where exports wait to be read: not among the media, which everybody may ask for."""
    return FileSystemStorage(location=settings.SITE_DATA / "imports")


class BlogImportQuerySet(models.QuerySet):
    """Runs."""

    def of(self, user):
        """Somebody's own: nobody else sees them."""
        return self.filter(owner=user)

    def under_way(self):
        """Those that wait for the worker, or that it has begun."""
        return self.filter(state__in=(BlogImport.State.READING, BlogImport.State.RUNNING))

    def unfinished(self):
        """Those that may go on."""
        return self.exclude(state__in=(BlogImport.State.DONE, BlogImport.State.FAILED))


class BlogImport(models.Model):
    """One run: whose, from where, into which magazine, how far."""

    class State(models.TextChoices):
        READING = "lecture", "Lecture en cours"
        READY = "pret", "Prêt, à vous de lancer"
        RUNNING = "encours", "Reprise en cours"
        STOPPED = "arrete", "Arrêté"
        DONE = "fini", "Terminé"
        FAILED = "echec", "Illisible"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blog_imports"
    )
    magazine = models.ForeignKey(Magazine, on_delete=models.CASCADE, related_name="blog_imports")
    name = models.CharField("fichier ou adresse", max_length=500)
    # Empty for a file: what was sent is in `file` until it is read.
    address = models.CharField(max_length=500, blank=True)
    file = models.FileField(storage=private_files, blank=True)
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField("sorte", max_length=20, blank=True)
    title = models.CharField("nom du blog", max_length=200, blank=True)
    with_canonical = models.BooleanField("adresse d’origine", default=False)
    with_drafts = models.BooleanField("brouillons aussi", default=False)
    with_pages = models.BooleanField("pages fixes aussi", default=False)
    again = models.BooleanField("reprendre ce qui a été supprimé ici", default=False)
    state = models.CharField("état", max_length=10, choices=State, default=State.READING)
    error = models.CharField(max_length=500, blank=True)
    remarks = models.JSONField(default=list)
    # Images that did not come, one after the other, by host: after some, nobody is asked any more.
    silent_hosts = models.JSONField(default=dict)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    finished_at = models.DateTimeField("fini le", null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    leased_until = models.DateTimeField(null=True)

    objects = BlogImportQuerySet.as_manager()

    class Meta:
        verbose_name = "reprise d’un blog"
        verbose_name_plural = "reprises de blogs"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.title or self.name

    def options(self):
        """What was ticked, for finding the same run again."""
        names = ("with_canonical", "with_drafts", "with_pages", "again")
        return {name: getattr(self, name) for name in names}

    def tally(self):
        """How many lines came to what: {outcome: number}, and all; one query."""
        rows = self.lines.order_by().values_list("outcome").annotate(Count("pk"))
        return dict.fromkeys(ImportLine.Outcome.values, 0) | dict(rows)

    def images(self):
        """(images in articles, images that did not come), one query."""
        found = self.lines.exclude(outcome=ImportLine.Outcome.LEFT_OUT).aggregate(
            images=models.Sum("images"), missing=models.Sum("missing")
        )
        return found["images"] or 0, found["missing"] or 0

    def drop_file(self):
        """What was sent is read, or will never be: it is deleted."""
        if self.file:
            self.file.delete(save=False)
            type(self).objects.filter(pk=self.pk).update(file="")


class ImportLine(models.Model):
    """One article of a run, and what became of it. `original` goes once that is settled."""

    class Outcome(models.TextChoices):
        WAITING = "attente", "à reprendre"
        CREATED = "cree", "repris en brouillon"
        UPDATED = "ajour", "mis à jour"
        UNCHANGED = "inchange", "déjà là, inchangé"
        KEPT = "garde", "déjà là, et modifié ici : laissé tel quel"
        REMOVED = "supprime", "supprimé ici depuis : laissé de côté"
        LEFT_OUT = "ecarte", "laissé de côté"
        FAILED = "echec", "pas repris"

    run = models.ForeignKey(BlogImport, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    address = models.CharField(max_length=500, blank=True)
    published = models.DateTimeField(null=True)
    original = models.JSONField(null=True)
    # What will be done, as far as is known before; then what was.
    plan = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    notes = models.JSONField(default=list)
    images = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "article d’une reprise"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="line_once_in_an_import")
        ]
        indexes = [models.Index(fields=["run", "outcome", "position"], name="import_next_line")]

    def __str__(self):
        return self.title

    def says(self):
        """What is or will be done, in words."""
        waiting = self.outcome == self.Outcome.WAITING
        if not waiting or not self.plan:
            return self.get_outcome_display()
        new = {self.Outcome.CREATED: "à reprendre", self.Outcome.UPDATED: "à mettre à jour"}
        return new.get(self.plan, self.get_plan_display())


class ImportedArticleQuerySet(models.QuerySet):
    """Articles of old blogs."""

    def as_we_left_them(self):
        """Those that nobody has touched or published since."""
        return self.filter(article__live=False, article__latest_revision=F("revision"))


class ImportedArticle(models.Model):
    """An article of an old blog that is here, and how we left it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    magazine = models.ForeignKey(Magazine, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    address = models.CharField(max_length=500, blank=True)
    # Other addresses that led to it, as importing/addresses.py writes them.
    also = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    # The revision we made: another one is somebody's work.
    revision = models.BigIntegerField(null=True)
    missing = models.PositiveIntegerField(default=0)

    objects = ImportedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "article repris"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "magazine", "key"], name="original_imported_once"
            )
        ]

    def __str__(self):
        return self.address or self.key

    @property
    def is_as_we_left_it(self):
        """Whether nobody has touched it since."""
        article = self.article
        return article.latest_revision_id == self.revision and not article.live


class ImportedImageQuerySet(models.QuerySet):
    """Images of old blogs."""

    def come(self):
        """Those that are here."""
        return self.exclude(photo=None)


class ImportedImage(models.Model):
    """An image of an old blog by its address, so that it is fetched once."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    magazine = models.ForeignKey(Magazine, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    tried_by = models.ForeignKey(BlogImport, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ImportedImageQuerySet.as_manager()

    class Meta:
        verbose_name = "image reprise"
        constraints = [
            models.UniqueConstraint(fields=["owner", "magazine", "key"], name="image_imported_once")
        ]

    def __str__(self):
        return self.key
