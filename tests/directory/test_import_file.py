"""A town's file becomes listings, every row accounted for."""

import os
from collections import Counter
from pathlib import Path

import pytest

from directory.models import Listing, ListingSource
from home.models import ContentVersion, SearchEntry
from tests import factories
from tests.directory.importing import DATA, run_import

pytestmark = pytest.mark.django_db
COLUMNS = ("created", "updated", "unchanged", "merged", "failed")


@pytest.fixture
def communes():
    for name in ("Rambouillet", "Dourdan", "Houdan"):
        factories.commune(name)


@pytest.fixture
def town(categories, communes):
    return run_import(DATA / "commerces.csv")


def listing(name):
    return Listing.objects.get(name=name)


def test_every_row_is_accounted_for(town):
    assert town.out.strip() == ("rows=20 created=17 updated=0 unchanged=0 merged=2 failed=1")
    assert town.code == 2
    assert "ligne 19 : pas de nom" in town.err


def test_a_second_import_changes_nothing(town):
    before = list(Listing.objects.order_by("pk").values())
    again = run_import(DATA / "commerces.csv")
    assert again.summary["unchanged"] == 19
    assert list(Listing.objects.order_by("pk").values()) == before
    assert ListingSource.objects.count() == 19


def test_capitals_become_names_and_streets(town):
    shop = listing("Fromagerie Grivot")
    assert shop.street == "23 bis avenue de la Gare"
    assert shop.slug == "fromagerie-grivot"
    assert listing("RTV")
    assert listing("lidole")


def test_categories_are_found_by_the_words_of_other_directories(town):
    found = {shop.name: shop.category and shop.category.slug for shop in Listing.objects.all()}
    assert found["Fromagerie Grivot"] == "cremerie"
    assert found["Le Fournil d'Anne"] == "boulangerie"
    assert found["Grains en Vrac"] == "epicerie"
    assert found["Cave des Trois Coqs"] == "caviste"
    assert found["Pharmacie de l'Europe"] is None
    assert "catégorie inconnue « Pharmacies et parapharmacies » : 1 ligne, sans métier" in town.err


def test_the_kind_follows_the_category(town):
    kinds = {shop.name: shop.kind for shop in Listing.objects.all()}
    assert kinds["Le Fournil d'Anne"] == "commerce"
    assert kinds["O'Burger"] == "table"
    assert kinds["RTV"] == "service"
    assert kinds["Blanche Teinture"] == "service"


def test_two_rows_of_one_shop_are_one_listing_with_two_sources(town):
    shop = listing("Grains en Vrac")
    assert shop.sources.count() == 2
    butcher = listing("Boucherie du Parc")
    assert [category.slug for category in butcher.more_categories.all()] == ["restaurant"]
    assert Listing.objects.filter(name="O'Burger").count() == 2


def test_web_addresses_are_repaired_or_left_out(town):
    assert listing("Boucherie du Parc").website == "https://www.boucherie-du-parc.example"
    assert Listing.objects.get(name="O'Burger", postal_code="91410").website == (
        "http://a.example.org"
    )
    assert listing("Blanche Teinture").website == ""
    assert "ligne 21 : adresse internet illisible" in town.err
    assert "ligne 9 : adresse internet illisible" in town.err


def test_impossible_points_are_left_out_and_swapped_ones_put_right(town):
    assert (listing("Le Rayon Bleu").lat, listing("Le Rayon Bleu").lng) == (48.5301, 2.012)
    cave = listing("Cave des Trois Coqs")
    assert cave.lat is None
    assert (cave.commune.insee, cave.public_lat) == ("75107", cave.commune.lat)
    assert listing("Blanche Teinture").lat is None


def test_postal_codes_find_their_commune(town):
    assert listing("Sébastien & Fils").postal_code == "78550"
    assert listing("Marée de l'Ouest").postal_code == "78120"
    assert "78517 est un code INSEE" in town.err
    assert listing("lidole").commune.name == "Houdan"
    assert "ligne 20 : plusieurs communes pour « 78120 » : précisez la ville" in town.err


def test_imported_listings_can_be_found_and_pages_are_renewed(categories, communes):
    before = ContentVersion.current()
    run_import(DATA / "commerces.csv")
    assert ContentVersion.current() > before
    assert SearchEntry.objects.filter(kind="listing").count() == Listing.objects.count() == 17


def test_drafts_are_not_published(categories, communes):
    run_import(DATA / "commerces.csv", draft=True)
    assert not Listing.objects.public().exists()
    assert Listing.objects.filter(has_unpublished_changes=True).count() == 17
    assert not SearchEntry.objects.filter(kind="listing").exists()


def test_a_dry_run_says_what_would_happen_and_writes_nothing(categories, communes):
    version = ContentVersion.current()
    dry = run_import(DATA / "commerces.csv", dry_run=True)
    assert "+ Fromagerie Grivot" in dry.out
    assert "= grains en vrac : même fiche que « Grains en Vrac »" in dry.out
    assert not Listing.objects.exists()
    assert ContentVersion.current() == version
    assert dry.summary == run_import(DATA / "commerces.csv").summary


def test_an_import_takes_few_queries(categories, communes, django_assert_max_num_queries):
    with django_assert_max_num_queries(80):
        run_import(DATA / "commerces.csv")
    with django_assert_max_num_queries(20):
        run_import(DATA / "commerces.csv")


def test_the_published_file_of_a_city(categories):
    folder = Path(os.environ.get("REAL_DATA", "/nonexistent"))
    if not (folder / "commerces-paris-2020.csv").exists():
        pytest.skip("REAL_DATA names no folder with commerces-paris-2020.csv")
    first = run_import(folder / "commerces-paris-2020.csv", "paris-2020", "ODbL")
    counts = Counter({name: first.summary[name] for name in COLUMNS})
    assert counts.total() == first.summary["rows"] == 460
    assert (first.summary["failed"], first.summary["merged"], first.code) == (0, 11, 0)
    assert Listing.objects.count() == 449
    assert not Listing.objects.filter(lat=None).exists()
    second = run_import(folder / "commerces-paris-2020.csv", "paris-2020", "ODbL")
    assert second.out.strip().endswith(
        "rows=460 created=0 updated=0 unchanged=460 merged=0 failed=0"
    )
