"""What a listing keeps in step by itself."""

import pytest

from directory.models import Listing
from home.models import ContentVersion, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_hidden_address_is_shown_at_its_commune():
    hidden = factories.listing(hide_address=True, lat=48.7, lng=1.9, street="3 rue du Puits")

    assert (hidden.public_lat, hidden.public_lng) == (hidden.commune.lat, hidden.commune.lng)
    assert hidden.public_street == ""


def test_a_second_listing_of_the_same_name_gets_its_commune_in_its_address():
    first = factories.listing("La Ferme du Chêne")
    second = factories.listing("La Ferme du Chêne")
    third = factories.listing("La Ferme du Chêne")

    assert [first.slug, second.slug, third.slug] == [
        "la-ferme-du-chene",
        "la-ferme-du-chene-rambouillet",
        "la-ferme-du-chene-rambouillet-2",
    ]


def test_only_published_listings_are_in_the_search_index():
    listing = factories.listing()
    assert SearchEntry.objects.filter(object_id=listing.pk).exists()

    listing.live = False
    listing.save()

    assert not SearchEntry.objects.filter(object_id=listing.pk).exists()


def test_saving_renews_the_page_cache():
    before = ContentVersion.current()
    factories.listing()
    assert ContentVersion.current() > before


def test_the_nearest_come_first():
    far = factories.listing("Loin", lat=48.70, lng=1.83)
    near = factories.listing("Près", lat=48.65, lng=1.83)
    found = Listing.objects.within(48.6444, 1.8308, 15).nearest_first()
    assert list(found) == [near, far]
    assert not Listing.objects.within(48.6444, 1.8308, 0.1).exists()
