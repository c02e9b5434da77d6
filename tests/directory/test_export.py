"""The directory leaves as it came: whole, in order, and without what is hidden."""

import csv
import json
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from directory.exporting import export_csv
from directory.exporting.cells import with_prefix, without_prefix
from directory.importing.chunk import Chunk
from directory.models import (
    FormerSlug,
    HoursException,
    Listing,
    ListingLink,
    ListingPhoto,
    ListingSource,
    MarketStand,
)
from home.models import Photo
from tests import factories
from tests.directory.importing import export, export_text, run_import

FORMATS = ["csv", "geojson"]


def photo():
    """A picture in the site's library."""
    data = BytesIO()
    Image.new("RGB", (40, 30), "olive").save(data, "PNG")
    return Photo.objects.create(
        title="Étal", file=ContentFile(data.getvalue(), "etal.png"), credit="Jo", licence="CC0-1.0"
    )


@pytest.fixture
def rich(categories):
    """Listings with everything that a listing can have, and awkward texts."""
    market = factories.listing("Marché de Rambouillet", kind="marche", category="marche")
    house = factories.listing("Zèbre & Cie", category="cremerie", payment=["especes", "carte"])
    full = factories.listing(
        "L’Œuf « à la coque » ; =SOMME(A1)",
        category="oeufs",
        kind="producteur",
        products=["œufs", "chèvre, frais"],
        tags=["noël", "bio; local"],
        summary="-10 % le lundi",
        description='Premier "paragraphe".\n\nDeuxième,\tavec « tout »;\r\n@suite',
        street="3 bis, rue du Puits",
        postal_code="78120",
        lat=48.644412345678901,
        lng=-1.8,
        phone="+33 1",
        email="a@example.org",
        website="https://example.org/?a=1&b=2",
        hours="Sa 08:00-12:30",
        hours_note="  sonner fort ",
        season_note="d’avril à juin",
        trading_state="ferme-temporairement",
        trading_note="travaux",
        verified_on=date(2026, 5, 4),
        verified_by="Odile",
        itinerant=True,
        parent=house,
    )
    full.more_categories = [factories.category("volailler"), factories.category("apiculteur")]
    full.serves = [factories.commune("Dourdan"), factories.commune("Houdan")]
    full.links = [ListingLink(label="Réseau", url="https://social.example/@œuf")]
    full.exceptions = [
        HoursException(start=date(2026, 8, 1), end=date(2026, 8, 31), note="congés"),
        HoursException(start=date(2026, 12, 24), end=date(2026, 12, 24), hours="08:00-20:00"),
    ]
    full.stands = [
        MarketStand(market=market, hours="Sa 08:00-12:00"),
        MarketStand(place="Gare", note="quai 1"),
    ]
    full.photos = [ListingPhoto(photo=photo())]
    full.save()
    for number, source in enumerate(["osm", "mairie"]):
        ListingSource.objects.create(
            listing=full,
            source=source,
            source_id=f"n/{number}",
            licence="ODbL-1.0",
            retrieved_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
            missing_since=datetime(2026, 2, 2, tzinfo=UTC) if number else None,
        )
    FormerSlug.objects.create(slug="l-ancien-nom", listing=full)
    factories.listing("Jumelle", lat=48.6, lng=1.9, postal_code="78120")
    factories.listing("Jumelle", lat=48.6, lng=1.9, postal_code="78120")
    factories.listing("Sans commune", commune=None)
    hidden()
    return full


def hidden(name="Chez Soi", **fields):
    """Somebody whose address nobody shall learn."""
    return factories.listing(
        name,
        **{
            "hide_address": True,
            "street": "77 impasse du Canari",
            "postal_code": "78120",
            "lat": 48.612345,
            "lng": 1.867891,
        }
        | fields,
    )


def empty_site():
    """No listing is left; categories, communes and pictures are."""
    FormerSlug.objects.all().delete()
    Listing.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("format", "spreadsheet"),
    [("csv", False), ("csv", True), ("geojson", False), ("xlsx", False)],
)
def test_export_import_export_is_equal_byte_for_byte(rich, tmp_path, format, spreadsheet):
    options = {"spreadsheet": True} if spreadsheet else {}
    path = tmp_path / f"export.{format}"
    call_command("export_listings", format=format, out=path, stdout=StringIO(), **options)
    first, archive = path.read_bytes(), export("csv")
    empty_site()

    run = run_import(path, "ailleurs", "CC0")

    assert (run.summary["created"], run.code) == (7, 0), run.err
    call_command("export_listings", format=format, out=path, stdout=StringIO(), **options)
    assert path.read_bytes() == first
    assert export("csv") == archive
    again = run_import(path, "ailleurs", "CC0")
    assert again.summary["unchanged"] == 7
    assert "conflit" not in again.err
    assert not ListingSource.objects.filter(source="ailleurs").exists()


@pytest.mark.django_db
def test_what_was_joined_is_joined_again(rich, tmp_path):
    path = tmp_path / "export.csv"
    call_command("export_listings", format="csv", out=path, stdout=StringIO())
    empty_site()
    run_import(path)
    full = Listing.objects.get(slug=rich.slug)
    assert full.parent.name == "Zèbre & Cie"
    assert [str(stand) for stand in full.stands.all()] == ["Marché de Rambouillet", "Gare"]
    assert full.snapshot["stands"][0]["place"] == "Marché de Rambouillet"
    assert full.former_slugs.get().slug == "l-ancien-nom"


@pytest.mark.django_db
def test_what_was_joined_is_joined_although_a_chunk_was_tried_twice(rich, tmp_path, monkeypatch):
    path = tmp_path / "export.csv"
    call_command("export_listings", format="csv", out=path, stdout=StringIO())
    empty_site()
    calls, real = [], Chunk.write_sources

    def write_sources(chunk):
        calls.append(chunk)
        if len(calls) == 1:
            raise IntegrityError("listing_source_once")
        real(chunk)

    monkeypatch.setattr(Chunk, "write_sources", write_sources)
    run_import(path)

    full = Listing.objects.get(slug=rich.slug)
    assert full.parent.name == "Zèbre & Cie"
    assert full.snapshot["stands"][0]["place"] == "Marché de Rambouillet"


@pytest.mark.django_db
@pytest.mark.parametrize("format", [*FORMATS, "jsonld", "xlsx"])
@pytest.mark.parametrize("hiding", [{"hide_address": True}, {"visits": "aucune"}])
def test_a_hidden_address_is_in_no_byte(categories, tmp_path, format, hiding):
    listing = hidden(**({"hide_address": False} | hiding))
    ListingSource.objects.create(
        listing=listing,
        source="mairie",
        source_id="clef:0123456789abcdef",
        imported_values={"street": listing.street, "point": [listing.lat, listing.lng]},
        licence="CC0-1.0",
        retrieved_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    text = export_text(format, tmp_path)
    assert "Chez Soi" in text
    for secret in ("Canari", "48.612345", "1.867891", "0123456789abcdef"):
        assert secret not in text


@pytest.mark.django_db
@pytest.mark.parametrize("format", [*FORMATS, "jsonld", "xlsx"])
def test_drafts_and_what_names_them_are_not_exported(categories, tmp_path, format):
    draft = factories.listing("Brouillon", live=False)
    shown = factories.listing("Publiée", parent=draft)
    shown.stands = [MarketStand(market=draft, hours="Sa 08:00-12:00")]
    shown.save()
    text = export_text(format, tmp_path)
    assert "publiee" in text
    assert "rouillon" not in text


@pytest.mark.django_db
def test_an_edited_export_fills_what_is_empty_and_names_the_rest(categories, tmp_path):
    factories.listing("La Ferme", phone="01 30 00 00 01", postal_code="78120")
    rows = list(csv.DictReader(StringIO(export("csv"))))
    rows[0] |= {"phone": "01 30 00 00 02", "email": "a@example.org", "products": "miel, cire"}
    path = tmp_path / "retouche.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    run = run_import(path)
    listing = Listing.objects.get()
    assert (listing.phone, listing.email) == ("01 30 00 00 01", "a@example.org")
    assert sorted(tag.name for tag in listing.products.all()) == ["cire", "miel"]
    assert (run.summary["updated"], run.summary["conflicts"]) == (1, 1)


@pytest.mark.django_db
def test_the_same_slug_on_another_site_may_be_another_shop(categories, tmp_path):
    factories.listing("Le Fournil", slug="fournil", lat=48.1, lng=1.1, postal_code="78120")
    path = tmp_path / "export.csv"
    call_command("export_listings", format="csv", out=path, stdout=StringIO())
    empty_site()
    factories.listing("Fournil du Haut", slug="fournil", lat=48.9, lng=1.9, postal_code="78550")
    assert run_import(path).summary["created"] == 1
    assert Listing.objects.get(name="Le Fournil").slug == "le-fournil"
    assert run_import(path).summary["unchanged"] == 1
    assert Listing.objects.count() == 2


@pytest.mark.django_db
def test_a_file_appears_whole_or_not_at_all(categories, tmp_path, monkeypatch):
    factories.listing()
    path = tmp_path / "export.csv"
    path.write_text("avant")
    with monkeypatch.context() as patch:
        patch.setattr("directory.exporting.files.export_rows", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("export_listings", format="csv", out=path)
    assert path.read_text() == "avant"
    assert [file.name for file in tmp_path.iterdir()] == ["export.csv"]
    with pytest.raises(CommandError, match="Écriture impossible"):
        call_command("export_listings", format="csv", out=tmp_path / "absent" / "x.csv")


@pytest.mark.django_db
def test_an_admin_view_can_export_its_own_choice(categories):
    factories.listing("Une")
    factories.listing("Autre")
    out = StringIO()
    assert export_csv(Listing.objects.filter(name="Une"), out) == 1
    assert "Autre" not in out.getvalue()


@pytest.mark.django_db
def test_an_export_takes_as_many_queries_for_ten_as_for_one(
    categories, django_assert_max_num_queries
):
    for number in range(10):
        factories.listing(f"Ferme {number}", products=["miel"], category="apiculteur")
    with django_assert_max_num_queries(12):
        export("csv")


@pytest.mark.django_db
def test_geojson_has_points_where_they_are_public(categories):
    factories.listing("Vue", lat=48.5, lng=1.5)
    hidden()
    features = json.loads(export("geojson"))["features"]
    assert [feature["geometry"] for feature in features] == [
        None,
        {"type": "Point", "coordinates": [1.5, 48.5]},
    ]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "＝1", "'abc", "a=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_spreadsheet_reads_no_formula(text):
    cell = with_prefix(text)
    assert cell[:1] not in "=+-@\t\r＝＋－＠"
    assert without_prefix(cell) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\nab ＝"), max_size=8))
def test_the_prefix_is_always_taken_off_again(text):
    assert without_prefix(with_prefix(text)) == text


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(
    texts=st.lists(
        st.text(
            alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
            max_size=60,
        ),
        min_size=3,
        max_size=3,
    ),
    form=st.sampled_from([("csv", False), ("csv", True), ("geojson", False), ("xlsx", False)]),
)
@example(texts=["\x01" * 60] * 3, form=("csv", False))
def test_any_text_survives_the_round_trip(tmp_path_factory, texts, form):
    format, spreadsheet = form
    empty_site()
    description, street, note = texts
    Listing.objects.create(name="Témoin", description=description, street=street, hours_note=note)
    path = tmp_path_factory.getbasetemp() / f"tour.{format}"
    options = {"spreadsheet": True} if spreadsheet else {}
    call_command("export_listings", format=format, out=path, stdout=StringIO(), **options)
    empty_site()
    run_import(path)
    listing = Listing.objects.get()
    assert [listing.description, listing.street, listing.hours_note] == texts
