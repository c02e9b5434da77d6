"""An index by kind, so that the markets are found without reading every listing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_contact_changes")]

    operations = [
        migrations.AddIndex(
            model_name="listing", index=models.Index(fields=["kind"], name="listing_kind")
        )
    ]
