"""The wall: what was told here and elsewhere; only what is public, clean, newest first."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone

from home.models import SiteSettings
from label.models import Item, Moment
from tests import factories
from tests.label.factories import item, member, post, production
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
NOW = timezone.now()
HOSTILE = (
    '<p onclick="alert(1)">Bon<script>alert(1)</script> <a href="javascript:alert(1)">ici</a>'
    '<a href="/gestion/">là</a> <a href="https://ami.example/">ami</a><img src=x onerror=alert(1)>'
    "<style>*{display:none}</style></p>"
)


@pytest.fixture(autouse=True)
def label_settings(db):
    """A label with a hashtag of its own."""
    settings = SiteSettings.load()
    settings.hashtags = "faitla"
    settings.save()


def page(client, address="/mur/", status=200):
    """A page's main part."""
    answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser").main


def shown(client, address="/mur/"):
    """What stands on it, in order: « i » and a number for what was collected, « p » for a post."""
    found = page(client, address).select("[data-item], [data-post], [data-article]")
    return [
        f"i{one['data-item']}" if one.get("data-item") else f"p{one.get('data-post')}"
        for one in found
    ]


def test_the_wall_shows_posts_and_collected_publications_the_newest_first(client):
    old = item(published_at=NOW - timedelta(days=2))
    middle = post("Hier", published_at=NOW - timedelta(days=1))
    new = item(published_at=NOW)
    webmag.article("Pas un mur d’articles", tags=["faitla"])
    assert shown(client) == [f"i{new.pk}", f"p{middle.pk}", f"i{old.pk}"]


@pytest.mark.parametrize("state", [one for one in Item.State if one != Item.State.PUBLISHED])
def test_what_is_not_public_shows_nowhere(client, state):
    hidden = factories.listing(live=False)
    production("Tout")
    item("<p>zorglub</p>", "faitla", state=state)
    item("<p>zorglub</p>", "faitla", listing=hidden)
    for address in ("/mur/", "/", "/fait-ici/tout/", "/label/mots/faitla/", "/flux/mur.rss"):
        assert b"zorglub" not in client.get(address).content, address
    assert client.get("/api/v1/items?q=zorglub").json()["numberMatched"] == 0
    assert b"zorglub" not in client.get("/embed/mur").content


def test_a_card_says_who_where_when_under_which_licence_and_leads_to_the_original(client):
    item(licence="CC-BY-4.0", url="https://reseau.example/@zelie/9", title="Four")
    card = page(client).select_one("[data-item]")
    words = card.get_text(" ")
    assert "Zélie" in words and "Mastodon" in words and "CC-BY-4.0" in words
    assert card.time["datetime"] == f"{timezone.localdate():%Y-%m-%d}"
    link = card.find("a", href="https://reseau.example/@zelie/9")
    assert set(link["rel"]) == {"nofollow", "ugc", "noopener"}


def test_hostile_words_are_cleaned_again_when_they_are_shown(client):
    item(HOSTILE, url="javascript:alert(1)", author_url="//evil.example", title="<b>x</b>")
    answer = client.get("/mur/").content.decode()
    card = page(client).select_one("[data-item]")
    assert not card.select("script, img[onerror], style, [onclick], b")
    hrefs = [link.get("href") for link in card.select("a")]
    assert "https://ami.example/" in hrefs
    assert not [one for one in hrefs if one and ("javascript" in one or "evil" in one)]
    assert "/gestion/" not in hrefs and "&lt;b&gt;x" in answer


@pytest.mark.parametrize(
    "fields",
    [
        {"html": ""},
        {"html": "", "author": "", "author_url": "", "network": ""},
        {"html": "<p>" + "Anticonstitutionnellement" * 60 + "</p>", "title": "W" * 300},
        {
            "html": "<p>\u0645\u0631\u062d\u0628\u0627 #faitla</p>",
            "title": "\u0634\u0643\u0631\u0627",
        },
        {"html": "<p>\u202eA l’envers</p>", "author": "\u202ezelie"},
        {"url": "not an address"},
    ],
)
def test_what_is_oddly_made_has_its_card_with_date_network_and_way_out(client, fields):
    made = item(**fields)
    for address in ("/mur/", "/embed/mur", "/flux/mur.rss", "/flux/mur.atom", "/api/v1/items"):
        assert client.get(address).status_code == 200, address
    card = page(client).select_one(f"[data-item='{made.pk}']")
    assert card.time["datetime"] and card.select_one(f"[href='/mur/{made.pk}/retirer/']")
    assert fields.get("network", "Mastodon") in card.get_text()
    assert page(client, f"/mur/{made.pk}/retirer/").find("button")


def test_a_hashtag_or_a_moment_narrows_the_wall(client):
    Moment.objects.create(tag="marchedenoel")
    Moment.objects.create(tag="passe", until=timezone.localdate() - timedelta(days=1))
    christmas = item("<p>Noël</p>", "marchedenoel")
    item("<p>Autre</p>", "faitla")
    assert shown(client, "/mur/?etiquette=marchedenoel") == [f"i{christmas.pk}"]
    chips = [link.get_text() for link in page(client).select(".wall-choices a")]
    assert chips == ["Tout", "#faitla", "#marchedenoel"]


@pytest.mark.parametrize("address", ["/mur/", "/mur/?etiquette=rien", "/mur/?page=x"])
def test_an_empty_wall_says_so(client, address):
    assert "Rien encore" in page(client, address).get_text()


@pytest.mark.parametrize("asked", ["%00", "a/b", "deux+mots", "78", "x" * 90])
def test_what_is_no_hashtag_is_said(client, asked):
    one = item()
    found = page(client, f"/mur/?etiquette={asked}", 400)
    assert found.select_one("[role=alert]") and found.select_one(f"[data-item='{one.pk}']")


def test_the_wall_is_paged(client):
    made = [item(published_at=NOW - timedelta(hours=hour)) for hour in range(14)]
    assert shown(client, "/mur/?page=2") == [f"i{one.pk}" for one in made[12:]]


@pytest.mark.parametrize("number", [10, 1000])
@pytest.mark.parametrize("address", ["/mur/", "/mur/?etiquette=faitla", "/embed/mur?label=1"])
def test_a_wall_takes_as_many_queries_however_much_there_is(
    client, django_assert_max_num_queries, number, address
):
    some = Item.objects.bulk_create(
        Item(
            canonical_uri=f"https://r.example/{one}",
            url=f"https://r.example/{one}",
            digest=str(one),
            html="<p>Four</p>",
            state=Item.State.PUBLISHED,
        )
        for one in range(number)
    )
    some[0].tags.add("faitla")
    some[-1].tags.add("faitla")
    client.get("/")
    cache.clear()
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_a_second_visitor_gets_the_kept_wall(client, django_assert_max_num_queries):
    item()
    client.get("/mur/")
    with django_assert_max_num_queries(1):
        client.get("/mur/")


def test_it_stands_on_the_pages_of_whose_it_is_and_where_its_tag_leads(client):
    listing = factories.listing(category="ceramiste", slug="poterie")
    who = member(listing, slug="potier")
    production("Tout")
    made = item("<p>Four</p>", "faitla", listing=listing, membership=who)
    for address in (
        "/annuaire/fiche/poterie/",
        f"/label/membres/{who.slug}/",
        "/fait-ici/tout/",
        "/label/mots/faitla/",
        "/",
    ):
        assert page(client, address).select_one(f"[data-item='{made.pk}']"), address


def test_rules_of_trade_commune_and_period_hold_for_it_too(client):
    potter = factories.listing(category="ceramiste")
    baker = factories.listing(category="cremerie", commune="Houdan")
    production("Pots", categories=[factories.category("ceramiste")])
    production("Houdan", communes=[factories.commune("Houdan")])
    production("Hier", until=timezone.localdate() - timedelta(days=1))
    pot, cheese = item("", "faitla", listing=potter), item("", "faitla", listing=baker)
    old = item("", "faitla", published_at=NOW - timedelta(days=1))
    assert shown(client, "/fait-ici/pots/") == [f"i{pot.pk}"]
    assert shown(client, "/fait-ici/houdan/") == [f"i{cheese.pk}"]
    assert shown(client, "/fait-ici/hier/") == [f"i{old.pk}"]


def test_a_listing_without_any_is_asked_nothing(client, django_assert_num_queries):
    from label.templatetags.label_posts import items_of_listing

    listing = factories.listing()
    items_of_listing(listing)
    with django_assert_num_queries(0):
        assert items_of_listing(listing) == {}


def test_the_text_page_says_what_is_taken_and_how_to_say_no(client):
    words = page(client, "/mur/ce-que-nous-prenons/").get_text()
    assert "#faitla" in words and "Comment dire non" in words
