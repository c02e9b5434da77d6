"""Communes: the table fills itself, and a visitor's spelling finds the right one first."""

import json
import time

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from hypothesis import given
from hypothesis import strategies as st

from config.demo import loading
from directory.models import Commune
from directory.places import communes
from directory.places.departments import DEPARTMENTS, department_of
from directory.places.names import FUZZY, NamedPlace, PlaceNames, fold_name

TERRITORY = loading.read("site.json")["territory_codes"]
ARNOULTS = {"14557", "41201", "60566", "76557"}


@pytest.fixture(scope="module")
def shipped():
    """The shipped table: INSEE code to values."""
    return communes.read_communes(communes.communes_file())


@pytest.fixture(scope="module")
def names(shipped):
    """All names, without a database."""
    return PlaceNames(
        NamedPlace(insee, row[7], row[2], row[4], row[5], row[6]) for insee, row in shipped.items()
    )


@pytest.fixture
def first(names, shipped):
    """The name of the best match in the territory, or None."""

    def search(text, territory=TERRITORY):
        found = names.search(text, territory)
        return shipped[found[0].insee][0] if found else None

    return search


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("st arnoult", "Saint-Arnoult-en-Yvelines"),
        ("St-Arnoult", "Saint-Arnoult-en-Yvelines"),
        ("saint arnoult en yvelines", "Saint-Arnoult-en-Yvelines"),
        ("SAINT ARNOULT EN YVELINES", "Saint-Arnoult-en-Yvelines"),
        ("ste mesme", "Sainte-Mesme"),
        ("rambouillet 78120", "Rambouillet"),
        ("78120 rambouillet", "Rambouillet"),
        ("rambouilet 78120", "Rambouillet"),
        ("rambouillet (78)", "Rambouillet"),
        ("le perray", "Le Perray-en-Yvelines"),
        ("perray", "Le Perray-en-Yvelines"),
        ("chevreus", "Chevreuse"),
        ("75007", "Paris 7e Arrondissement"),
        ("Paris 75007", "Paris 7e Arrondissement"),
        ("Paris 7e", "Paris 7e Arrondissement"),
        ("paris 7", "Paris 7e Arrondissement"),
        ("paris 1er", "Paris 1er Arrondissement"),
        ("Paris 7e Arrondissement", "Paris 7e Arrondissement"),
        ("Lyon 3ème", "Lyon 3e Arrondissement"),
        ("paris", "Paris"),
        ("L'Haÿ", "L'Haÿ-les-Roses"),
        ("l’hay les roses", "L'Haÿ-les-Roses"),
        ("oeuilly", "Œuilly"),
        ("Œuilly", "Œuilly"),
        ("Châteauneuf s/ Loire", "Châteauneuf-sur-Loire"),
        ("Bors (Canton de Charente-Sud)", "Bors (Canton de Charente-Sud)"),
        ("Saint-Arnoult (Oise)", "Saint-Arnoult"),
        ("Y", "Y"),
    ],
)
def test_a_spelling_finds_its_commune_first(first, text, expected):
    assert first(text) == expected


@pytest.mark.parametrize(
    ("typo", "expected"),
    [
        ("ramboulet", "Rambouillet"),
        ("Saint Arnoud en Yvelines", "Saint-Arnoult-en-Yvelines"),
        ("clairefontainne", "Clairefontaine-en-Yvelines"),
        ("shevreuse", "Chevreuse"),
        ("rochefore en yveline", "Rochefort-en-Yvelines"),
    ],
)
def test_a_typing_error_is_forgiven(names, first, typo, expected):
    assert first(typo) == expected
    assert names.search(typo, TERRITORY)[0].how == FUZZY


def test_all_namesakes_follow_the_territorys_one(names):
    found = [match.insee for match in names.search("st arnoult", TERRITORY)]
    assert found[0] == "78537"
    assert set(found[1:5]) == ARNOULTS
    assert found[5] == "28324"


def test_another_territory_gets_its_own_first(first, names):
    assert names.search("saint arnoult", ["60566"])[0].insee == "60566"
    assert first("saint-denis", ["97411"]) == "Saint-Denis"
    assert names.search("saint-denis", ["97411"])[0].insee == "97411"


def test_a_postal_code_or_its_beginning_finds_all_who_share_it(names):
    found = {match.insee for match in names.search("78120", TERRITORY)}
    assert found == {"78517", "78164", "78601"}
    assert names.search("7812", TERRITORY)[0].insee == "78517"


HOSTILE = [
    "",
    " ",
    "\x00",
    "ramb\x00ouillet",
    "'; DROP TABLE directory_commune; --",
    '"""',
    "%",
    "_",
    "\\",
    "(((((",
    "()",
    "z" * 10_000,
    "saint " * 2_000,
    "<script>alert(1)</script>",
    "\u202e\u200b\ufeff",
    "🧀🧀🧀",
    "99999",
    "00000",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nonsense_finds_nothing(names, text):
    assert names.search(text, TERRITORY) == []


@given(st.text(max_size=200))
def test_no_text_makes_the_search_fail(names, text):
    assert len(names.search(text, TERRITORY)) <= 20


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    folded = fold_name(text)
    assert fold_name(folded) == folded


def test_the_shipped_table_is_whole_and_small(shipped):
    assert len(shipped) == 34_912
    assert communes.communes_file().stat().st_size < 900_000
    assert {department_of(insee) for insee in shipped} == set(DEPARTMENTS)


def test_slugs_are_unique_and_homonyms_carry_their_code(shipped):
    slugs = {insee: row[1] for insee, row in shipped.items()}
    assert len(set(slugs.values())) == len(slugs)
    assert slugs["78517"] == "rambouillet"
    assert {slugs[insee] for insee in ARNOULTS} == {f"saint-arnoult-{i}" for i in ARNOULTS}
    assert slugs["02565"] == "oeuilly-02565"


def test_wrong_points_of_the_source_are_mended(shipped):
    carnac, sainte_anne, champlan = shipped["56034"], shipped["97128"], shipped["91136"]
    assert carnac[5] < 0
    assert sainte_anne[5] < -60
    assert 48.6 < champlan[4] < 48.8
    for insee, row in shipped.items():
        if not insee.startswith("97"):
            assert 41 < row[4] < 51.2, row
            assert -5.2 < row[5] < 9.7, row


def test_the_table_is_filled_after_migrations_and_a_second_load_writes_nothing(db):
    assert Commune.objects.count() == 34_912
    assert communes.load_communes() == 0


def test_a_changed_row_is_put_right_again(db):
    Commune.objects.filter(pk="78517").update(population=1)
    assert communes.load_communes() == 1
    assert Commune.objects.get(pk="78517").population > 20_000


def test_an_emptied_table_is_filled_at_the_next_post_migrate(db):
    Commune.objects.all().delete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert Commune.objects.count() == 34_912


def test_the_query_set_finds_ranks_and_labels(db):
    found = Commune.objects.matching("st arnoult", TERRITORY)
    assert [commune.label for commune in found[:2]] == [
        "Saint-Arnoult-en-Yvelines",
        "Saint-Arnoult (Seine-Maritime)",
    ]
    assert found[0].main_postal_code == "78730"
    assert Commune.objects.matching("\x00", TERRITORY) == []


def test_a_label_finds_its_own_commune_again(db):
    for commune in Commune.objects.filter(folded="saint arnoult"):
        assert Commune.objects.matching(commune.label, TERRITORY)[0] == commune


def test_a_search_takes_two_queries_and_little_time(db, django_assert_num_queries):
    Commune.objects.matching("st arnoult", TERRITORY)
    with django_assert_num_queries(2):
        Commune.objects.matching("le perray", TERRITORY)
    spent = []
    for text in ["st arnoult", "le perray", "ramboulet", "75007", "78120 rambouillet"] * 2:
        start = time.process_time()
        Commune.objects.matching(text, TERRITORY)
        spent.append(time.process_time() - start)
    assert sorted(spent)[len(spent) // 2] < 0.02


def test_a_point_lies_in_its_commune_and_elsewhere_near_a_town_hall(db):
    assert communes.commune_at(48.6452, 1.8297).pk == "78517"
    assert communes.commune_at(48.8569, 2.32).pk == "75107"
    assert communes.commune_at(47.708, 0.87).pk == "41201"
    assert communes.commune_at(0, 0) is None


def test_the_same_sources_make_the_same_bytes(tmp_path):
    france = tmp_path / "france.csv"
    france.write_text(
        "insee,name,type,postal_codes,lat,lng,population\n"
        "78002,Deux,COM,78000,48.51,1.815,20\n"
        "78001,Un,COM,78000,48.51,1.805,10\n",
        encoding="utf-8",
    )
    shapes = tmp_path / "shapes.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"insee": insee},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[west, 48.5], [east, 48.5], [east, 48.52], [west, 48.52], [west, 48.5]]
                ],
            },
        }
        for insee, west, east in [("78001", 1.8, 1.81), ("78002", 1.81, 1.82)]
    ]
    shapes.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    made = []
    for out in (tmp_path / "a", tmp_path / "b"):
        call_command(
            "build_communes",
            *("--france", str(france), "--contours", str(shapes)),
            *("--codes", "78001", "--out", str(out)),
        )
        made.append([path.read_bytes() for path in sorted(out.iterdir())])
    assert made[0] == made[1]
    assert list(communes.read_communes(tmp_path / "a" / "communes.csv.gz")) == ["78001", "78002"]
