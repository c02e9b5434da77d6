"""When the author of a collected publication asked for it to go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("label", "0002_collecting")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="taken_down_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
