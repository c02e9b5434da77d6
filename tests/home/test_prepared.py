"""Queries that are written once, and what is kept per content version."""

from datetime import date

import pytest

from directory.models import HoursException, Listing
from home import versions
from home.models import ContentVersion
from home.prepared import Prepared
from home.versions import ask_again, remembered_by
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_prepared_query_answers_for_the_values_of_each_call():
    near, far = factories.listing("Près"), factories.listing("Loin", lat=48.9, lng=1.5)
    between = Prepared(
        lambda south, north: Listing.objects.filter(lat__range=(south, north)).values_list("pk")
    )
    assert between.rows(48.6, 48.7) == [(near.pk,)]
    assert between.rows(48.8, 49.0) == [(far.pk,)]
    assert between.rows(50.0, 51.0) == []


def test_numbers_texts_days_and_nothing_reach_the_query():
    listing = factories.listing("Ferme")
    HoursException.objects.create(listing=listing, start="2026-11-21", end="2026-11-22")
    on = Prepared(
        lambda pk, slug, day: HoursException.objects.filter(
            listing_id=pk, listing__slug=slug, start__lte=day, end__gte=day
        )
    )
    assert [one.listing_id for one in on.models(listing.pk, "ferme", date(2026, 11, 22))]
    assert on.models(listing.pk, "ferme", date(2026, 11, 23)) == []
    assert on.models(listing.pk, "autre", date(2026, 11, 22)) == []


def test_any_number_of_values_is_asked_for():
    made = {factories.listing().pk for _ in range(5)}
    those = Prepared(lambda *pks: Listing.objects.filter(pk__in=pks).values_list("pk"))
    assert {pk for (pk,) in those.rows(*made)} == made
    assert len(those.rows(min(made), max(made))) == 2


def test_a_query_that_depends_on_its_values_otherwise_is_refused():
    halved = Prepared(lambda lat: Listing.objects.filter(lat__gte=lat / 2))
    with pytest.raises(ValueError, match="reach the SQL"):
        halved.rows(48.6)


def test_models_have_the_values_of_their_kind():
    factories.listing("Ferme", payment=["especes"], products=["lait"])
    by_slug = Prepared(lambda slug: Listing.objects.public().filter(slug=slug))
    [found] = by_slug.models("ferme")
    assert found == Listing.objects.get(slug="ferme")
    assert (found.live, found.payment, found.snapshot["products"]) == (True, ["especes"], ["lait"])
    assert found.updated_at == Listing.objects.get(slug="ferme").updated_at


def test_what_is_kept_of_many_keys_goes_with_the_version():
    assert remembered_by("pain", "trial", lambda: "un") == "un"
    assert remembered_by("pain", "trial", lambda: "deux") == "un"
    assert remembered_by("lait", "trial", lambda: "trois") == "trois"
    ContentVersion.bump()
    ask_again()
    assert remembered_by("pain", "trial", lambda: "deux") == "deux"


def test_no_more_than_so_many_keys_are_kept():
    for number in range(3 * versions.MOST_OF_A_NAME):
        remembered_by(number, "trial", lambda: "x")
    assert len(versions.remembered("trial", dict)) <= versions.MOST_OF_A_NAME
