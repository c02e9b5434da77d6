"""Where listings stand on the map: the cell of each, and how many there are in each cell."""

from django.db import migrations, models

from directory.tiles import mercator, triggers

CHUNK = 2000


def fill(apps, schema_editor):
    Listing = apps.get_model("directory", "Listing")
    placed = Listing.objects.exclude(public_lat=None).exclude(public_lng=None)
    last = 0
    while rows := list(
        placed.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "public_lat", "public_lng")[:CHUNK]
    ):
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE directory_listing SET cell = %s WHERE id = %s",
                [(mercator.code(lat, lng), pk) for pk, lat, lng in rows],
            )
        last = rows[-1][0]


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0010_not_duplicates'),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='cell',
            field=models.BigIntegerField(db_index=True, editable=False, null=True),
        ),
        migrations.CreateModel(
            name='MapCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zoom', models.PositiveSmallIntegerField()),
                ('code', models.BigIntegerField()),
                ('count', models.IntegerField()),
                ('lat_sum', models.BigIntegerField()),
                ('lng_sum', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('zoom', 'code'), name='map_cell_once')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, uninstall),
    ]
