"""Publications that their author hands in by a link, from a telephone's « Partager »."""

import json
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory.models import Listing, ListingManager
from home.models import SiteSettings
from label import items
from label.collecting import refusals
from label.models import Item, Source
from label.space import archive as taking
from label.space import leaving
from tests import factories
from tests.label.factories import member
from tests.outside import Server, page, says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
SHARE, SHARED = "/mon-espace/partager/", "/mon-espace/partage-recu/"
LINK = "https://photos.example/p/four-du-samedi"


@pytest.fixture(autouse=True)
def label(db):
    """The label's hashtag."""
    SiteSettings.objects.update_or_create(defaults={"hashtags": "mis78"})


@pytest.fixture
def listing(db):
    """What Denis looks after."""
    return factories.listing("Poterie des Étangs", category="ceramiste")


@pytest.fixture
def denis(client, listing):
    """Denis, logged in."""
    user = factories.user("denis@example.org", display_name="Denis")
    ListingManager.objects.create(user=user, listing=listing)
    client.force_login(user)
    return user


def send(client, link=LINK, text="Fournée de bols #grès", **fields):
    """Send the form."""
    mine = Listing.objects.filter(managers__user__isnull=False).first()
    given = {"link": link, "text": text, "hashtag": "on", "listing": mine.pk if mine else ""}
    return client.post(SHARE, given | fields)


def test_what_a_telephone_hands_over_stands_in_the_form(client, denis):
    stranger = Client(enforce_csrf_checks=True)
    given = {"title": "Fournée", "text": f"Fournée de bols {LINK}", "url": ""}
    answer = stranger.post(SHARED, given)
    assert answer.status_code == 302 and Item.objects.count() == 0
    asked = parse_qs(urlsplit(answer.url).query)
    assert asked["title"] == ["Fournée"]
    form = client.get(answer.url).context["form"]
    assert form["link"].value() == LINK
    assert form["text"].value() == "Fournée de bols"


@pytest.mark.parametrize("given", [{}, {"text": "x" * 9000}, {"url": "javascript:alert(1)"}])
def test_whatever_is_handed_over_is_only_words_in_a_form(client, denis, given):
    answer = client.get(client.post(SHARED, given).url)
    assert answer.status_code == 200
    assert 'href="javascript:' not in answer.content.decode()


def test_a_member_s_link_is_online_at_once_with_the_label_s_hashtag(client, denis, listing):
    member(listing, user=denis)
    assert send(client).url == "/mon-espace/publications/"
    item = Item.objects.get()
    assert item.is_published and item.listing == listing
    assert item.url == LINK and item.network == "photos.example"
    assert set(item.tags.names()) == {"grès", "mis78"}
    source = Source.objects.get()
    assert source.kind == Source.Kind.LINKS and not Source.objects.working().exists()


def test_who_is_no_member_waits_for_a_volunteer(client, denis):
    send(client)
    assert Item.objects.get().state == Item.State.WAITING


def test_the_same_link_twice_is_one_publication(client, denis, listing):
    member(listing, user=denis)
    send(client)
    send(client, link=f"{LINK}?utm_source=app#haut")
    assert Item.objects.count() == 1 and Source.objects.count() == 1


def test_without_words_the_page_gives_its_own(client, denis, listing, settings):
    member(listing, user=denis)
    html = '<meta property="og:title" content="Bols bleus"><title>x</title>'
    server = Server(says(page(html.encode(), content_type="text/html; charset=utf-8")))
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    send(client, link=f"{server.url}/bols", text="")
    server.close()
    assert Item.objects.get().title == "Bols bleus"
    assert set(Item.objects.get().tags.names()) == {"mis78"}


def test_a_page_that_says_nothing_asks_for_words_and_keeps_the_rest(client, denis, settings):
    server = Server(says(page(b"", "404 Not Found")))
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    answer = send(client, link=f"{server.url}/bols", text="")
    server.close()
    assert answer.status_code == 422 and Item.objects.count() == 0
    assert f"{server.url}/bols" in answer.content.decode()


@pytest.mark.parametrize("link", ["", "bonjour", "ftp://a.example/x", "javascript:alert(1)"])
def test_what_is_no_link_is_said(client, denis, link):
    answer = send(client, link=link)
    assert answer.status_code == 422 and Item.objects.count() == 0


def test_an_address_inside_is_never_asked(client, denis):
    answer = send(client, link="http://127.0.0.1:6379/", text="")
    assert answer.status_code == 422 and Item.objects.count() == 0


def test_what_its_author_refused_stays_away(client, denis):
    refusals.refuse(LINK)
    assert send(client).status_code == 422
    assert Item.objects.count() == 0


def test_nobody_shares_for_a_listing_of_somebody_else(client, denis):
    other = factories.listing("Autre", category="ceramiste")
    assert send(client, listing=other.pk).status_code == 422
    assert Item.objects.count() == 0


def test_who_is_not_logged_in_comes_back_to_what_was_shared(client):
    answer = client.get(f"{SHARE}?url={LINK}")
    assert answer.status_code == 302
    assert LINK in parse_qs(urlsplit(answer.url).query)["next"][0]


def test_who_looks_after_nothing_is_told_where_to_begin(client):
    client.force_login(factories.user("rien@example.org"))
    assert "Retrouver ma fiche" in client.get(SHARE).content.decode()
    assert send(client).status_code == 200 and Item.objects.count() == 0


@pytest.fixture
def online(client, denis, listing):
    """One publication of Denis that stands on the site."""
    member(listing, user=denis)
    send(client)
    return Item.objects.get()


def act(client, item, what):
    """Press one of the two buttons."""
    return client.post(f"/mon-espace/partages/{item.pk}/{what}/")


def test_its_author_takes_it_down_and_puts_it_back(client, online):
    assert "Fournée de bols" in client.get("/mon-espace/publications/").content.decode()
    act(client, online, "retirer")
    assert not Item.objects.public().exists()
    act(client, online, "remettre")
    assert Item.objects.public().get() == online


def test_what_a_volunteer_took_away_its_author_does_not_put_back(client, online):
    items.refuse(online, factories.user("odile@example.org"), "Ce n’est pas fait ici.")
    assert "Ce n’est pas fait ici." in client.get("/mon-espace/publications/").content.decode()
    act(client, online, "remettre")
    assert not Item.objects.public().exists()


@pytest.mark.parametrize("what", ["retirer", "remettre"])
def test_nobody_else_touches_it(client, online, what):
    client.force_login(factories.user("autre@example.org"))
    assert act(client, online, what).status_code == 404
    assert client.get(f"/mon-espace/partages/{online.pk}/{what}/").status_code == 405
    assert Item.objects.public().exists()


def test_what_was_handed_in_goes_with_the_account_and_is_said_before(client, online, denis):
    assert "1 lien que vous avez partagé" in client.get("/mon-espace/mes-donnees/supprimer/").text
    with leaving_archive(denis) as archive:
        [kept] = json.loads(archive.read("partages.json"))
    assert (kept["adresse"], kept["mots_diese"]) == (LINK, ["grès", "mis78"])
    leaving.delete(denis)
    assert not Item.objects.exists()


def leaving_archive(user):
    """Everything that somebody takes along."""
    return zipfile.ZipFile(taking.write(user))


def test_ones_space_says_where_a_shared_link_stands_and_offers_the_next(client, denis):
    send(client, text="Du grès & du sel <b>gris</b>")
    Item.objects.update(url="javascript:alert(1)")
    for path in ("/mon-espace/", "/mon-espace/publications/"):
        page_of_mine = BeautifulSoup(client.get(path).content, "html.parser").main
        assert page_of_mine.select_one(f"a[href='{SHARE}']")
        told = " ".join(page_of_mine.get_text(" ").split())
        assert "Du grès & du sel <b>gris</b>" in told and "en attente" in told.lower()
        assert not [one for one in page_of_mine.select("a") if "javascript" in one["href"]]


def test_an_address_that_is_none_is_told_plainly_and_the_words_are_kept(client, denis):
    answer = send(client, link="poterie", text="Fournée de bols")
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "elle commence par https://" in page and "URL" not in page
    assert "Fournée de bols" in page and 'value="poterie"' in page
