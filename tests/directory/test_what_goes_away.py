"""What is renamed or deleted elsewhere leaves the pages of the listings that showed it."""

import pytest

from directory.models import Category, Listing, ListingPhoto, MarketStand
from home.models import ContentVersion, Tag
from tests import factories
from tests.directory.importing import run_import, write_csv
from tests.home.test_uploads import picture, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


@pytest.fixture
def holder():
    """Somebody who stands at a market that has a listing."""
    market = factories.listing("Marché aux Grains", kind="marche", hours="Sa 08:00-12:30")
    made = factories.listing("La Ruche", products=["miel"])
    made.stands.add(MarketStand(market=market))
    made.save()
    return made


def page(client, listing):
    """The listing's page as anybody gets it."""
    return client.get(listing.get_absolute_url()).content.decode()


def test_a_market_that_is_removed_leaves_the_pages_of_its_holders(client, holder):
    assert "Marché aux Grains" in page(client, holder)

    Listing.objects.get(kind="marche").delete()

    assert "Marché aux Grains" not in page(client, holder)


def test_an_imported_change_of_a_market_reaches_its_holders(client, tmp_path):
    header = "id;nom;cp;commune;categorie;horaires"
    row = "1;Marché aux Grains;78120;Rambouillet;Marché;"
    run_import(write_csv(tmp_path, header, row + "Sa 08:00-12:30"))
    holder = factories.listing("La Ruche")
    holder.stands.add(MarketStand(market=Listing.objects.get(kind="marche")))
    holder.save()
    assert "samedi" in page(client, holder)

    again = run_import(write_csv(tmp_path, header, row + "Su 08:00-12:30"))

    assert again.summary["updated"] == 1
    assert "samedi" not in page(client, holder)


def test_a_photo_that_is_deleted_leaves_no_broken_picture(client, holder):
    shown = saved(picture())
    holder.photos.add(ListingPhoto(photo=shown))
    holder.save()
    assert "/media/images/" in page(client, holder)

    shown.delete()

    assert "/media/images/" not in page(client, holder)


def test_a_product_that_is_renamed_or_deleted_follows(client, holder):
    tag = Tag.objects.get(name="miel")
    tag.name = "miel de tilleul"
    tag.save()
    assert "miel de tilleul" in page(client, holder)

    tag.delete()

    assert "tilleul" not in page(client, holder)


def test_a_new_category_renews_the_cached_pages():
    before = ContentVersion.current()

    Category.objects.create(name="Cirier", slug="cirier", parent=Category.objects.first())

    assert ContentVersion.current() > before
