"""`seed_listings`: invented listings, the same each time, as good as saved ones, and removable."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from directory import hours, seeding, snapshots
from directory.exporting import children
from directory.exporting.values import read_values
from directory.models import Listing, ListingSource
from directory.search import indexing
from directory.seeding.ground import Ground
from directory.seeding.invent import invent
from home.models import SearchEntry, SiteSettings, Tag
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def territory(categories):
    """Five communes; the site is open to the public."""
    codes = [insee for insee, *_ in factories.COMMUNES.values()]
    for name in factories.COMMUNES:
        factories.commune(name)
    site = SiteSettings.load()
    site.territory_codes = " ".join(codes)
    site.save()
    return codes


def contents():
    """Every invented listing as plain values, by its number."""
    sources = ListingSource.objects.filter(source=seeding.SOURCE).select_related("listing")
    listings = [source.listing for source in sources]
    children.load(listings)
    return {
        source.source_id: (source.listing.slug, source.listing.live, read_values(source.listing))
        for source in sources
    }


def entries():
    """The words of each search entry, whose order says nothing."""
    rows = SearchEntry.objects.values_list("object_id", "title", "body")
    return {pk: ({*title.split()}, {*body.split()}) for pk, title, body in rows}


def run(*arguments):
    call_command("seed_listings", *arguments)


def test_ten_then_thirty_are_the_same_as_thirty(territory):
    run("10")
    run("30")
    extended = contents()
    run("--remove")
    run("30")
    assert contents() == extended
    assert len(extended) == 30


def test_more_than_asked_for_are_kept(territory):
    run("12")
    run("5")
    assert len(contents()) == 12


def test_they_are_what_saving_one_by_one_would_make(territory):
    seeding.plant(150, territory)
    listings = list(Listing.objects.order_by("pk").select_related("commune"))
    found = entries()
    for listing in listings:
        shown, point = listing.snapshot, (listing.public_lat, listing.public_lng)
        listing.place_publicly()
        assert (listing.public_lat, listing.public_lng) == point
        assert snapshots.snapshot(Listing.objects.get(pk=listing.pk)) == shown
    indexing.index_listings(Listing.objects.all())
    assert entries() == found


def test_there_is_something_of_everything(territory):
    seeding.plant(600, territory)
    listings = Listing.objects.all()
    assert listings.filter(live=False).exists()
    assert listings.filter(hide_address=True).exclude(lat=None).exists()
    assert listings.filter(lat=None).exists()
    assert listings.filter(stands__market__isnull=False).exists()
    assert listings.filter(exceptions__isnull=False).exists()
    assert set(listings.values_list("trading_state", flat=True)) == set(Listing.Trading.values)
    assert set(listings.values_list("kind", flat=True)) >= set(Listing.Kind.values) - {"autre"}
    assert listings.values("name").distinct().count() > 550
    assert listings.values("hours").distinct().count() > 250


def test_their_hours_can_be_read(territory):
    ground = Ground.of(territory)
    texts = {invent(number, ground, TODAY).listing.hours for number in range(1000)}
    assert [text for text in texts if text and not hours.is_valid(text)] == []


def test_without_a_territory_they_stand_all_over_the_country(categories):
    assert len(Ground.of([]).communes) > len(Ground.of(["78517"]).communes)


def test_a_site_with_real_listings_is_refused(territory):
    factories.listing("Une vraie ferme")
    with pytest.raises(CommandError):
        run("5")
    assert Listing.objects.count() == 1
    run("5", "--yes")
    assert Listing.objects.count() == 6


def test_a_site_that_search_engines_shall_not_see_yet_takes_them(territory):
    factories.listing("Une fiche de la démonstration")
    site = SiteSettings.load()
    site.hidden_from_search_engines = True
    site.save()
    run("5")
    assert Listing.objects.count() == 6


@pytest.mark.parametrize("arguments", [(), ("-3",)])
def test_it_wants_a_number(arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_removing_takes_them_all_and_nothing_else(territory):
    mine = factories.listing("Une vraie ferme", products=["miel"], hours="24/7")
    seeding.plant(60, territory)
    run("--remove")
    assert list(Listing.objects.all()) == [mine]
    assert [entry.object_id for entry in SearchEntry.objects.all()] == [mine.pk]
    assert [tag.name for tag in Tag.objects.all()] == ["miel"]
    assert not ListingSource.objects.exists()


def test_one_that_a_real_source_knows_by_now_stays(territory):
    seeding.plant(3, territory)
    real = Listing.objects.first()
    ListingSource.objects.create(
        listing=real,
        source="mairie",
        source_id="1",
        licence="CC0-1.0",
        retrieved_at="2026-11-22T00:00Z",
    )
    run("--remove")
    assert list(Listing.objects.all()) == [real]
    assert [source.source for source in ListingSource.objects.all()] == ["mairie"]
