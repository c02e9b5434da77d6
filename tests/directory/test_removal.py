"""A listing that is removed on request stays away."""

import pytest
from django.utils import timezone

from directory.models import FormerSlug, Listing, ListingPhoto, ListingSource, Tombstone
from directory.moderation.removal import remove_listing
from home.models import ContentVersion, Photo, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_address_it_had_answers_410(client, moderator):
    listing = factories.listing("L’Œuf d’Or", postal_code="78120")
    FormerSlug.objects.create(slug="l-ancien-oeuf", listing=listing)
    for number in "12":
        ListingSource.objects.create(
            listing=listing,
            source="Mairie",
            source_id=number,
            licence="x",
            retrieved_at=timezone.now(),
        )
    address, before = listing.get_absolute_url(), ContentVersion.current()

    left = remove_listing(listing, moderator, "À sa demande")

    assert left.source_ids == [["Mairie", "1"], ["Mairie", "2"]]
    assert left.match_key == "l oeuf d or|78120"
    assert not Listing.objects.exists()
    assert not SearchEntry.objects.exists()
    assert ContentVersion.current() > before
    assert client.get(address).status_code == 410
    assert client.get("/annuaire/fiche/l-ancien-oeuf/").status_code == 410


def test_its_photos_go_unless_somebody_else_shows_them():
    alone, shared = Photo.objects.bulk_create(
        Photo(title=name, file=f"{name}.jpg", width=1, height=1) for name in ("alone", "shared")
    )
    gone, other = factories.listing("Part"), factories.listing("Reste")
    ListingPhoto.objects.bulk_create(
        ListingPhoto(listing=listing, photo=photo)
        for listing, photo in ((gone, alone), (gone, shared), (other, shared))
    )

    remove_listing(gone, None, "À sa demande")

    assert list(Photo.objects.all()) == [shared]


def test_its_address_is_never_given_again():
    remove_listing(factories.listing("La Ferme"), None, "")
    assert factories.listing("La Ferme").slug != "la-ferme"


def test_all_or_nothing(monkeypatch):
    listing = factories.listing()
    monkeypatch.setattr(Listing, "delete", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remove_listing(listing, None, "")
    assert not Tombstone.objects.exists()
