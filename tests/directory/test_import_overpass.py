"""An extract of OpenStreetMap becomes listings, and what is no business of ours is left out."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import hours
from directory.importing import ImportRefused
from directory.importing.run import open_rows
from directory.importing.trades import Trades
from directory.models import Listing, ListingSource
from tests import factories
from tests.directory.importing import DATA, run_import, write_csv

pytestmark = pytest.mark.django_db
EXTRACT = DATA / "extrait.json"


@pytest.fixture
def communes(categories):
    for name in ("Rambouillet", "Dourdan", "Houdan", "Saint-Arnoult-en-Yvelines"):
        factories.commune(name)


@pytest.fixture
def run(communes):
    return run_import(EXTRACT, source=None, licence=None)


def osm(number, **fields):
    """The listing of an element."""
    return Listing.objects.get(sources__source_id=number, **fields)


def write_extract(folder, *elements, **top):
    """An extract of these elements."""
    path = folder / "extrait.json"
    path.write_text(json.dumps({"version": 0.6, "elements": elements} | top))
    return path


def node(number=1, lat=48.64, lon=1.83, **tags):
    """A node with these tags; « _ » in a key stands for « : »."""
    tags = {key.replace("_", ":"): value for key, value in tags.items()}
    return {"type": "node", "id": number, "lat": lat, "lon": lon, "tags": tags}


def test_what_concerns_us_is_a_row_the_rest_is_counted_and_again_changes_nothing(run):
    assert run.out.strip() == "rows=12 created=12 updated=0 unchanged=0 merged=0 failed=0"
    assert run.code == 0
    assert (
        "éléments laissés de côté : 6 (2 sans rapport avec l’annuaire ; 2 fermés ; 1 sans nom ; "
        "1 en double ; les sans nom : node/106)"
    ) in run.err
    assert "catégorie inconnue « craft=stonemason » : 1 ligne, sans métier" in run.err
    assert "node/112 n’a pas de coordonnées" in run.err
    before = list(Listing.objects.order_by("pk").values())
    again = run_import(EXTRACT, source=None, licence=None)
    assert again.summary["unchanged"] == 12
    assert list(Listing.objects.order_by("pk").values()) == before


def test_shops_and_farms_have_what_their_tags_say(run, client):
    bakery = osm("node/101")
    assert (bakery.name, bakery.street, bakery.postal_code) == (
        "Au Pain Doré", "12 Rue Chasles", "78120",
    )  # fmt: skip
    assert (bakery.lat, bakery.lng, bakery.commune.name) == (48.6441, 1.8302, "Rambouillet")
    assert (bakery.phone, bakery.website) == ("01 39 98 01 02", "https://pain-dore.example")
    assert bakery.hours == "Tu-Su 07:00-19:30; PH off"
    assert bakery.payment == ["especes", "carte"]
    assert (bakery.verified_on, bakery.verified_by) == (date(2026, 3, 4), "OpenStreetMap")
    assert bakery.category.slug == "boulangerie"
    assert [category.slug for category in bakery.more_categories.all()] == ["patisserie"]
    farm = osm("node/102")
    assert (farm.name, farm.kind, farm.category.slug) == (
        "GAEC du Puits", "producteur", "fromager-fermier",
    )  # fmt: skip
    assert [category.slug for category in farm.more_categories.all()] == ["oeufs"]
    assert sorted(tag.name for tag in farm.products.all()) == ["fromage", "œufs"]
    assert [tag.name for tag in farm.tags.all()] == ["bio"]
    assert (farm.hours, farm.hours_note) == ("", "quand il fait beau")
    assert farm.verified_on is None
    assert (farm.phone, farm.email) == ("01 39 98 01 03", "bonjour@puits.example")
    source = osm("node/101").sources.get()
    assert (source.source, source.licence) == ("OpenStreetMap", "ODbL-1.0")
    page = client.get(osm("node/101").get_absolute_url()).content.decode()
    assert "Importé d’OpenStreetMap le" in page
    assert "© les contributeurs d’OpenStreetMap" in page


def test_the_nameless_are_called_after_their_town_and_shapes_give_a_point(run):
    market = osm("way/201")
    assert (market.name, market.kind) == ("Marché de Rambouillet", "marche")
    assert (market.lat, market.lng, market.hours) == (48.6452, 1.8291, "Sa 08:00-13:00")
    machine = osm("node/103")
    assert (machine.name, machine.category.slug) == (
        "Distributeur de lait de Rambouillet", "distributeur",
    )  # fmt: skip
    found = {number: osm(number) for number in ("way/202", "way/203", "way/204", "relation/301")}
    points = {number: (round(o.lat, 6), round(o.lng, 6)) for number, o in found.items()}
    assert points == {
        "way/202": (48.53, 2.01),
        "way/203": (48.795, 1.605),
        "way/204": (48.59, 1.94),
        "relation/301": (48.505, 2.02),
    }
    assert osm("node/112").lat is None
    florist = osm("node/109")
    assert (florist.trading_state, florist.hours) == ("ferme-temporairement", "")
    assert (osm("node/110").kind, osm("node/110").category) == ("createur", None)
    assert osm("node/111").kind == "service"
    assert osm("node/112").kind == "commerce"


def test_another_source_can_be_named_and_other_files_must_name_theirs(communes, tmp_path):
    run_import(EXTRACT, source="osm", licence="ODbL")
    assert set(ListingSource.objects.values_list("source", flat=True)) == {"osm"}
    path = write_csv(tmp_path, "nom;cp", "A;78120")
    for unsaid in ({"source": None}, {"licence": None}, {"source": " "}):
        with pytest.raises(CommandError, match="d’où viennent les données"):
            run_import(path, **unsaid)


def test_an_incomplete_extract_says_so_and_nothing_is_missing(run, tmp_path):
    part = write_extract(
        tmp_path,
        node(101, shop="bakery", name="Au Pain Doré"),
        remark='runtime error: Query timed out in "query" at line 3 after 26 seconds.',
    )
    again = run_import(part, source=None, licence=None)
    assert "l’extrait est incomplet, Overpass dit : « runtime error: Query timed out" in again.err
    assert "missing" not in again.summary
    whole = write_extract(tmp_path, node(101, shop="bakery", name="Au Pain Doré"))
    assert run_import(whole, source=None, licence=None).summary["missing"] == 11


def test_what_somebody_typed_stays(run, tmp_path):
    bakery = osm("node/101")
    bakery.phone, bakery.trading_state = "01 39 98 99 99", "ferme-definitivement"
    bakery.verified_on, bakery.verified_by = date(2026, 11, 1), "Odile"
    bakery.save()
    element = node(
        101, shop="bakery", name="Au Pain Doré", phone="01 39 98 55 55", check_date="2026-11-20"
    )
    again = run_import(write_extract(tmp_path, element), source=None, licence=None)
    bakery.refresh_from_db()
    assert (bakery.phone, bakery.trading_state) == ("01 39 98 99 99", "ferme-definitivement")
    assert (bakery.verified_on, bakery.verified_by) == (date(2026, 11, 1), "Odile")
    assert again.summary["conflicts"] == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"elements":[]}', "aucune fiche"),
        ('{"elements":[],"remark":"runtime error: out of memory"}', "out of memory"),
        ('{"elements":[{"type":"node","id":1,"tags":{"amenity":"bench"}}]}', "1 sans rapport"),
        ('{"elements":{}}', "attendu"),
        ('{"elements":[{"type":"node"', "lisible"),
        ('{"elements":[' + '{"a":' * 100_000, "lisible"),
        ('{"version":' + "[" * 100_000, "lisible"),
        ('{"elements":[{"type":"node","id":' + "9" * 5000 + "}]}", "lisible"),
    ],
)
def test_a_broken_extract_is_refused_with_its_reason(tmp_path, categories, content, reason):
    path = tmp_path / "casse.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=reason):
        run_import(path, source=None, licence=None)


def test_impossible_points_and_identifiers_do_no_harm(tmp_path, communes):
    path = tmp_path / "extrait.json"
    odd = [
        node(1, lat=float("nan"), shop="bakery", name="A"),
        node(2, lat=1e400, lon=-1e400, shop="bakery", name="B"),
        node(3, lat="48", shop="bakery", name="C"),
        node(-4, shop="bakery", name="D"),
        node(True, shop="bakery", name="E"),
        {"type": "way", "id": 6, "nodes": [6, "x", None], "tags": {"shop": "books", "name": "F"}},
        {"type": "relation", "id": 7, "members": [7, {}], "tags": {"shop": "a", "name": 3}},
        {"type": "changeset", "id": 8, "tags": {"shop": "bakery"}},
        "bruit", {"tags": []}, {"tags": "x"}, None,
    ]  # fmt: skip
    path.write_text(json.dumps({"elements": odd}))
    run = run_import(path, source=None, licence=None)
    assert (run.summary["created"], run.summary["failed"]) == (5, 0)
    assert not Listing.objects.exclude(lat=None).exists()
    assert "node/1 n’a pas de coordonnées" in run.err


def test_each_tag_of_our_categories_is_found_again(categories):
    trades = Trades()
    for category in trades.by_slug.values():
        for option in filter(None, category.osm_tags.split(";")):
            assert category in trades.find_osm(option.split("+")), option


def test_the_hours_of_real_markets_are_read(tmp_path, categories):
    folder = Path(os.environ.get("REAL_DATA", "/nonexistent")) / "markets"
    if not folder.exists():
        pytest.skip("REAL_DATA names no folder with markets/")
    elements, number = [], 0
    for file in sorted(folder.glob("*.json")):
        for feature in json.loads(file.read_text())["features"]:
            number += 1
            tags = {
                "amenity": "marketplace",
                "name": feature["properties"]["title"],
                "opening_hours": feature["properties"]["opening_hours"] or "",
            }
            lng, lat = feature["geometry"]["coordinates"]
            elements.append({"type": "node", "id": number, "lat": lat, "lon": lng, "tags": tags})
    run = run_import(write_extract(tmp_path, *elements), source=None, licence=None)
    assert (run.summary["rows"], run.summary["failed"]) == (number, 0)
    written = [element["tags"]["opening_hours"] for element in elements]
    readable = sum(hours.is_valid(text) for text in written if text)
    kept = Listing.objects.exclude(hours="").count()
    assert kept >= readable > 80


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["type", "id", "lat", "lon", "center", "bounds", "geometry", "members", "nodes", "tags"]
)
NAMED = st.fixed_dictionaries(
    {"type": st.sampled_from(["node", "way", "relation"]), "id": st.integers(1, 9)},
    optional={
        "tags": st.dictionaries(st.sampled_from(["shop", "name", "amenity"]), JSON),
        "members": st.lists(st.fixed_dictionaries({"type": st.just("way"), "ref": JSON})),
        "nodes": st.lists(st.integers(1, 9)),
        "bounds": JSON,
        "center": st.dictionaries(st.sampled_from(["lat", "lon"]), JSON),
    },
)


@settings(max_examples=40, deadline=None)
@given(elements=st.lists(st.dictionaries(KEYS, JSON) | NAMED, max_size=5))
def test_strange_elements_are_rows_or_left_out(tmp_path_factory, elements):
    path = write_extract(tmp_path_factory.getbasetemp(), *elements)
    try:
        list(open_rows(path).read())
    except ImportRefused as refusal:
        assert str(refusal)
