"""The communes of France, from the file that the project ships."""

from functools import lru_cache

from django.db import connections, models

from directory.geometry import box_around, distance_km
from directory.places.departments import DEPARTMENTS
from directory.places.names import NamedPlace, PlaceNames, fold_name
from home.prepared import Prepared


class CommuneQuerySet(models.QuerySet):
    """How communes are asked for."""

    def matching(self, text, codes=(), limit=20):
        """The communes that a text may mean, best first, as a list; the territory's go first.

        Exact names, then beginnings, words, postal codes, and near misses where nothing else
        is found. Text of any kind and length is safe; what names no place finds nothing.
        """
        return [commune for commune, _ in self.matches(text, codes, limit)]

    def matches(self, text, codes=(), limit=20):
        """Like `matching`, each with its `place_names.Match`: how it was found, and how near."""
        found = self.names().search(text, codes, limit)
        rows = COMMUNES.models(*(match.insee for match in found)) if found else []
        communes = {commune.pk: commune for commune in rows}
        return [(communes[match.insee], match) for match in found if match.insee in communes]

    def names(self):
        """All names in memory; read again when the table has changed."""
        # Asked at each search for a place; in plain SQL, as the ORM takes five times as long.
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM directory_commune")
            [count] = cursor.fetchone()
        return _names(self.db, count)

    def around(self, lat, lng, km):
        """The communes whose town hall lies within `km` (a box), nearest first, as a list."""
        west, south, east, north = box_around(lat, lng, km)
        near = self.filter(lat__range=(south, north), lng__range=(west, east))
        return sorted(near, key=lambda commune: distance_km(lat, lng, commune.lat, commune.lng))


@lru_cache(maxsize=2)
def _names(database, count):
    """35,000 names: about 0.3 s to read, once in a process and again when their count changes."""
    fields = NamedPlace._fields
    rows = Commune.objects.using(database).order_by("insee").values_list(*fields)
    return PlaceNames(NamedPlace(*row) for row in rows.iterator(chunk_size=5000))


def forget_names():
    """Read the names again at the next search: some have changed."""
    _names.cache_clear()


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

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        ordering = ["folded"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep the folded name in step."""
        self.folded = fold_name(self.name)
        super().save(*args, **kwargs)
        forget_names()

    @property
    def label(self):
        """The name, with the department behind it where others bear the same name."""
        if self.slug.endswith(f"-{self.insee.lower()}"):
            return f"{self.name} ({DEPARTMENTS.get(self.department, self.department)})"
        return self.name

    @property
    def main_postal_code(self):
        """The first of its postal codes, or nothing."""
        return self.postal_codes.partition(" ")[0]


COMMUNES = Prepared(lambda *codes: Commune.objects.filter(pk__in=codes).order_by())
