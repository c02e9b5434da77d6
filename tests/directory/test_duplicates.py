"""Which listings may be one and the same."""

import time

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from directory.models import Listing, NotDuplicate
from directory.moderation.duplicates import possible_duplicates
from tests import factories

pytestmark = pytest.mark.django_db
# One metre in degrees of latitude.
METRE = 1 / 111_195


def pairs():
    """The pairs as sets of names."""
    names = dict(Listing.objects.values_list("pk", "name"))
    return [{names[pair.first], names[pair.second]} for pair in possible_duplicates()]


@pytest.mark.parametrize(
    ("one", "other", "metres", "found"),
    [
        ("La Ferme du Chêne", "Ferme du chene", 90, True),
        ("La Ferme du Chêne", "Ferme du chene", 110, False),
        ("Boulangerie Dupont", "Boulangerie Dupond", 10, True),
        ("Ferme du Chêne", "La Ferme du Chêne, fromagerie", 10, True),
        ("Boulangerie", "Boulangerie Dupont", 10, False),
        ("Poterie des Sables", "Fromagerie des Étangs", 0, False),
    ],
)
def test_near_and_alike(one, other, metres, found):
    factories.listing(one, lat=48.6, lng=1.8)
    factories.listing(other, lat=48.6 + metres * METRE, lng=1.8)
    assert pairs() == ([{one, other}] if found else [])


@pytest.mark.parametrize("east", [0, 1])
def test_a_pair_astride_a_cell_of_the_grid_is_found(east):
    for step in range(12):
        lat, lng = 48.6 + step * 17 * METRE, 1.8 + step * 23 * METRE
        factories.listing(f"Chèvrerie Unique{step}", lat=lat, lng=lng)
        factories.listing(
            f"Chèvrerie Unique{step} bis",
            lat=lat + (0 if east else 80 * METRE),
            lng=lng + (100 * METRE if east else 0),
        )
    found = pairs()
    for step in range(12):
        assert {f"Chèvrerie Unique{step}", f"Chèvrerie Unique{step} bis"} in found


def test_the_same_telephone_or_website_is_enough_when_near():
    factories.listing("Chez Odile", lat=48.6, lng=1.8, phone="06 39 98 00 00")
    factories.listing("Le Rucher", lat=48.6, lng=1.8, phone="+33 6 39 98 00 00")
    factories.listing("Chez Paul", lat=48.7, lng=1.8, website="https://www.paul.example/")
    factories.listing("La Mare", lat=48.7, lng=1.8, website="http://paul.example")
    assert len(pairs()) == 2


def test_without_a_point_the_commune_counts():
    factories.listing("Ferme du Chêne", lat=None, lng=None)
    factories.listing("La ferme du chêne", lat=48.6, lng=1.8)
    factories.listing("La ferme du chêne", commune="Houdan", lat=None, lng=None)
    assert len(pairs()) == 1


def test_outlets_of_one_house_are_no_duplicates():
    house = factories.listing("Ferme du Chêne", lat=48.6, lng=1.8)
    factories.listing("Ferme du Chêne", lat=48.6, lng=1.8, parent=house)
    assert pairs() == []


def test_what_somebody_said_is_remembered():
    one = factories.listing("Ferme du Chêne", lat=48.6, lng=1.8)
    other = factories.listing("Ferme du Chêne", lat=48.6, lng=1.8)
    NotDuplicate.note(other, one)
    NotDuplicate.note(one, other)
    assert pairs() == []
    assert NotDuplicate.objects.count() == 1


def many(numbers, place):
    """Listings without saving each by itself."""
    commune = factories.commune()
    words = ["Ferme", "Chêne", "Rucher", "Étang", "Moulin", "Poterie", "Jardin", "Atelier", "Sud"]
    Listing.objects.bulk_create(
        Listing(
            name=f"{words[i % 9]} {words[i // 9 % 9]} {words[i // 81 % 9]} {i // 40}",
            slug=f"fiche-{i}",
            commune=commune,
            lat=place(i)[0],
            lng=place(i)[1],
        )
        for i in numbers
    )


@pytest.mark.parametrize(
    "place",
    [
        lambda i: (48.3 + i % 100 * 0.005, 1.5 + i // 100 * 0.008),
        lambda i: (None, None),
        lambda i: (48.6, 1.8),
    ],
    ids=["spread", "without points", "all in one place"],
)
def test_four_times_as_many_take_about_four_times_as_long(place):
    # A law of the method, on any machine: comparing all with all would take sixteen times as long.
    many(range(2_500), place)
    quarter = seconds_of(possible_duplicates)
    many(range(2_500, 10_000), place)
    assert seconds_of(possible_duplicates) < 8 * quarter


def seconds_of(work):
    """Processor time of a call, in seconds: the least of three, with nothing else between."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def test_the_page_shows_both_side_by_side(client):
    user = factories.user()
    user.groups.add(Group.objects.get(name="Bénévoles"))
    client.force_login(user)
    one = factories.listing("Ferme du Chêne", lat=48.6, lng=1.8, phone="06 39 98 00 00")
    other = factories.listing("La Ferme du Chêne", lat=48.6, lng=1.8, hours="Sa 09:00-12:00")
    url = reverse("directory_admin:duplicates")
    page = client.get(url).content.decode()
    assert "06 39 98 00 00" in page
    assert "samedi" in page
    client.post(reverse("directory_admin:not_duplicate"), {"one": one.pk, "other": other.pk})
    assert "Aucun doublon en vue" in client.get(url).content.decode()
    for nonsense in ({}, {"one": "x", "other": "1"}, {"one": one.pk, "other": one.pk}):
        assert client.post(reverse("directory_admin:not_duplicate"), nonsense).status_code == 302
