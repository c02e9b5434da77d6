"""A new site starts with the shipped categories."""

from django.db import migrations

from directory.categories import load_categories


def load(apps, schema_editor):
    load_categories(apps.get_model("directory", "Category"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_listings")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
