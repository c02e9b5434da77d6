"""The engine's own index over the search entries."""

from django.db import migrations

from home.search import postgresql, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def install(apps, schema_editor):
    ENGINES[schema_editor.connection.vendor].install(schema_editor.connection)


def uninstall(apps, schema_editor):
    ENGINES[schema_editor.connection.vendor].uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_content")]

    operations = [migrations.RunPython(install, uninstall)]
