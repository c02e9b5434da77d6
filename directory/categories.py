"""The categories that a new site starts with; from then on they belong to its editors."""

import csv
from pathlib import Path

from django.utils.text import slugify

FILE = Path(__file__).parent / "data" / "categories.csv"


def load_categories(category_model):
    """Fill an empty table from the shipped file; leaves a filled one alone.

    Takes the model as an argument, so that a migration can hand in its historical one.
    """
    if category_model.objects.exists():
        return
    families = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for order, row in enumerate(csv.DictReader(file)):
            category = category_model.objects.create(
                parent=families.get(row["family"]),
                name=row["name"],
                slug=slugify(row["name"].replace("Œ", "Oe").replace("œ", "oe")),
                synonyms=row["synonyms"],
                osm_tags=row["osm_tags"],
                schema_org=row["schema_org"],
                sign=row["sign"],
                order=order,
            )
            if not row["family"]:
                families[row["name"]] = category
