"""Everybody who has an account before accounts came could log in: their address is confirmed."""

from django.db import migrations


def confirm_everybody(apps, schema_editor):
    """Make the row that a login asks for."""
    users = apps.get_model("home", "User").objects.exclude(email="")
    addresses = apps.get_model("account", "EmailAddress").objects
    addresses.bulk_create(
        [
            addresses.model(user=user, email=user.email.lower(), verified=True, primary=True)
            for user in users.exclude(emailaddress__primary=True)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_neutral_names"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm_everybody, migrations.RunPython.noop)]
