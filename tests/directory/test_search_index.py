"""The index follows listings, categories, tags and markets, and holds nothing hidden."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Listing, MarketStand
from directory.search.indexing import KIND, index_listings
from home import search
from home.models import ContentVersion, SearchEntry, SearchWord, Tag
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def found(question):
    """The names of what holds all the words."""
    answer = search.find(KIND, question)
    return [] if answer.partial else [one.name for one in Listing.objects.search(answer)]


@pytest.mark.parametrize("hidden", [{"hide_address": True}, {"visits": "aucune"}, {}])
def test_no_street_and_no_point_is_in_the_index(hidden):
    factories.listing(street="3 rue Canariensis", lat=48.123456, lng=1.654321, **hidden)

    words = " ".join(SearchWord.objects.values_list("folded", flat=True))
    texts = " ".join(" ".join(pair) for pair in SearchEntry.objects.values_list("title", "body"))
    for secret in ("canariens", "123456", "654321"):
        assert secret not in words
        assert secret not in texts


def test_new_synonyms_of_a_category_are_found_at_once():
    factories.listing("Crémerie des Halles", category="cremerie")
    assert found("tommette") == []
    before = ContentVersion.current()

    category = factories.category("cremerie")
    category.synonyms += ", tommettes"
    category.save()

    assert found("tommette") == ["Crémerie des Halles"]
    assert ContentVersion.current() > before


def test_new_synonyms_of_a_tag_are_found_at_once():
    factories.listing("Le Pressoir", products=["jus de pomme"])
    tag = Tag.objects.get(name="jus de pomme")
    tag.synonyms = "nectar"
    tag.save()

    assert found("nectar") == ["Le Pressoir"]


def test_who_stands_at_a_market_is_found_by_its_name_while_it_is_published():
    market = factories.listing("Marché du Miroir", kind="marche", commune="Houdan")
    stall = factories.listing("Rucher de Paul", commune="Limours")
    MarketStand.objects.create(listing=stall, market=market)
    stall.save()
    assert "Rucher de Paul" in found("miroir")
    assert "Rucher de Paul" in found("rucher houdan")

    market.unpublish()
    assert found("miroir") == []


def test_listings_deleted_in_bulk_leave_the_index():
    factories.listing("Cycles Pasquier")
    before = ContentVersion.current()

    Listing.objects.all().delete()

    assert not SearchEntry.objects.exists()
    assert ContentVersion.current() > before


def test_rebuilding_mends_whatever_went_by(capsys):
    kept = factories.listing("Cycles Pasquier")
    SearchEntry.objects.filter(object_id=kept.pk).update(title="tout autre")
    search.index(KIND, [search.Entry(10_000, ["fantôme"])])

    call_command("rebuild_search")

    assert found("pasquier") == ["Cycles Pasquier"]
    assert found("fantôme") == []
    assert not SearchWord.objects.filter(folded="fantome").exists()
    said = capsys.readouterr().out
    assert "entrées sans fiche retirées : 1" in said and "mots hors d’usage oubliés : 1" in said


def test_indexing_many_takes_as_many_queries_as_indexing_two():
    def queries(count):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            index_listings(Listing.objects.order_by("pk")[:count])
        return len(captured)

    for _ in range(20):
        factories.listing(
            category="cremerie", products=["beurre"], tags=["mis78"], commune="Houdan"
        )
    assert queries(20) == queries(2) <= 14


@pytest.mark.parametrize("rows", [10, 300])
def test_searching_takes_the_same_few_queries(rows, django_assert_max_num_queries):
    search.index(KIND, [search.Entry(n, [f"miel ruche{n}"]) for n in range(rows)])
    search.index("other", [search.Entry(1, ["houblon"])])
    with django_assert_max_num_queries(2):
        search.find(KIND, "miel ruche3")
    with django_assert_max_num_queries(4):
        search.find(KIND, "ruche3 miell")
    with django_assert_max_num_queries(6):
        search.find(KIND, "ruche3 houblon " + " ".join(f"tambours{n}x" for n in range(20)))
