"""How many listings stand on the map, cell by cell."""

from django.db import models


class MapCell(models.Model):
    """The listings that the map shows in one cell of one zoom: their number and their middle.

    Written by triggers of the database only, so that no way of writing listings can forget it
    (directory/tiles/triggers.py). Sums are in millionths of a degree: whole numbers never drift.
    """

    zoom = models.PositiveSmallIntegerField()
    code = models.BigIntegerField()
    count = models.IntegerField()
    lat_sum = models.BigIntegerField()
    lng_sum = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zoom", "code"], name="map_cell_once")]

    def __str__(self):
        return f"{self.zoom}/{self.code}: {self.count}"
