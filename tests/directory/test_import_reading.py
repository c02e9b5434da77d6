"""Files in the usual encodings, delimiters and forms; broken ones are refused with a reason."""

import json

import pytest
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing import ImportRefused
from directory.importing.run import open_rows
from directory.models import Listing
from tests import factories
from tests.directory.importing import run_import, write_csv

LINES = ["nom;adresse;description", "L’Œuf d’été;3 rue Saint-Éloi;Crème à 5 €", "Le Blé;;"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters_are_recognised(tmp_path, encoding, delimiter):
    lines = [line.replace(";", delimiter) for line in LINES]
    rows = list(open_rows(write_csv(tmp_path, *lines, encoding=encoding)).read())
    assert [row.cells["nom"] for row in rows] == ["L’Œuf d’été", "Le Blé"]
    assert rows[0].cells["description"] == "Crème à 5 €"


def test_latin_1_is_recognised_where_windows_has_no_such_sign(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("nom;ville\nÉtable\x81;Évry\n".encode("latin-1"))
    assert next(open_rows(path).read()).cells["ville"] == "Évry"


def test_quotes_newlines_and_delimiters_inside_cells(tmp_path):
    path = write_csv(tmp_path, "nom;description", '"a;b";"dit ""oui""\nà 9, 10 h"', "c;d")
    rows = list(open_rows(path).read())
    assert rows[0].cells == {"nom": "a;b", "description": 'dit "oui"\nà 9, 10 h'}
    assert rows[1].number == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vide"),
        (b"\n\n  \n", "vide"),
        (b"nom;adresse\n", "aucune ligne"),
        (b"PK\x03\x04\x14\x00\x06", "classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (bytes(range(256)) * 20, "lisible"),
        ("nom;adresse\nÉtable;3 rue Sé".encode()[:-1], "tronqué"),
        ("nom;adresse\nÉtable;3".encode("utf-16")[:-1], "tronqué"),
        (b'nom;adresse\nA;"3 rue\nB;4 rue\n', "ligne 2 : un guillemet"),
        (b"nom;adresse\nA;" + b"x" * 20_001 + b"\n", "ligne 2, colonne"),
        (b";".join(b"c%d" % n for n in range(301)) + b"\n" + b";" * 300 + b"\n", "301 colonnes"),
        (b"3;4;5\n6;7;8\n", "Pas de colonne pour le nom"),
        (b'{"type":"FeatureCollection","features":[{"type":"Fea', "GeoJSON"),
        (b'{"type":"FeatureCollection","features":[]}', "aucun objet"),
        (b'{"a":' + b"[" * 100_000, "GeoJSON"),
        (b"{}", "GeoJSON"),
    ],
)
@pytest.mark.django_db
def test_a_broken_file_is_refused_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "casse.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run_import(path)
    assert not Listing.objects.exists()


@pytest.mark.django_db
def test_a_row_too_many_or_a_file_too_big_is_refused(tmp_path, monkeypatch):
    path = write_csv(tmp_path, "nom;cp", *["A;1"] * 4)
    monkeypatch.setattr("directory.importing.rows.MAX_ROWS", 3)
    with pytest.raises(CommandError, match="Plus de 3 lignes"):
        run_import(path)
    monkeypatch.setattr("directory.importing.rows.MAX_BYTES", 3)
    with pytest.raises(CommandError, match="au plus"):
        run_import(path)


@pytest.mark.django_db
@pytest.mark.parametrize("licence", ["", "gratuit"])
def test_an_unknown_licence_is_refused(tmp_path, licence):
    with pytest.raises(CommandError, match="Licence inconnue"):
        run_import(write_csv(tmp_path, "nom;cp", "A;1"), licence=licence)


@pytest.mark.django_db
def test_a_row_with_too_few_cells_is_named_and_the_others_go_in(tmp_path, categories):
    run = run_import(write_csv(tmp_path, "nom;adresse;cp", "A;1 rue;78120", "B;2", "C;3 rue;78120"))
    assert (run.summary["created"], run.summary["failed"], run.code) == (2, 1, 2)
    assert "ligne 3 : 2 cellules pour 3 colonnes" in run.err


@pytest.mark.django_db
def test_a_mapping_file_says_which_column_is_which(tmp_path, categories):
    path = write_csv(tmp_path, "quoi;boss;x1", "Miel Bleu;Annie;78120")
    mapping = tmp_path / "colonnes.toml"
    mapping.write_text('name = "quoi"\npostal_code = "x1"\n')
    run = run_import(path, columns=mapping)
    assert Listing.objects.get().postal_code == "78120"
    assert "colonnes laissées de côté : boss" in run.err
    for wrong in ('nom = "quoi"', 'name = "absente"', "name = 3", "["):
        mapping.write_text(wrong)
        with pytest.raises(CommandError, match="colonnes"):
            run_import(path, columns=mapping)


@pytest.mark.django_db
def test_geojson_of_openstreetmap_is_understood(tmp_path, categories):
    factories.commune("Rambouillet")
    tags = {
        "@id": "node/1",
        "name": "Au Pain Doré",
        "shop": "bakery",
        "addr:housenumber": "12",
        "addr:street": "Rue Chasles",
        "addr:postcode": "78120",
        "addr:city": "Rambouillet",
        "opening_hours": "Tu-Su 07:00-19:30",
        "contact:phone": "+33 1 30 00 00 01",
    }
    square = [[[1.0, 48.0], [1.2, 48.0], [1.2, 48.2], [1.0, 48.2], [1.0, 48.0]]]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [1.83, 48.64]},
            "properties": tags,
        },
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": square},
            "properties": {"@id": "way/2", "name": "Marché", "amenity": "marketplace"},
        },
        {"type": "Feature", "geometry": None, "properties": {"name": "Kiosk", "shop": "kiosk"}},
        "bruit",
    ]
    path = tmp_path / "osm.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    run = run_import(path, "osm", "ODbL")
    assert (run.summary["created"], run.summary["failed"]) == (3, 1)
    bakery = Listing.objects.get(name="Au Pain Doré")
    assert (bakery.street, bakery.category.slug) == ("12 Rue Chasles", "boulangerie")
    assert (bakery.lat, bakery.lng, bakery.phone) == (48.64, 1.83, "01 30 00 00 01")
    assert bakery.hours == "Tu-Su 07:00-19:30"
    market = Listing.objects.get(name="Marché")
    assert (market.kind, market.lat, market.lng) == ("marche", 48.1, 1.1)
    assert "objet 2 : géométrie sans point" in run.err
    assert "catégorie inconnue « shop=kiosk »" in run.err
    assert run_import(path, "osm", "ODbL").summary["unchanged"] == 3


@pytest.mark.django_db
def test_hours_are_read_in_french_or_kept_as_a_note(tmp_path, categories):
    run = run_import(
        write_csv(tmp_path, "nom;horaires", "A;mardi au samedi 9h-12h30", "B;quand il fait beau")
    )
    assert Listing.objects.get(name="A").hours == "Tu-Sa 09:00-12:30"
    other = Listing.objects.get(name="B")
    assert (other.hours, other.hours_note) == ("", "quand il fait beau")
    assert "ligne 3 : horaires gardés en texte" in run.err


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".geojson", ".json", ""]))
def test_the_reader_raises_nothing_but_its_own_refusal(tmp_path_factory, content, suffix):
    path = tmp_path_factory.getbasetemp() / f"bruit{suffix}"
    path.write_bytes(content)
    try:
        list(open_rows(path).read())
    except ImportRefused as refusal:
        assert str(refusal)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
KEYS = st.sampled_from(["type", "features", "properties", "geometry", "coordinates", "id", "name"])


@settings(max_examples=150, deadline=None)
@given(feature=st.dictionaries(KEYS, JSON))
def test_strange_features_are_rows_or_refused(tmp_path_factory, feature):
    path = tmp_path_factory.getbasetemp() / "bruit.geojson"
    path.write_text(json.dumps({"features": [feature]}))
    try:
        list(open_rows(path).read())
    except ImportRefused as refusal:
        assert str(refusal)
