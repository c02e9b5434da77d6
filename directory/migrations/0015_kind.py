"""An index by kind, so that markets are found without reading every listing; who typed last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_contact_changes")]

    operations = [
        migrations.AddIndex(
            model_name="listing", index=models.Index(fields=["kind"], name="listing_kind")
        ),
        migrations.AddField(
            model_name="listing",
            name="typed_for_others",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
