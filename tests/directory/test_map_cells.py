"""Whatever is done to listings, the map's counted cells equal a recount."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.admin import bulk
from directory.models import Listing, MapCell
from directory.moderation.merging import merge
from directory.moderation.removal import remove_listing
from directory.tiles import mercator, triggers
from tests import factories
from tests.directory.importing import DATA, export, run_import

pytestmark = pytest.mark.django_db
HEADER = "nom,adresse,code postal,commune,latitude,longitude"


@pytest.fixture(autouse=True)
def shipped(categories):
    """The shipped categories."""


def cells():
    """The counted cells as they stand."""
    columns = ("zoom", "code", "count", "lat_sum", "lng_sum")
    return sorted(MapCell.objects.values_list(*columns))


def assert_counted(shown):
    """The cells say what counting anew says, and each listing knows its own cell."""
    kept = cells()
    MapCell.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(triggers.RECOUNT)
    assert kept == cells()
    assert Listing.objects.on_map().count() == shown
    assert {zoom: n for zoom, _, n, *_ in kept if zoom == 6} == ({6: shown} if shown else {})
    for cell, lat, lng in Listing.objects.values_list("cell", "public_lat", "public_lng"):
        assert cell == (None if lat is None else mercator.code(lat, lng))


def test_publishing_moving_hiding_closing_and_deleting_one_by_one():
    shop = factories.listing()
    factories.listing(live=False)
    assert_counted(1)
    shop.lat += 0.05
    shop.save()
    assert_counted(1)
    shop.hide_address = True
    shop.save(update_fields=["hide_address"])
    assert_counted(1)
    shop.trading_state = "ferme-definitivement"
    shop.save()
    assert_counted(0)
    shop.trading_state = "ouvert"
    shop.save()
    shop.unpublish()
    assert_counted(0)
    shop.save_revision().publish()
    assert_counted(1)
    shop.delete()
    assert_counted(0)


def test_writing_past_the_model():
    for _ in range(3):
        factories.listing()
    Listing.objects.filter(pk=Listing.objects.first().pk).update(live=False)
    assert_counted(2)
    Listing.objects.update(live=True, trading_state="ferme-temporairement")
    assert_counted(3)
    made = [Listing(name=f"n{n}", slug=f"n{n}", lat=48.6 + n, lng=1.8) for n in range(2)]
    for listing in made:
        listing.place_publicly()
    Listing.objects.bulk_create(made)
    assert MapCell.objects.filter(zoom=18).count() == 3
    Listing.objects.all()._raw_delete("default")
    assert cells() == []


def test_importing_exporting_and_importing_again(tmp_path):
    run = run_import(DATA / "commerces.csv")
    shown = Listing.objects.on_map().count()
    assert run.summary["created"] and shown
    assert_counted(shown)
    path = tmp_path / "export.csv"
    path.write_text(export(), encoding="utf-8")
    Listing.objects.all().delete()
    assert_counted(0)
    run_import(path)
    assert_counted(shown)


def test_an_import_that_brings_drafts_or_moves_what_it_brought(tmp_path):
    path = tmp_path / "lieux.csv"
    path.write_text(f"{HEADER}\nLa Grange,2 rue B,78120,Rambouillet,48.65,1.83\n")
    run_import(path, draft=True, source="brouillons")
    assert_counted(0)
    path.write_text(f"{HEADER}\nLa Halle,1 rue A,78120,Rambouillet,48.64,1.82\n")
    run_import(path)
    path.write_text(f"{HEADER}\nLa Halle,1 rue A,78120,Rambouillet,48.66,1.87\n")
    assert run_import(path).summary["updated"] == 1
    assert Listing.objects.get(name="La Halle").public_lat == 48.66
    assert_counted(1)


def test_merging_removing_and_acting_on_many(moderator):
    first, second, third = (factories.listing(lat=48.6 + n / 100, lng=1.8) for n in range(3))
    kept = merge(first, second, {"point": "drop"}, moderator)
    assert_counted(2)
    remove_listing(third, moderator, "À sa demande")
    assert_counted(1)
    bulk.unpublish(kept, moderator)
    assert_counted(0)
    bulk.publish(Listing.objects.get(), moderator)
    assert_counted(1)


def test_what_is_rolled_back_was_never_counted():
    factories.listing()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.listing(lat=48.7, lng=1.9)
        raise ZeroDivisionError
    assert_counted(1)


changes = st.tuples(
    st.integers(0, 5),
    st.sampled_from(["move", "hide", "close", "reopen", "draft", "publish", "delete", "create"]),
    st.floats(-89, 89),
    st.floats(-179, 179),
)


@given(st.lists(changes, max_size=14))
@settings(max_examples=8, deadline=None, suppress_health_check=[*HealthCheck])
def test_any_sequence_of_changes_leaves_the_cells_right(sequence):
    with transaction.atomic():
        for which, act, lat, lng in sequence:
            rows = Listing.objects.filter(slug=f"n{which}")
            if act == "create":
                if not rows.exists():
                    one = Listing(name="N", slug=f"n{which}", lat=lat, lng=lng)
                    one.place_publicly()
                    Listing.objects.bulk_create([one])
            elif act == "delete":
                rows.delete()
            elif act == "move":
                code = mercator.code(lat, lng)
                rows.update(public_lat=lat, public_lng=lng, cell=code)
            elif act == "hide":
                rows.update(public_lat=None, public_lng=None, cell=None)
            else:
                state = "ferme-definitivement" if act == "close" else "ouvert"
                rows.update(trading_state=state, live=act != "draft")
        kept = cells()
        MapCell.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(triggers.RECOUNT)
        assert kept == cells()
        transaction.set_rollback(True)


@pytest.mark.sqlite
def test_triggers_that_a_migration_dropped_come_back_with_a_fresh_count():
    # Only SQLite copies the tables that a migration alters.
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER directory_listing_mapped")
    factories.listing()
    assert cells() == []
    triggers.install_after_migrations()
    assert_counted(1)
    factories.listing()
    assert_counted(2)
