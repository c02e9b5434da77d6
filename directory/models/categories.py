"""Categories in two levels: families and their trades."""

from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel


class Sign(models.TextChoices):
    """The drawn signs; a family's colour goes with its sign (site.css)."""

    CARROT = "carrot", "carotte"
    WEDGE = "wedge", "fromage"
    HEN = "hen", "poule"
    LOAF = "loaf", "pain"
    HIVE = "hive", "ruche"
    GLASS = "glass", "verre"
    TULIP = "tulip", "tulipe"
    AWNING = "awning", "étal"
    FORK = "fork", "fourchette"
    BOWL = "bowl", "bol"
    NEEDLE = "needle", "aiguille"
    SPANNER = "spanner", "clé"


class CategoryQuerySet(models.QuerySet):
    """Words to ask for categories with."""

    def families(self):
        """The first level, in the order in which it is shown."""
        return self.filter(parent=None).order_by("order", "name")


class Category(models.Model):
    """A family (« Fromage, lait, œufs ») or, below one, a trade (« Crémerie »)."""

    parent = models.ForeignKey(
        "self",
        verbose_name="famille",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trades",
        limit_choices_to={"parent": None},
        help_text="Vide pour une famille.",
    )
    name = models.CharField("nom", max_length=60)
    slug = models.SlugField("adresse", max_length=60, unique=True)
    synonyms = models.TextField(
        "autres mots",
        blank=True,
        help_text="Séparés par des virgules : ce que les gens tapent, et les noms d’autres "
        "annuaires. La recherche et l’import les comprennent.",
    )
    osm_tags = models.CharField(
        "étiquettes OpenStreetMap",
        max_length=200,
        blank=True,
        help_text="shop=cheese ; plusieurs possibilités séparées par « ; », + pour « et ».",
    )
    schema_org = models.CharField("type schema.org", max_length=40, default="LocalBusiness")
    sign = models.CharField("signe", max_length=10, choices=Sign)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "catégorie"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page of all listings of this category."""
        return reverse("directory:category", args=[self.slug])

    @property
    def words(self):
        """Its name and synonyms as a list."""
        return [self.name, *(word.strip() for word in self.synonyms.split(",") if word.strip())]

    panels = [
        FieldPanel("name"),
        FieldPanel("parent"),
        FieldPanel("slug"),
        FieldPanel("synonyms"),
        FieldPanel("sign"),
        FieldPanel("osm_tags"),
        FieldPanel("schema_org"),
        FieldPanel("order"),
    ]
