"""Workbooks as people really keep them: typed cells, titles, several sheets, merged cells."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management.base import CommandError
from openpyxl import load_workbook
from openpyxl.styles import numbers

from directory.importing.run import open_rows
from directory.models import Listing
from tests import factories
from tests.directory.importing import run_import
from tests.directory.workbooks import MAIN, parts, sheet_xml, write_xlsx, zipped

MOMENT = datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001 -- spreadsheets know no time zones
HEADER = ["Nom", "Adresse", "Code postal", "Ville", "Téléphone"]


def rows_of(path):
    return [row.cells for row in open_rows(path).read()]


@pytest.mark.django_db
def test_a_workbook_becomes_listings_and_again_changes_nothing(tmp_path, categories):
    factories.commune("Rambouillet")
    path = write_xlsx(
        tmp_path,
        [*HEADER, "Type de commerce", "Horaires"],
        ["Au Pain Doré", "3 rue Chasles", 78120, "Rambouillet", 139980102, "boulangerie", ""],
        ["Miel du Clos", "", "78120", "Rambouillet", "01 39 98 01 03", "miel", "sa 9h-12h"],
        [None, None, None, "Rambouillet", None, None, None],
    )
    run = run_import(path)
    assert run.out.strip() == "rows=3 created=2 updated=0 unchanged=0 merged=0 failed=1"
    assert "ligne 4 : pas de nom" in run.err
    bakery = Listing.objects.get(name="Au Pain Doré")
    assert (bakery.postal_code, bakery.phone) == ("78120", "01 39 98 01 02")
    assert bakery.category.slug == "boulangerie"
    assert Listing.objects.get(name="Miel du Clos").hours == "Sa 09:00-12:00"
    assert run_import(path).summary["unchanged"] == 2


def test_typed_cells_become_what_people_see(tmp_path):
    path = write_xlsx(
        tmp_path,
        ["nom", "a", "b", "c", "d", "e", "f", "g"],
        ["x", 78120.0, 48.64, True, date(2026, 5, 4), MOMENT, time(9, 5), -3],
        ["y", 1e20, 1 / 8, False, "#REF!", "=1+1", timedelta(hours=30), "  deux\nlignes"],
    )
    first, second = rows_of(path)
    assert list(first.values())[1:] == [
        "78120", "48.64", "oui", "2026-05-04", "2026-05-04 09:30", "09:05", "-3",
    ]  # fmt: skip
    assert (second["a"], second["b"], second["c"]) == ("1e+20", "0.125", "non")
    assert (second["d"], second["e"], second["g"]) == ("", "", "  deux\nlignes")


def test_errors_and_formulas_without_result_are_said(tmp_path):
    path = write_xlsx(tmp_path, ["nom", "ville"], ["x", "#REF!"], ["y", "=A2"], ["z", "Limours"])
    file = open_rows(path)
    notes = [row.notes for row in file.read()]
    assert notes == [["colonne « ville » : erreur de calcul #REF!, laissée de côté"], [], []]
    assert file.remarks[0].startswith("formules sans résultat dans le fichier : 1")


def test_the_kept_result_of_a_formula_is_read(tmp_path):
    cells = '<c t="str"><f>"Li"&amp;"mours"</f><v>Limours</v></c><c><f>1+1</f><v>2</v></c>'
    path = zipped(tmp_path, parts(sheet_xml(["nom", "n"], cells)))
    assert rows_of(path) == [{"nom": "Limours", "n": "2"}]


@pytest.mark.parametrize("column", ["Code postal", "code INSEE", "cp"])
def test_a_code_typed_as_a_number_gets_its_zero_back(tmp_path, column):
    path = write_xlsx(tmp_path, ["nom", column, "lot"], ["x", 1000, 1000], ["y", "1000", "1000"])
    found = [(row[column], row["lot"]) for row in rows_of(path)]
    assert found == [("01000", "1000"), ("1000", "1000")]


def test_a_number_shown_with_zeros_keeps_them(tmp_path):
    path = write_xlsx(tmp_path, ["nom", "lot"], ["x", 42])
    workbook = load_workbook(path)
    workbook.active["B2"].number_format = "00000"
    workbook.save(path)
    assert rows_of(path)[0]["lot"] == "00042"


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    path = write_xlsx(tmp_path, ["nom", "le"], ["x", 0])
    workbook = load_workbook(path)
    workbook.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 -- as openpyxl has it
    workbook.active["B2"].value = date(2026, 5, 4)
    workbook.active["B2"].number_format = numbers.FORMAT_DATE_YYYYMMDD2
    workbook.save(path)
    assert rows_of(path)[0]["le"] == "2026-05-04"


def test_a_title_above_the_table_is_no_header(tmp_path):
    path = write_xlsx(
        tmp_path, ["Nos producteurs en 2026"], [], ["Nom", "Ville"], ["La Ferme", "Limours"]
    )
    file = open_rows(path)
    assert file.header == ["Nom", "Ville"]
    assert [(row.number, row.cells["Nom"]) for row in file.read()] == [(4, "La Ferme")]


@pytest.mark.django_db
def test_the_first_visible_sheet_with_cells_is_read_and_the_others_are_named(tmp_path, categories):
    path = write_xlsx(tmp_path, Liste=[["nom", "cp"], ["A", "78120"]], Notes=[["à voir"]])
    workbook = load_workbook(path)
    workbook.create_sheet("Cachée", 0).append(["nom"])
    workbook["Cachée"].sheet_state = "hidden"
    workbook.save(path)
    run = run_import(path)
    assert run.summary["created"] == 1
    assert "seule la feuille « Liste » est lue" in run.err
    assert "laissées de côté : « Fiches », « Notes »" in run.err
    assert "Cachée" not in run.err


def test_cells_merged_downwards_hold_for_each_row(tmp_path):
    path = write_xlsx(
        tmp_path,
        ["Ville", "Nom"],
        ["Limours", "A"],
        [None, "B"],
        [None, "C"],
        ["", "D"],
        [None, None],
    )
    workbook = load_workbook(path)
    workbook.active.merge_cells("A2:A4")
    workbook.save(path)
    towns = [row["Ville"] for row in rows_of(path)]
    assert towns == ["Limours", "Limours", "Limours", ""]


def test_shared_and_rich_texts_and_escapes_are_read(tmp_path):
    strings = (
        f'<x:sst xmlns:x="{MAIN}"><x:si><x:r><x:t>Chez </x:t></x:r><x:r><x:t>Jo</x:t></x:r>'
        "<x:rPh><x:t>ja</x:t></x:rPh></x:si><x:si><x:t>a_x000D_b_x005F_x0041_</x:t></x:si></x:sst>"
    )
    cells = '<c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c>'
    path = zipped(tmp_path, parts(sheet_xml(["nom", "b", "c"], cells), strings))
    assert rows_of(path) == [{"nom": "Chez Jo", "b": "", "c": "a\rb_x0041_"}]


@pytest.mark.django_db
def test_an_unreadable_cell_fails_its_row_and_the_others_go_in(tmp_path, categories):
    bad = '<c t="inlineStr"><is><t>B</t></is></c><c t="s"><v>7</v></c>'
    worse = '<c t="inlineStr"><is><t>C</t></is></c><c><v>NaN</v></c>'
    worst = '<c t="inlineStr"><is><t>D</t></is></c><c t="s"><v>-1</v></c>'
    path = zipped(tmp_path, parts(sheet_xml(["nom", "cp"], bad, ["A", "78120"], worse, worst)))
    run = run_import(path)
    assert (run.summary["created"], run.summary["failed"], run.code) == (1, 3, 2)
    assert "ligne 2 : une cellule est illisible" in run.err


@pytest.mark.django_db
def test_columns_can_be_named_in_a_file(tmp_path, categories):
    path = write_xlsx(tmp_path, ["quoi", "x1"], ["Miel Bleu", 78120])
    with pytest.raises(CommandError, match="Pas de colonne pour le nom"):
        run_import(path)
    mapping = tmp_path / "colonnes.toml"
    mapping.write_text('name = "quoi"\npostal_code = "x1"\n')
    run_import(path, columns=mapping)
    assert Listing.objects.get().postal_code == "78120"


@pytest.mark.django_db
def test_the_content_decides_and_not_the_name(tmp_path, categories):
    table = [["nom", "cp"], ["A", "78120"]]
    assert run_import(write_xlsx(tmp_path, *table, name="a.csv")).summary["created"] == 1
    text = tmp_path / "b.xlsx"
    text.write_text("nom;cp\nB;78120\n")
    assert run_import(text).summary["created"] == 1
