"""Posts: what is written, who sees it when, and what becomes of its text."""

import pytest
from bs4 import BeautifulSoup

from directory.models import ListingManager
from home.models import Photo, SiteSettings
from label import writing
from label.models import Membership, Post
from label.post_text import as_html
from tests import factories
from tests.label.factories import member, post
from tests.label.test_space import picture
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
State = Post.State
WRITE = "/mon-espace/publier/"


@pytest.fixture(autouse=True)
def label_settings(db):
    """A label with a hashtag of its own."""
    settings = SiteSettings.load()
    settings.hashtags = "faitla"
    settings.save()


@pytest.fixture
def producer(db):
    """Denis."""
    return factories.user("denis@example.org", display_name="Denis")


@pytest.fixture
def mine(producer):
    """What Denis looks after."""
    made = factories.listing("Poterie des Étangs", slug="mienne")
    ListingManager.objects.create(user=producer, listing=made)
    return made


def test_a_members_post_appears_at_once_with_its_photo_and_its_tags(client, producer, mine):
    one = member(mine)
    client.force_login(producer)
    sent = {
        "listing": mine.pk,
        "text": "Four ouvert samedi #Cuisson",
        "photo": picture(),
        "alt": "Deux bols",
        "hashtag": "on",
    }
    assert client.post(WRITE, sent).status_code == 302
    made = Post.objects.get()
    assert (made.state, made.membership, made.author) == (State.PUBLISHED, one, producer)
    assert made.text == "Four ouvert samedi #Cuisson #faitla"
    assert sorted(made.tags.names()) == ["cuisson", "faitla"]
    client.logout()
    for address in ("/annuaire/fiche/mienne/", f"/label/publications/{made.pk}/"):
        text = client.get(address).content.decode()
        assert "Four ouvert samedi" in text, address
        assert "Deux bols" in text, address
        assert 'href="/label/mots/cuisson/"' in text, address


def test_others_posts_wait_for_a_volunteer(client, producer, mine):
    client.force_login(producer)
    client.post(WRITE, {"listing": mine.pk, "text": "Bonjour"})
    made = Post.objects.get()
    assert made.state == State.WAITING
    assert list(Post.objects.waiting()) == [made]
    client.logout()
    assert client.get(f"/label/publications/{made.pk}/").status_code == 404
    assert "Bonjour" not in client.get("/annuaire/fiche/mienne/").content.decode()


def test_a_member_without_listing_writes_in_their_own_name(client, producer):
    one = member(user=producer, holder="Atelier du Lavoir")
    client.force_login(producer)
    assert client.post(WRITE, {"text": "Bonjour"}).status_code == 302
    made = Post.objects.get()
    assert (made.listing, made.membership, made.state) == (None, one, State.PUBLISHED)
    assert "Atelier du Lavoir" in client.get(made.get_absolute_url()).content.decode()


def test_an_address_that_no_listing_can_have_breaks_nothing(client, producer, mine):
    client.force_login(producer)
    for path in (WRITE, "/mon-espace/partager/"):
        assert client.get(f"{path}?fiche=%00").status_code == 200


def test_nobody_writes_for_anothers_listing(client, producer, mine, stranger):
    theirs = factories.listing("Ferme d’un autre", slug="autre")
    client.force_login(producer)
    answer = client.post(f"{WRITE}?fiche=autre", {"listing": theirs.pk, "text": "Bonjour"})
    assert answer.status_code == 422
    assert "Bonjour" in answer.content.decode()
    client.force_login(stranger)
    client.post(f"{WRITE}?fiche=mienne", {"listing": mine.pk, "text": "Bonjour", "fiche": "mienne"})
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [{"text": ""}, {"text": "a" * 1001}, {"text": "a" * 995, "hashtag": "on"}, {"text": "a\x00b"}],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(client, producer, mine, fields):
    client.force_login(producer)
    answer = client.post(WRITE, {"listing": mine.pk, "alt": "Deux bols", **fields})
    assert answer.status_code == 422
    assert "Deux bols" in answer.content.decode()
    assert not Post.objects.exists()


def test_a_double_tap_makes_one_post_and_one_photo(client, producer, mine):
    client.force_login(producer)
    for _ in range(2):
        client.post(WRITE, {"listing": mine.pk, "text": "Bonjour", "photo": picture()})
    assert Post.objects.count() == Photo.objects.count() == 1


def test_what_one_took_down_one_may_put_back_but_not_what_a_volunteer_hid(
    client, producer, mine, moderator
):
    member(mine)
    told, _ = writing.write(producer, mine, "Bonjour")
    client.force_login(producer)
    client.post(f"/mon-espace/publications/{told.pk}/retirer/")
    assert client.get(told.get_absolute_url()).status_code == 404
    client.post(f"/mon-espace/publications/{told.pk}/remettre/")
    assert client.get(told.get_absolute_url()).status_code == 200
    assert writing.refuse(told, moderator, "Publicité pour un autre.")
    client.post(f"/mon-espace/publications/{told.pk}/remettre/")
    assert client.get(told.get_absolute_url()).status_code == 404
    assert "Publicité pour un autre." in client.get("/mon-espace/publications/").content.decode()


def test_anothers_post_cannot_be_taken_down(client, producer, mine):
    theirs = post("Bonjour", listing=factories.listing())
    client.force_login(producer)
    assert client.post(f"/mon-espace/publications/{theirs.pk}/retirer/").status_code == 404
    assert client.get(f"/mon-espace/publications/{theirs.pk}/retirer/").status_code == 405
    theirs.refresh_from_db()
    assert theirs.is_published


def test_two_who_decide_at_once_do_it_once(moderator):
    told = post("Bonjour")
    again = Post.objects.get(pk=told.pk)
    assert writing.refuse(told, moderator, "Hors sujet.")
    assert not writing.refuse(again, moderator, "Autre chose.")
    assert Post.objects.get(pk=told.pk).reason == "Hors sujet."


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999"])
def test_a_post_that_is_not_there_is_not_found(client, number):
    assert client.get(f"/label/publications/{number}/").status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "javascript:alert(1) data:text/html,x",
        "https://exemple.fr/\"onmouseover='alert(1)",
        "http://nom:mot@exemple.fr/",
        "https://[::1",
        "https:// http://",
        "#<b>gras</b>",
    ],
)
def test_a_text_stays_text(text):
    page = BeautifulSoup(as_html(text), "html.parser")
    assert {tag.name for tag in page.find_all(True)} <= {"p", "a", "br"}
    for link in page.find_all("a"):
        assert set(link.attrs) == {"href", "rel"}
        assert link["href"].startswith(("https://exemple.fr/", "/label/mots/"))


def test_links_lend_nobody_our_name_and_end_where_the_sentence_goes_on():
    page = BeautifulSoup(
        as_html("Voir https://www.exemple.fr/four, ou #pain.\nÀ samedi"), "html.parser"
    )
    link, tag = page.find_all("a")
    assert (link["href"], link.text) == ("https://www.exemple.fr/four", "exemple.fr/four")
    assert set(link["rel"]) == {"nofollow", "ugc", "noopener"}
    assert (tag["href"], tag.text) == ("/label/mots/pain/", "#pain")
    assert page.find("br")


def test_a_hashtag_within_an_address_stays_in_the_address():
    page = BeautifulSoup(as_html("https://exemple.fr/#pain"), "html.parser")
    assert [link["href"] for link in page.find_all("a")] == ["https://exemple.fr/#pain"]


def test_the_words_of_a_photo_follow_and_a_deleted_one_is_gone(client):
    shown = webmag.photo(alt_text="Deux bols")
    told = post("Bonjour", listing=factories.listing(slug="mienne"), photo=shown)
    assert "Deux bols" in client.get("/annuaire/fiche/mienne/").content.decode()
    shown.alt_text = "Trois bols"
    shown.save()
    assert "Trois bols" in client.get("/annuaire/fiche/mienne/").content.decode()
    shown.delete()
    for address in ("/annuaire/fiche/mienne/", told.get_absolute_url()):
        text = client.get(address).content.decode()
        assert "Bonjour" in text
        assert "Trois bols" not in text


def test_tags_follow_the_text():
    told = post("#pain et #miel")
    told.text = "#miel"
    told.save()
    assert list(told.tags.names()) == ["miel"]


def test_a_revoked_member_without_listing_is_named_no_more(client):
    one = member(holder="Zorglub", state=Membership.State.REVOKED)
    told = post("Bonjour", membership=one)
    assert "Zorglub" not in client.get(told.get_absolute_url()).content.decode()


def test_a_listing_knows_whether_it_has_posts_and_asks_for_none_otherwise(client):
    listing = factories.listing("La Forge")

    def marked():
        listing.refresh_from_db()
        return listing.has_posts

    assert not marked()
    one = post("Four ouvert", listing=listing)
    waiting = post("Plus tard", listing=listing, state=Post.State.WAITING)
    assert marked()
    assert "Four ouvert" in client.get(listing.get_absolute_url()).content.decode()
    old = type(listing).objects.get(pk=listing.pk)
    old.has_posts = False
    old.save()
    assert marked(), "saved by somebody who did not know"
    one.state, one.reason = Post.State.HIDDEN, "Retirée"
    one.save()
    assert not marked()
    waiting.state = Post.State.PUBLISHED
    waiting.save()
    assert marked()
    waiting.delete()
    assert not marked()
