"""Second factors that were switched on before secrets were sealed (home/accounts/sealing.py)."""

from django.db import migrations

from home.accounts.sealing import seal, unseal


def change(apps, how):
    """Rewrite the secrets of all authenticators."""
    for row in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        for name in ("secret", "seed"):
            if name in row.data:
                row.data[name] = how(row.data[name])
        if "migrated_codes" in row.data:
            row.data["migrated_codes"] = [how(code) for code in row.data["migrated_codes"]]
        row.save(update_fields=["data"])


def forward(apps, _schema_editor):
    """Seal."""
    change(apps, seal)


def backward(apps, _schema_editor):
    """Unseal."""
    change(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [("home", "0007_needle"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(forward, backward)]
