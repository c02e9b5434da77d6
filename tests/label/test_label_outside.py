"""What machines read of the label: the list of pages for search engines, and feeds."""

from datetime import datetime, timedelta

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from directory.models import Listing
from home.models import SiteSettings
from label.models import LocalProductionPage, MembershipEvent
from tests import factories
from tests.label.factories import charter, member, post, production
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
NOW = timezone.localtime().replace(microsecond=0)


@pytest.fixture(autouse=True)
def label_settings(db, settings):
    """A label with a hashtag, on a site with an address."""
    settings.SITE_URL = "https://site.example"
    found = SiteSettings.load()
    found.hashtags = "faitla"
    found.save()


def days(gap):
    """A moment some days ago."""
    return NOW - timedelta(days=gap)


def listed(client, name):
    """{path: when it changed, as a day} of one part of the sitemap."""
    answer = client.get(f"/sitemap-{name}-1.xml")
    assert answer.status_code == 200
    found = {}
    for url in BeautifulSoup(answer.content, "html.parser").find_all("url"):
        day = url.lastmod and datetime.fromisoformat(url.lastmod.text[:10]).date()
        found[url.loc.text.removeprefix("https://site.example")] = day
    return found


def test_a_members_page_changed_when_they_signed_told_something_or_changed_the_listing(client):
    shop, other = (factories.listing(category="ceramiste") for _ in range(2))
    Listing.objects.filter(pk=shop.pk).update(last_published_at=days(5))
    Listing.objects.filter(pk=other.pk).update(last_published_at=days(90))
    member(shop, slug="fiche", signed_at=days(100))
    member(other, slug="dit", signed_at=days(100))
    post("Four ouvert", listing=other, published_at=days(3))
    post("Pas encore", listing=other, published_at=days(1), state="en-attente")
    quiet = member(slug="calme", signed_at=days(100))
    post("Souvenir", membership=quiet, published_at=days(40))
    member(slug="parti", state="partie")
    assert listed(client, "membres") == {
        "/label/membres/fiche/": days(5).date(),
        "/label/membres/dit/": days(3).date(),
        "/label/membres/calme/": days(40).date(),
    }


def test_a_page_of_what_is_made_here_changed_when_something_came_to_stand_there(client):
    told, bare = production("Tout"), production("Miel", tags=["miel"])
    production("Brouillon", live=False)
    LocalProductionPage.objects.update(last_published_at=days(30))
    post("#faitla", published_at=days(2))
    post("#faitla demain", published_at=days(1), state="en-attente")
    assert listed(client, "fait-ici") == {
        "/fait-ici/": days(2).date(),
        f"/fait-ici/{told.slug}/": days(2).date(),
        f"/fait-ici/{bare.slug}/": days(30).date(),
    }


def test_lists_of_members_changed_when_somebody_came(client):
    charter(published_at=days(60))
    shop = factories.listing(category="ceramiste")
    came = member(shop, slug="potier", since=days(20).date())
    MembershipEvent.objects.create(membership=came, state="membre")
    MembershipEvent.objects.update(at=days(4))
    found = listed(client, "label")
    assert found["/label/"] == found["/label/membres/"] == days(4).date()
    assert found["/label/charte/"] == days(60).date()
    assert found["/label/membres/metier/ceramiste/"] == days(20).date()
    assert found["/label/membres/commune/rambouillet/"] == days(20).date()


def test_the_index_of_the_sitemap_names_each_part_and_its_day(client):
    production("Tout")
    member(slug="zoe", signed_at=days(7))
    post("#faitla", published_at=days(2))
    index = BeautifulSoup(client.get("/sitemap.xml").content, "html.parser")
    parts = {one.loc.text.rpartition("/")[2]: one.lastmod for one in index.find_all("sitemap")}
    for name in ("fait-ici", "publications", "membres", "label"):
        assert f"sitemap-{name}-1.xml" in parts
    assert parts["sitemap-membres-1.xml"].text[:10] == f"{days(7):%Y-%m-%d}"
    assert parts["sitemap-publications-1.xml"].text[:10] == f"{days(2):%Y-%m-%d}"
    assert parts["sitemap-fait-ici-1.xml"].text[:10] == f"{timezone.localtime():%Y-%m-%d}"


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_reader_finds_nothing_odd(client, form):
    production("Tout", standfirst="Terre & feu")
    shop = factories.listing("Terre & Feu", category="ceramiste")
    told = post(
        "Four ouvert #faitla & <b>gras</b>\nvoir https://four.example/?a=1&b=2",
        listing=shop,
        photo=webmag.photo(),
        published_at=days(1),
    )
    nobodys = post("#faitla \x0b sans nom", published_at=days(2))
    article = webmag.article("Le four", "Il chauffe.", tags=["faitla"])
    answer = client.get(f"/flux/fait-ici/tout.{form}")
    headers = {"content-type": answer["Content-Type"]}
    feed = feedparser.parse(answer.content, response_headers=headers)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.feed.link == "https://site.example/fait-ici/tout/"
    assert feed.feed.language == "fr"
    ends = [entry.id.rpartition(":")[2] for entry in feed.entries]
    assert ends == [f"article/{article.pk}", f"publication/{told.pk}", f"publication/{nobodys.pk}"]
    first = feed.entries[1]
    assert first.title.startswith("Terre & Feu : Four ouvert #faitla & ")
    assert first.link == f"https://site.example/label/publications/{told.pk}/"
    assert first.published_parsed[:3] == told.published_at.utctimetuple()[:3]
    assert [tag.term for tag in first.tags] == ["faitla"]
    assert first.media_content[0]["url"].startswith("https://site.example/media/")
    content = next(part.value for part in first.content if "Four ouvert" in part.value)
    assert 'href="https://site.example/label/mots/faitla/"' in content
    assert "<b>" not in content
    # A post keeps its name, whatever becomes of its words.
    names = [entry.id for entry in feed.entries]
    told.text = "Autre chose #faitla"
    told.save()
    again = feedparser.parse(client.get(f"/flux/fait-ici/tout.{form}").content)
    assert [entry.id for entry in again.entries] == names


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_feed_of_nothing_is_a_feed(client, form):
    production("Tout")
    feed = feedparser.parse(client.get(f"/flux/fait-ici/tout.{form}").content)
    assert not feed.bozo and feed.entries == [] and "Tout" in feed.feed.title
