"""Local-production pages: what is tagged and meets the rules stands there, and nothing else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from home.models import SiteSettings
from label.models import LocalProductionPage, Membership, Post
from tests import factories
from tests.label.factories import made_here, member, post, production
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
NOW = timezone.now()


@pytest.fixture(autouse=True)
def label_settings(db):
    """A label with a hashtag of its own."""
    settings = SiteSettings.load()
    settings.hashtags = "faitla, autre"
    settings.save()


def on(client, address):
    """What stands on a page: numbers of posts, slugs of articles and listings, in order."""
    page = BeautifulSoup(client.get(address).content, "html.parser").main
    return {
        kind: [element[f"data-{kind}"] for element in page.select(f"[data-{kind}]")]
        for kind in ("post", "article", "listing")
    }


def potter(**fields):
    """A published potter in Rambouillet."""
    return factories.listing(category="ceramiste", **fields)


def test_what_is_tagged_stands_on_the_page_at_once_and_what_is_not_does_not(client):
    production("Tout")
    assert on(client, "/fait-ici/tout/") == {"post": [], "article": [], "listing": []}
    tagged = post("Four ouvert #FaitLa", listing=potter())
    post("Four ouvert, sans mot", listing=tagged.listing)
    post("Four ouvert #faitla9", listing=tagged.listing)
    post("Voir https://faitla.example/#faitla", listing=tagged.listing)
    article = webmag.article("Le four", tags=["faitla"])
    webmag.article("La cave", tags=["autre"])
    listing = potter(tags=["faitla"])
    potter(tags=["autre"])
    assert on(client, "/fait-ici/tout/") == {
        "post": [str(tagged.pk)],
        "article": [article.slug],
        "listing": [listing.slug],
    }


def test_the_newest_comes_first_whatever_it_is(client):
    production("Tout")
    old = post("#faitla hier", published_at=NOW - timedelta(days=2))
    article = webmag.article("Entre les deux", tags=["faitla"])
    type(article).objects.filter(pk=article.pk).update(first_published_at=NOW - timedelta(days=1))
    new = post("#faitla aujourd’hui", published_at=NOW)
    page = BeautifulSoup(client.get("/fait-ici/tout/").content, "html.parser")
    order = [
        element.get("data-post") or element["data-article"]
        for element in page.select(".wall [data-post], .wall [data-article]")
    ]
    assert order == [str(new.pk), article.slug, str(old.pk)]


def test_who_bears_the_label_stands_there_as_if_tagged(client):
    production("Tout")
    production("Chèvre", tags=["chevre"])
    bearer = potter()
    member(bearer)
    seller = potter(products=["chevre"])
    assert on(client, "/fait-ici/tout/")["listing"] == [bearer.slug]
    assert on(client, "/fait-ici/chevre/")["listing"] == [seller.slug]


def test_rules_of_one_kind_are_joined_by_or_and_kinds_by_and(client):
    cheese = factories.category("fromager-fermier")
    houdan = factories.commune("Houdan")
    production(
        "Choix",
        categories=[factories.category("ceramiste"), cheese],
        communes=[factories.commune(), houdan],
    )
    right = [
        potter(tags=["faitla"]),
        factories.listing(category="fromager-fermier", commune="Houdan", tags=["faitla"]),
    ]
    wrong = [
        potter(),
        potter(commune="Dourdan", tags=["faitla"]),
        factories.listing(category="cremerie", tags=["faitla"]),
    ]
    posts = [post(f"#faitla {one.name}", listing=one) for one in (*right, *wrong[1:])]
    post("sans mot", listing=right[0])
    articles = [webmag.article(f"Sur {one.pk}", tags=["faitla"], listings=[one]) for one in right]
    webmag.article("Ailleurs", tags=["faitla"], listings=wrong[1:2])
    webmag.article("Sur rien", tags=["faitla"])
    shown = on(client, "/fait-ici/choix/")
    assert set(shown["listing"]) == {one.slug for one in right}
    assert set(shown["post"]) == {str(one.pk) for one in posts[:2]}
    assert set(shown["article"]) == {one.slug for one in articles}


def test_a_family_stands_for_its_trades_and_a_member_without_listing_for_their_own(client):
    family = factories.category("ceramiste").parent
    production("Métiers", categories=[family], communes=[factories.commune()])
    atelier = member(trade=factories.category("ceramiste"), commune=factories.commune())
    away = member(trade=factories.category("ceramiste"), commune=factories.commune("Houdan"))
    mine = post("#faitla cuisson", membership=atelier)
    post("#faitla cuisson", membership=away)
    assert on(client, "/fait-ici/metiers/")["post"] == [str(mine.pk)]


def test_the_period_holds_for_what_is_told_both_days_included(client):
    today = timezone.localdate()
    production("Saison", since=today - timedelta(days=3), until=today - timedelta(days=1))
    days = {gap: post("#faitla", published_at=NOW - timedelta(days=gap)) for gap in range(6)}
    listing = potter(tags=["faitla"])
    shown = on(client, "/fait-ici/saison/")
    assert shown["post"] == [str(days[gap].pk) for gap in (1, 2, 3)]
    assert shown["listing"] == [listing.slug]


@pytest.mark.parametrize("state", [Post.State.WAITING, Post.State.REFUSED, Post.State.HIDDEN])
def test_what_is_not_published_never_shows(client, state):
    production("Tout")
    shop = potter(live=False, tags=["faitla"], name="zorglubferme")
    post("zorglubpost #faitla", state=state)
    post("zorglubpost #faitla", listing=shop)
    webmag.article("zorglubarticle", tags=["faitla"], live=False)
    production("zorglubpage", live=False)
    addresses = [
        *("/fait-ici/", "/fait-ici/tout/", "/label/mots/faitla/", "/", "/sitemap.xml"),
        *("/flux/fait-ici/tout.rss", "/flux/fait-ici/tout.atom", "/fait-ici/tout/?vue=membres"),
        *("/sitemap-publications-1.xml", "/sitemap-fait-ici-1.xml"),
    ]
    for address in addresses:
        assert "zorglub" not in client.get(address).content.decode(), address
    assert client.get("/fait-ici/zorglubpage/").status_code == 404
    assert client.get("/flux/fait-ici/zorglubpage.rss").status_code == 404


def test_a_cached_page_follows_whatever_changes(client):
    production("Tout")
    address = "/fait-ici/tout/"
    assert on(client, address)["post"] == []
    told = post("Bientôt", listing=potter())
    assert on(client, address)["post"] == []
    told.text = "Maintenant #faitla"
    told.save()
    assert on(client, address)["post"] == [str(told.pk)]
    told.listing.live = False
    told.listing.save()
    assert on(client, address)["post"] == []
    told.listing.live = True
    told.listing.save()
    assert on(client, address)["post"] == [str(told.pk)]
    settings = SiteSettings.load()
    settings.hashtags = "ailleurs"
    settings.save()
    assert on(client, address)["post"] == []
    settings.hashtags = "faitla"
    settings.save()
    assert on(client, address)["post"] == [str(told.pk)]
    told.delete()
    assert on(client, address)["post"] == []


def test_without_a_hashtag_and_without_rules_a_page_is_empty(client):
    settings = SiteSettings.load()
    settings.hashtags = ""
    settings.save()
    production("Tout")
    post("Bonjour #faitla", listing=potter(tags=["faitla"]))
    answer = client.get("/fait-ici/tout/")
    assert "Rien encore" in answer.content.decode()
    assert on(client, "/fait-ici/tout/") == {"post": [], "article": [], "listing": []}


@pytest.mark.parametrize("number", [5, 60])
def test_a_page_takes_at_most_twelve_queries_however_much_gathered(
    client, django_assert_max_num_queries, number
):
    production("Tout", categories=[factories.category("ceramiste")], cover=webmag.photo())
    for _ in range(number):
        shop = potter(tags=["faitla"])
        post("#faitla encore", listing=shop, photo=webmag.photo() if number == 5 else None)
    webmag.article("Sur le four", tags=["faitla"], listings=[shop])
    client.get("/fait-ici/tout/")
    cache.clear()
    with django_assert_max_num_queries(12):
        client.get("/fait-ici/tout/")


def test_walls_and_members_are_cut_into_pages(client):
    production("Tout")
    told = [post("#faitla", published_at=NOW - timedelta(hours=n)) for n in range(15)]
    for _ in range(30):
        potter(tags=["faitla"])
    first, second = on(client, "/fait-ici/tout/"), on(client, "/fait-ici/tout/?page=2")
    assert first["post"] + second["post"] == [str(one.pk) for one in told]
    assert len(first["listing"]) == 6
    assert second["listing"] == []
    members = [on(client, f"/fait-ici/tout/?vue=membres&page={n}")["listing"] for n in (1, 2)]
    assert [len(page) for page in members] == [24, 6]
    assert not set(members[0]) & set(members[1])
    for strange in ("?page=x", "?page=-1", "?page=999999", "?vue=zorglub", "?page=99"):
        assert client.get(f"/fait-ici/tout/{strange}").status_code == 200


def test_the_editors_preview_shows_what_would_gather(client, moderator):
    page = production("Tout", tags=["poterie"], live=False)
    mine = post("Tour #poterie", listing=potter())
    post("Miel #miel", listing=mine.listing)
    post("Tour #poterie", listing=potter(commune="Houdan"))
    post("Tour #poterie", listing=factories.listing(category="cremerie"))
    client.force_login(moderator)
    edit = f"/gestion/pages/{page.pk}/edit/preview/"
    data = {
        "communes": "Rambouillet (78120)", "categories": [factories.category("ceramiste").pk],
        "title": "Tout", "slug": "tout", "tags": '"poterie"', "standfirst": "", "cover": "",
        "body-count": "0", "since": "", "until": "", "show_in_menus": "", "seo_title": "",
        "search_description": "", "comment_notifications": "", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = client.post(edit, data)
    assert answer.json()["is_valid"], answer.json()
    shown = client.get(edit)
    assert shown.status_code == 200
    page = BeautifulSoup(shown.content, "html.parser")
    assert [one["data-post"] for one in page.select("[data-post]")] == [str(mine.pk)]
    client.logout()
    assert client.get("/fait-ici/tout/").status_code == 404


def test_a_draft_changes_nothing_before_it_is_published(client):
    page = production("Tout")
    post("#faitla", listing=potter())
    page.title = "zorglubtitre"
    page.tags.clear()
    page.tags.add("zorglubmot")
    page.save_revision()
    assert "zorglub" not in client.get("/fait-ici/tout/").content.decode()
    assert len(on(client, "/fait-ici/tout/")["post"]) == 1
    page.get_latest_revision().publish()
    assert on(client, "/fait-ici/tout/")["post"] == []


def test_a_period_that_ends_before_it_begins_is_refused():
    page = LocalProductionPage(
        title="Saison", since=timezone.localdate(), until=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(ValidationError, match="avant le début"):
        made_here().add_child(instance=page)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_pages_feed_holds_posts_and_articles(client, form):
    production("Tout")
    told = post("Four ouvert #faitla & <b>gras</b>", listing=potter(name="Terre & Feu"))
    webmag.article("Le four", "Il chauffe.", tags=["faitla"])
    post("sans mot")
    answer = client.get(f"/flux/fait-ici/tout.{form}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f"publication/{told.pk}" in text
    assert "Terre &amp; Feu : Four ouvert" in text
    assert "<b>" not in text
    assert "Le four" in text
    assert "sans mot" not in text


def test_the_index_lists_published_pages_and_stands_before_there_are_any(client):
    assert client.get("/fait-ici/").status_code == 200
    production("Poterie d’ici", standfirst="Tours et fours.")
    text = client.get("/fait-ici/").content.decode()
    assert "Poterie d’ici" in text
    assert "/fait-ici/poterie-dici/" in text
    assert "Tours et fours." in text
    made_here().unpublish()
    assert client.get("/fait-ici/poterie-dici/").status_code == 404


def test_a_hashtag_has_a_page_as_soon_as_something_public_bears_it(client):
    assert client.get("/label/mots/cuisson/").status_code == 404
    assert client.get("/label/mots/faitla/").status_code == 200
    told = post("#Cuisson de samedi", listing=potter())
    assert on(client, "/label/mots/cuisson/")["post"] == [str(told.pk)]
    assert client.get("/label/mots/Cuisson/").status_code == 404


def test_the_home_page_shows_what_was_told_lately(client):
    told = post("Four ouvert #faitla", listing=potter(tags=["faitla"]))
    article = webmag.article("Le four", tags=["faitla"])
    shown = on(client, "/")
    assert str(told.pk) in shown["post"]
    assert article.slug in shown["article"]
    assert told.listing.slug in shown["listing"]


def test_posts_of_who_left_stay_without_a_link_to_them(client):
    gone = member(state=Membership.State.LEFT, holder="Zorglub")
    told = post("#faitla souvenir", membership=gone)
    assert "Zorglub" not in client.get(f"/label/publications/{told.pk}/").content.decode()


def makers(client, address):
    """The slugs of members without a listing on a page, in order."""
    page = BeautifulSoup(client.get(address).content, "html.parser").main
    return [element["data-member"] for element in page.select("[data-member]")]


def test_members_without_a_listing_stand_there_by_their_own_trade_and_commune(client):
    production("Tout")
    production("Potiers", categories=[factories.category("ceramiste")])
    production("Terre", categories=[factories.category("terre-bois-metal")])
    production("Dourdan", communes=[factories.commune("Dourdan")])
    production("Autres", categories=[factories.category("cremerie")])
    zoe = {"slug": "zoe", "holder": "Zoé", "trade": factories.category("ceramiste")}
    member(commune=factories.commune("Dourdan"), **zoe)
    member(slug="ana", holder="Ana")
    assert makers(client, "/fait-ici/tout/") == ["ana", "zoe"]
    for address in ("potiers", "terre", "dourdan"):
        assert makers(client, f"/fait-ici/{address}/") == ["zoe"]
    assert makers(client, "/fait-ici/autres/") == []


def test_listings_and_members_without_one_stand_together_by_name(client):
    production("Tout")
    for number in range(0, 40, 2):
        potter(name=f"Atelier {number:02}", tags=["faitla"])
        member(slug=f"m{number + 1:02}", holder=f"Atelier {number + 1:02}")
    page = BeautifulSoup(client.get("/fait-ici/tout/?vue=membres").content, "html.parser").main
    names = [one.text for one in page.select(".card-name")]
    rest = BeautifulSoup(client.get("/fait-ici/tout/?vue=membres&page=2").content, "html.parser")
    names += [one.text for one in rest.main.select(".card-name")]
    assert names == [f"Atelier {number:02}" for number in range(40)]
    assert "40 en tout" in page.text


def test_tags_of_a_page_stand_in_the_hashtags_place(client):
    production("Chèvre", tags=["chevre"])
    production("Les deux", tags=["chevre", "faitla"])
    bearer = potter(name="Abeille")
    member(bearer)
    member(slug="sans", holder="Sans fiche")
    seller = potter(name="Chevrière", products=["chevre"])
    bare, tagged = post("#faitla ici", listing=bearer), post("#chevre ici", listing=seller)
    assert on(client, "/fait-ici/chevre/")["listing"] == [seller.slug]
    assert on(client, "/fait-ici/chevre/")["post"] == [str(tagged.pk)]
    assert makers(client, "/fait-ici/chevre/") == []
    both = on(client, "/fait-ici/les-deux/")
    assert both["listing"] == [bearer.slug, seller.slug]
    assert set(both["post"]) == {str(bare.pk), str(tagged.pk)}
    assert makers(client, "/fait-ici/les-deux/") == ["sans"]


def test_the_period_is_not_asked_of_members(client):
    gone = timezone.localdate() - timedelta(days=400)
    production("Saison", since=gone, until=gone)
    shop = potter()
    member(shop)
    member(slug="sans", holder="Sans fiche")
    assert on(client, "/fait-ici/saison/")["listing"] == [shop.slug]
    assert makers(client, "/fait-ici/saison/") == ["sans"]


@pytest.mark.parametrize("state", ["en-attente", "refusee", "partie", "echue", "retiree"])
def test_who_is_no_member_stands_on_no_page(client, state):
    production("Tout")
    member(slug="sans", holder="zorglubpotier", state=state)
    until = timezone.localdate() - timedelta(days=1)
    member(slug="passe", holder="zorglubancien", until=until)
    assert "zorglub" not in client.get("/fait-ici/tout/").content.decode()


def test_a_kept_card_of_a_member_is_made_anew_when_anything_it_shows_has_changed(client):
    production("Tout")
    zoe = member(slug="zoe", holder="Zoé", story="Je recouds.", photo=webmag.photo())
    assert "Je recouds." in client.get("/fait-ici/tout/").content.decode()
    zoe.story = "Je dore."
    zoe.save()
    for address in ("/fait-ici/tout/", "/label/membres/"):
        assert "Je dore." in client.get(address).content.decode()
        assert ".webp" in client.get(address).content.decode()
    zoe.photo.delete()
    for address in ("/fait-ici/tout/", "/label/membres/", "/label/membres/zoe/"):
        assert ".webp" not in client.get(address).content.decode().partition("<main")[2]
