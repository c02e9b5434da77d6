"""A listing that is removed on request stays away."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

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


@pytest.mark.parametrize("way", ["form", "list"])
def test_deleting_it_in_the_administration_is_the_same_removal(client, moderator, way):
    listing = factories.listing("La Ferme aux Oies", postal_code="78120")
    FormerSlug.objects.create(slug="les-oies", listing=listing)
    ListingSource.objects.create(
        listing=listing, source="Mairie", source_id="7", licence="x", retrieved_at=timezone.now()
    )
    bulk = reverse("wagtail_bulk_action", args=["directory", "listing", "delete"])
    url = {
        "form": f"/gestion/annuaire/fiches/delete/{listing.pk}/",
        "list": f"{bulk}?id={listing.pk}&next=/gestion/annuaire/fiches/",
    }[way]
    client.force_login(moderator)
    page = client.get(url).content.decode()
    assert "pour de bon" in page
    answer = client.post(url, follow=True)
    assert "pour de bon" in answer.content.decode()

    assert not Listing.objects.exists()
    left = Tombstone.objects.get(slug="la-ferme-aux-oies")
    assert left.source_ids == [["Mairie", "7"]] and "équipe" in left.reason
    assert client.get("/annuaire/fiche/les-oies/").status_code == 410
    done = ModelLogEntry.objects.get(action="wagtail.delete")
    assert done.user == moderator and done.deleted


def test_a_list_of_several_leaves_a_tombstone_each(client, moderator):
    made = [factories.listing(f"Ferme {number}") for number in range(3)]
    url = reverse("wagtail_bulk_action", args=["directory", "listing", "delete"])
    client.force_login(moderator)
    client.post(url + "?" + "&".join(f"id={one.pk}" for one in made[:2]))
    assert Tombstone.objects.count() == 2
    assert Listing.objects.get() == made[2]
