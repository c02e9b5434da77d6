"""What was checked of a listing is said by somebody else than who looks after it."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import ModelLogEntry

from directory.models import ListingManager
from directory.moderation.own_case import ALONE
from label.models import Fact
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import member

pytestmark = pytest.mark.django_db
LIST = "/gestion/label/faits/"


def checker(email="monique@example.org"):
    """A volunteer who notes facts."""
    user = cast.volunteer(email)
    user.user_permissions.set(Permission.objects.filter(content_type__model="fact"))
    return user


@pytest.fixture
def monique():
    """Who manages a listing herself."""
    return checker()


@pytest.fixture
def own(monique):
    """Her listing."""
    listing = factories.listing("Chez Monique")
    ListingManager.objects.create(user=monique, listing=listing)
    return listing


def note(client, **about):
    """Send the form."""
    said = {"listing": "", "membership": "", "kind": "visite", "on": "2026-05-01", "detail": ""}
    said |= {name: thing.pk for name, thing in about.items()}
    return client.post(f"{LIST}add/", said)


def test_one_notes_nothing_of_ones_own_listing(monique, own):
    checker("odile@example.org")
    answer = note(client_of(monique), listing=own)
    assert "quelqu’un d’autre" in answer.content.decode().replace("&#x27;", "’")
    assert not Fact.objects.exists()


def test_nor_of_ones_own_membership(monique):
    checker("odile@example.org")
    mine = member(user=monique)
    note(client_of(monique), membership=mine)
    assert not Fact.objects.exists()


def test_somebody_else_does(own):
    odile = checker("odile@example.org")
    note(client_of(odile), listing=own)
    assert Fact.objects.get().by == odile


def test_a_fact_is_not_carried_over_to_ones_own_listing_nor_away_from_it(monique, own):
    checker("odile@example.org")
    other = factories.listing("Ailleurs")
    for start, end in ((other, own), (own, other)):
        fact = Fact.objects.create(listing=start, kind="visite")
        said = {"listing": end.pk, "kind": "visite", "on": "2026-05-01", "detail": ""}
        client_of(monique).post(f"{LIST}edit/{fact.pk}/", said)
        fact.refresh_from_db()
        assert fact.listing == start


def test_one_takes_none_of_ones_own_away(monique, own):
    checker("odile@example.org")
    mine = Fact.objects.create(listing=own, kind="visite")
    other = Fact.objects.create(listing=factories.listing(), kind="visite")
    for fact in (mine, other):
        client_of(monique).post(f"{LIST}delete/{fact.pk}/")
    assert Fact.objects.get() == mine


def test_who_is_alone_may_and_the_history_says_so(monique, own):
    note(client_of(monique), listing=own)
    fact = Fact.objects.get()
    assert ALONE in str([one.data for one in ModelLogEntry.objects.for_instance(fact)])
