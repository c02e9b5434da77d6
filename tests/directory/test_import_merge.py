"""A new import takes what the source changed and keeps what a person typed."""

import pytest
from django.db import IntegrityError

from directory.importing import run
from directory.importing.chunk import Chunk
from directory.importing.keys import match_key
from directory.models import Listing, ListingSource, Tombstone
from tests import factories
from tests.directory.importing import run_import, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
HEADER = "id;nom;adresse;cp;categorie;telephone;site;produits;lat;lng"


@pytest.fixture(autouse=True)
def place():
    return factories.commune("Rambouillet")


def row(
    id="1",
    name="La Ferme",
    street="3 rue du Puits",
    category="Maraîcher",
    phone="0130000001",
    site="",
    products="miel",
    lat="48.6450",
    lng="1.8300",
):
    return f'{id};{name};{street};78120;{category};{phone};{site};"{products}";{lat};{lng}'


@pytest.fixture
def bring(tmp_path):
    """Import these rows as today's file of a source."""

    def bring(*rows, **options):
        return run_import(write_csv(tmp_path, HEADER, *rows), **options)

    return bring


def typed(**fields):
    """What somebody saves in the administration."""
    listing = Listing.objects.get()
    for name, value in fields.items():
        setattr(listing, name, value)
    listing.save()
    return listing


def test_what_the_source_changed_is_updated(bring):
    bring(row())
    again = bring(row(phone="0130000002", products="miel, cire", category="Apiculteur"))
    assert again.summary["updated"] == 1
    listing = Listing.objects.get()
    assert listing.phone == "01 30 00 00 02"
    assert sorted(tag.name for tag in listing.products.all()) == ["cire", "miel"]
    assert listing.snapshot["products"] == ["cire", "miel"]
    assert (listing.category.slug, listing.kind) == ("apiculteur", "producteur")
    assert (
        bring(row(phone="0130000002", products="miel, cire", category="Apiculteur")).summary[
            "unchanged"
        ]
        == 1
    )


def test_what_a_person_typed_stays_while_the_source_repeats_itself(bring):
    bring(row())
    typed(phone="06 00 00 00 00")
    again = bring(row())
    assert again.summary["unchanged"] == 1
    assert Listing.objects.get().phone == "06 00 00 00 00"


def test_when_both_changed_the_person_wins_and_the_conflict_is_named_once(bring):
    bring(row())
    typed(phone="06 00 00 00 00")
    again = bring(row(phone="0130000002"))
    assert Listing.objects.get().phone == "06 00 00 00 00"
    assert (again.summary["unchanged"], again.summary["conflicts"]) == (1, 1)
    assert "ligne 2 : conflit sur « La Ferme », téléphone" in again.err
    assert "conflit" not in bring(row(phone="0130000002")).err


def test_a_field_that_a_person_filled_is_kept(bring):
    bring(row(site=""))
    typed(website="https://ferme.example.org")
    bring(row(site="https://autre.example.org"))
    assert Listing.objects.get().website == "https://ferme.example.org"


def test_what_the_source_takes_back_is_taken_back_unless_typed(bring):
    bring(row(phone="0130000001", site="https://a.example.org"))
    typed(website="https://b.example.org")
    again = bring(row(phone="", site=""))
    listing = Listing.objects.get()
    assert (listing.phone, listing.website) == ("", "https://b.example.org")
    assert "conflicts" not in again.summary


def test_a_draft_keeps_what_was_typed_and_gets_what_was_not(bring):
    bring(row())
    listing = Listing.objects.get()
    draft = Listing.objects.get()
    draft.phone = "06 00 00 00 00"
    draft.save_revision()
    Listing.objects.filter(pk=listing.pk).update(phone="01 30 00 00 01")

    again = bring(row(phone="0130000002", site="https://ferme.example.org"))

    live = Listing.objects.get()
    assert (live.phone, live.website) == ("01 30 00 00 02", "https://ferme.example.org")
    draft = live.get_latest_revision_as_object()
    assert (draft.phone, draft.website) == ("06 00 00 00 00", "https://ferme.example.org")
    assert live.has_unpublished_changes
    assert again.summary["conflicts"] == 1


def test_publishing_an_old_revision_does_not_undo_an_import(bring):
    bring(row())
    Listing.objects.get().save_revision().publish()
    bring(row(phone="0130000002", products="cire"))
    listing = Listing.objects.get()
    assert not listing.has_unpublished_changes
    listing.get_latest_revision().publish()
    listing = Listing.objects.get()
    assert listing.phone == "01 30 00 00 02"
    assert [tag.name for tag in listing.products.all()] == ["cire"]


def test_another_source_fills_only_what_is_empty(bring):
    bring(row(phone="0130000001", site=""))
    other = bring(
        row("x9", "LA FERME", phone="0139999999", site="https://f.example.org", lat="48.6452"),
        source="osm",
        licence="ODbL",
    )
    assert (other.summary["merged"], other.summary["created"]) == (1, 0)
    listing = Listing.objects.get()
    assert (listing.phone, listing.website) == ("01 30 00 00 01", "https://f.example.org")
    assert {source.licence for source in listing.sources.all()} == {"etalab-2.0", "ODbL-1.0"}
    assert bring(row()).summary["unchanged"] == 1


def test_a_listing_that_somebody_typed_is_recognised(bring):
    factories.listing("La Ferme", lat=48.6450, lng=1.8300, phone="06 00 00 00 00")
    assert bring(row()).summary["merged"] == 1
    assert Listing.objects.get().phone == "06 00 00 00 00"


def test_a_hidden_address_is_not_published_again_by_another_file(bring):
    factories.listing("La Ferme", lat=None, lng=None, postal_code="78120", hide_address=True)
    bring(row())
    listing = Listing.objects.get()
    assert listing.public_street == ""
    assert listing.public_lat == listing.commune.lat


def test_far_ones_of_one_name_stay_two(bring):
    run = bring(row("1"), row("2", street="9 rue Haute", lat="48.6550"))
    assert run.summary["created"] == 2
    assert sorted(Listing.objects.values_list("slug", flat=True)) == [
        "la-ferme",
        "la-ferme-rambouillet",
    ]


def test_merged_rows_stay_merged(bring):
    rows = row("1"), row("2", name="LA FERME", phone="0130000009")
    assert bring(*rows).summary["merged"] == 1
    again = bring(*rows)
    assert (again.summary["unchanged"], Listing.objects.count()) == (2, 1)
    changed = bring(rows[0], row("2", name="LA FERME", phone="0130000010"))
    assert "conflicts" not in changed.summary
    assert Listing.objects.get().phone == "01 30 00 00 01"


@pytest.mark.parametrize(
    "tombstone",
    [
        {"source_ids": [["mairie", "1"]]},
        {"match_key": match_key("La Ferme", "78120")},
    ],
)
def test_what_was_removed_on_request_does_not_come_back(bring, tombstone):
    Tombstone.objects.create(slug="la-ferme", **tombstone)
    run = bring(row())
    assert not Listing.objects.exists()
    assert run.summary["removed"] == run.summary["rows"] == 1
    assert "« La Ferme » a été retirée" in run.err


def test_rows_that_vanish_are_reported_kept_and_may_return(bring):
    bring(row("1"), row("2", "Le Verger", "9 rue Haute"))
    gone = bring(row("1"))
    assert gone.summary["missing"] == 1
    assert "absente du fichier : Le Verger (2)" in gone.err
    assert ListingSource.objects.get(source_id="2").missing_since
    assert Listing.objects.public().count() == 2
    assert "missing" not in bring(row("1")).summary
    back = bring(row("1"), row("2", "Le Verger", "9 rue Haute"))
    assert back.summary["returned"] == 1
    assert not ListingSource.objects.exclude(missing_since=None).exists()


def test_a_dry_run_shows_changes_conflicts_and_what_vanished(bring):
    bring(row("1"), row("2", "Le Verger", "9 rue Haute"))
    Listing.objects.filter(name="La Ferme").update(phone="06 00 00 00 00")
    dry = bring(row("1", phone="0130000002", site="https://f.example.org"), dry_run=True)
    assert "~ La Ferme : site internet : rien → « https://f.example.org »" in dry.out
    assert "conflit sur « La Ferme », téléphone : la fiche garde « 06 00 00 00 00 »" in dry.err
    assert "absente du fichier : Le Verger" in dry.err
    assert Listing.objects.get(name="La Ferme").website == ""
    assert not ListingSource.objects.exclude(missing_since=None).exists()


def test_rows_without_identifier_are_known_again(tmp_path):
    path = write_csv(
        tmp_path,
        "nom;adresse;cp",
        "La Ferme;3 rue du Puits;78120",
        "Le Verger;Rue Haute;78120",
        "Le Verger;Rue Haute;78120",
    )
    assert run_import(path).summary["created"] == 2
    again = run_import(path)
    assert (again.summary["unchanged"], Listing.objects.count()) == (3, 2)
    write_csv(
        tmp_path,
        "nom;adresse;cp",
        "LA FERME;3, Rue du Puits;78120",
        "Le Verger;Rue Haute;78120",
        "Le Verger;Rue Haute;78120",
    )
    run_import(path)
    assert Listing.objects.count() == 2


def test_an_identifier_that_comes_twice_is_named(bring):
    run = bring(row("1"), row("1", "Autre", "9 rue Haute"))
    assert (run.summary["failed"], run.code) == (1, 2)
    assert "ligne 3 : l’identifiant « 1 » est déjà dans le fichier" in run.err


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_an_import_that_breaks_off_goes_on_where_it_stopped(bring, monkeypatch, stop):
    monkeypatch.setattr(run, "CHUNK", 3)
    rows = [row(str(n), f"Ferme {n}", f"{n} rue Haute", lat=f"48.6{n}") for n in range(9)]
    rows.append(row("9", "FERME 1", "1 rue Haute", lat="48.61"))
    real, calls = Chunk.write_sources, []

    def write_sources(chunk):
        calls.append(chunk)
        real(chunk)
        if len(calls) > stop:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Chunk, "write_sources", write_sources)
        bring(*rows)

    assert ListingSource.objects.count() == stop * 3
    again = bring(*rows)
    assert again.summary["unchanged"] == stop * 3
    assert (Listing.objects.count(), ListingSource.objects.count()) == (9, 10)


def test_rows_that_another_import_has_just_written_are_taken_as_known(bring, monkeypatch):
    real, calls = Chunk.write_sources, []

    def write_sources(chunk):
        calls.append(chunk)
        if len(calls) == 1:
            raise IntegrityError("listing_source_once")
        real(chunk)

    monkeypatch.setattr(Chunk, "write_sources", write_sources)
    assert bring(row()).summary["created"] == 1
    assert (Listing.objects.count(), ListingSource.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_of_changed_rows_needs_no_transaction(bring):
    bring(row())
    dry = bring(row(phone="0130000002"), dry_run=True)
    assert dry.summary["updated"] == 1
