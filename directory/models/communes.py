"""The communes of France, from the file that the project ships."""

from django.db import models


class Commune(models.Model):
    """A commune or city district; `lat` and `lng` (degrees, WGS 84) are its town hall's."""

    insee = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=60)
    slug = models.SlugField(max_length=80, unique=True)
    postal_codes = models.CharField("codes postaux", max_length=200, blank=True)
    department = models.CharField("département", max_length=3, db_index=True)
    lat = models.FloatField("latitude")
    lng = models.FloatField("longitude")
    population = models.PositiveIntegerField(default=0)
    folded = models.CharField(max_length=80, db_index=True, editable=False)

    class Meta:
        verbose_name = "commune"
        ordering = ["folded"]

    def __str__(self):
        return self.name
