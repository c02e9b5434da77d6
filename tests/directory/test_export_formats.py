"""The workbook that an export is, and the linked data that it can be published as."""

import json
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from directory.exporting import export_xlsx
from directory.exporting.workbook import escaped
from directory.importing.xlsx_package import plain_text
from directory.models import Listing, ListingSource
from tests import factories
from tests.directory.importing import export

pytestmark = pytest.mark.django_db


def workbook_bytes():
    """An export of everything."""
    out = BytesIO()
    export_xlsx(Listing.objects.all(), out)
    return out.getvalue()


def sheet():
    """The sheet of an export, as a spreadsheet opens it."""
    return load_workbook(BytesIO(workbook_bytes())).active


def test_a_workbook_is_the_same_for_the_same_listings(categories):
    factories.listing("La Ferme")
    assert workbook_bytes() == workbook_bytes()


def test_a_spreadsheet_opens_it_with_texts_numbers_and_a_fixed_header(categories):
    factories.listing("Zèbre")
    factories.listing("=SOMME(A1)", postal_code="01000", phone="+33 1", lat=48.1, lng=-1.5)
    found = sheet()
    header = [cell.value for cell in found[1]]
    cells = dict(zip(header, found[2], strict=True))
    assert cells["name"].value == "'=SOMME(A1)"
    assert cells["phone"].value == "'+33 1"
    assert (cells["postal_code"].value, cells["postal_code"].number_format) == ("01000", "@")
    assert (cells["lat"].value, cells["lng"].value) == (48.1, -1.5)
    assert [cell.value for cell in found[3]][:2] == ["zebre", "Zèbre"]
    assert {type(cell.value) for row in found for cell in row} == {str, float, type(None)}
    assert found.freeze_panes == "B2"
    assert found.column_dimensions["B"].width > 20
    assert found["A1"].font.bold


def test_an_empty_directory_gives_a_workbook_with_a_header():
    assert [cell.value for cell in sheet()[1]][:2] == ["slug", "name"]


@given(st.text(alphabet=st.sampled_from("_x000dD5Fa\r\n\t\x01\x1f é\ufffe"), max_size=20))
def test_what_xml_cannot_hold_is_escaped_and_comes_back(text):
    assert plain_text(escaped(text)) == text


def test_a_workbook_is_nothing_for_a_terminal(categories):
    with pytest.raises(CommandError, match="--out"):
        export("xlsx")
    with pytest.raises(CommandError, match="--format csv"):
        export("jsonld", spreadsheet=True)


def test_linked_data_has_what_the_pages_say_and_under_which_licence(categories):
    farm = factories.listing(
        "La Ferme <b>",
        category="oeufs",
        products=["œufs"],
        hours="Sa 08:00-12:00",
        lat=48.5,
        lng=1.5,
    )
    for source, number in (("OpenStreetMap", "node/7"), ("mairie", "clef:abc")):
        ListingSource.objects.create(
            listing=farm,
            source=source,
            source_id=number,
            licence="ODbL-1.0",
            retrieved_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
    document = json.loads(export("jsonld"))
    directory, node = document["@graph"]
    assert document["@context"] == "https://schema.org"
    assert (directory["@type"], directory["license"]) == (
        "Dataset", "https://spdx.org/licenses/ODbL-1.0.html",
    )  # fmt: skip
    assert (node["@type"], node["name"]) == ("GroceryStore", "La Ferme <b>")
    assert node["@id"] == settings.SITE_URL + farm.get_absolute_url()
    assert node["geo"]["latitude"] == 48.5
    assert node["openingHoursSpecification"][0]["opens"] == "08:00"
    osm, town = node["subjectOf"]["isBasedOn"]
    assert (osm["identifier"], osm["creditText"]) == (
        "node/7", "© les contributeurs d’OpenStreetMap",
    )  # fmt: skip
    assert town == {
        "@type": "Dataset",
        "name": "mairie",
        "license": "https://spdx.org/licenses/ODbL-1.0.html",
        "dateModified": "2026-01-02T00:00:00+00:00",
    }
    assert node["subjectOf"]["isPartOf"]["@id"] == directory["@id"]


def test_linked_data_of_an_empty_directory_is_valid():
    assert len(json.loads(export("jsonld"))["@graph"]) == 1


@pytest.mark.parametrize("format", ["jsonld", "xlsx"])
def test_ten_listings_take_as_many_queries_as_one(
    categories, tmp_path, django_assert_max_num_queries, format
):
    for number in range(10):
        factories.listing(f"Ferme {number}", products=["miel"], category="apiculteur")
    with django_assert_max_num_queries(12):
        call_command("export_listings", format=format, out=tmp_path / "x", stdout=StringIO())
