"""/recherche/: posts and members without a listing stand beside listings and articles."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home import search, versions
from home.models import SearchEntry, Tag
from label import memberships, writing
from label.models import Membership, Post
from tests import factories
from tests.label.factories import member, post
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
SECRET = "zorglubsecret"


def page(client, words, **more):
    """The answer to some words."""
    answer = client.get("/recherche/", {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, words, **more):
    """(slugs of members, numbers of posts) on a page, in order."""
    html = page(client, words, **more)
    return re.findall(r'data-member="([^"]+)"', html), re.findall(r'data-post="([^"]+)"', html)


def suggested(client, words):
    """The labels proposed while one types."""
    answer = client.get("/recherche/suggestions/", {"q": words}).json()
    return [one["label"] for one in answer["suggestions"]]


def bookbinder(**fields):
    """A member without a listing."""
    fields.setdefault("holder", "Zoé Marchais")
    fields.setdefault("trade", factories.category("ceramiste"))
    return member(slug="zoe", commune=factories.commune("Dourdan"), story="Je recouds.", **fields)


@pytest.mark.parametrize("words", ["zoe marchais", "céramiste", "recouds", "dourdan", "zoé dour"])
def test_a_member_without_a_listing_is_found_by_all_that_they_say(client, words):
    bookbinder()
    assert found(client, words) == (["zoe"], [])
    assert "1 membre du label" in page(client, words)


def test_a_member_with_a_listing_is_found_by_the_listing_alone(client):
    shop = factories.listing("Poterie Zèbre", slug="zebre")
    member(shop, slug="poterie-zebre", story="Unezèbrerie")
    assert found(client, "zèbre") == ([], [])
    assert 'data-listing="zebre"' in page(client, "zèbre")


@pytest.mark.parametrize("words", ["cuisson", "raku", "zèbre", "cuissons rambouillet", "grosfeu"])
def test_a_post_is_found_by_its_words_its_hashtags_its_name_and_its_place(client, words):
    shop = factories.listing("Poterie Zèbre", commune="Rambouillet")
    told = post("Cuisson de samedi #raku", listing=shop)
    tag = Tag.objects.get(name="raku")
    tag.synonyms = "grosfeu"
    tag.save()
    assert found(client, words)[1] == [str(told.pk)]


def test_each_kind_stands_under_its_heading(client):
    shop = factories.listing("Le four", slug="four")
    told = post("Le four chauffe", listing=shop)
    bookbinder(holder="Four à Zoé")
    webmag.article("Un four", slug="un-four")
    html = page(client, "four")
    order = ['data-listing="four"', 'data-article="un-four"', 'data-member="zoe"']
    places = [html.index(mark) for mark in (*order, f'data-post="{told.pk}"')]
    assert places == sorted(places)
    for heading in ("1 fiche", "1 article", "1 membre du label", "1 publication"):
        assert f">{heading}</h2>" in html


def test_more_than_six_are_read_on_pages_of_their_own(client):
    for number in range(14):
        post(f"Cuisson {number}")
    html = page(client, "cuisson")
    assert len(found(client, "cuisson")[1]) == 6
    assert "?q=cuisson&amp;parmi=publications" in html and "Voir les 14 publications" in html
    pages = [found(client, "cuisson", parmi="publications", page=n)[1] for n in (1, 2)]
    assert [len(one) for one in pages] == [12, 2]
    assert "q=cuisson&amp;parmi=publications&amp;page=2" in page(
        client, "cuisson", parmi="publications"
    )
    assert len(found(client, "cuisson", parmi="nimporte")[1]) == 6


def test_the_best_comes_first_then_the_newest(client):
    shop = factories.listing("Raku d’ici")
    old = post("Fournée", listing=shop, published_at=timezone.now() - timedelta(days=2))
    said = [post("Du raku"), post("Encore du raku")]
    assert found(client, "raku")[1] == [str(one.pk) for one in (old, said[1], said[0])]


def test_what_answers_only_here_is_neither_mended_nor_partial(client):
    webmag.article("Le fournil", slug="fournil")
    told = post("La fournill de Paul")
    html = page(client, "fournill").replace("\xa0", " ")
    assert found(client, "fournill")[1] == [str(told.pk)]
    assert "data-article" not in html
    assert "Vouliez-vous dire « <a" in html
    assert found(client, "fournil")[1] == []


def test_a_typing_error_is_mended_for_posts_too(client):
    told = post("Cuisson de samedi")
    html = page(client, "cuissno").replace("\xa0", " ")
    assert "Résultats pour « <strong>cuisson</strong> »" in html
    assert found(client, "cuissno")[1] == [str(told.pk)]


def test_members_are_suggested_and_leave_room_for_others(client):
    bookbinder(holder="Fournée de Zoé")
    for number in range(6):
        factories.listing(f"Fournil {number}")
        webmag.article(f"Fournaise {number}")
    labels = suggested(client, "fourn")
    assert "Fournée de Zoé" in labels
    assert len(labels) == 8
    post("Xylophone")
    assert suggested(client, "xylophone") == []


@pytest.mark.parametrize("state", [Post.State.WAITING, Post.State.REFUSED, Post.State.HIDDEN])
def test_a_post_that_is_not_published_is_found_by_nothing(client, state):
    post(f"{SECRET} #{SECRET}", state=state, reason=SECRET)
    post(f"{SECRET} ici", listing=factories.listing(live=False))
    post("Public", state=Post.State.PUBLISHED)
    nothing_is_said(client)


@pytest.mark.parametrize(
    ("state", "since"),
    [(state, None) for state in ("en-attente", "refusee")]
    + [(state, timezone.localdate()) for state in ("partie", "echue", "retiree")],
)
def test_who_is_no_member_is_found_by_nothing(client, state, since):
    member(holder=SECRET, story=SECRET, state=state, since=since, reason=SECRET)
    member(holder="Hors délai", story=SECRET, until=timezone.localdate() - timedelta(1))
    nothing_is_said(client)
    post("Souvenir", membership=Membership.objects.get(holder=SECRET))
    nothing_is_said(client)


def nothing_is_said(client):
    """No answer knows the secret, not even for mending a word."""
    for words in (SECRET, SECRET[:-2], f"{SECRET[:-1]}x"):
        html = page(client, words)
        assert "data-post" not in html and "data-member" not in html
        assert SECRET not in html.replace(words, "")
        assert suggested(client, words) == []


def test_posts_come_and_go_with_what_happens_to_them(client, moderator):
    shop = factories.listing("Poterie")
    told = post("Cuisson", listing=shop, state=Post.State.WAITING, published_at=None)
    assert found(client, "cuisson")[1] == []
    writing.publish(told, moderator)
    assert found(client, "cuisson")[1] == [str(told.pk)]
    told.refresh_from_db()
    told.text = "Démoulage"
    told.save()
    assert found(client, "cuisson")[1] == []
    assert found(client, "démoulage")[1] == [str(told.pk)]
    shop.refresh_from_db()
    shop.name = "Zébrerie"
    shop.save()
    assert found(client, "zébrerie")[1] == [str(told.pk)]
    shop.unpublish()
    assert found(client, "démoulage")[1] == []
    shop.save_revision().publish()
    assert found(client, "démoulage")[1] == [str(told.pk)]
    writing.refuse(told, moderator, "Pas ici")
    assert found(client, "démoulage")[1] == []
    writing.publish(told, moderator)
    told.delete()
    assert found(client, "démoulage")[1] == []
    assert not SearchEntry.objects.filter(kind="post").exists()


def test_members_come_and_go_with_the_label(client, moderator):
    zoe = bookbinder(state=Membership.State.WAITING, since=None)
    assert found(client, "recouds")[0] == []
    memberships.accept(zoe, moderator)
    told = post("Reliure neuve", membership=zoe)
    assert found(client, "recouds")[0] == ["zoe"]
    assert found(client, "marchais") == (["zoe"], [str(told.pk)])
    zoe.story = "Je dore."
    zoe.save()
    assert found(client, "recouds")[0] == []
    memberships.revoke(zoe, moderator, "motif")
    assert found(client, "dore") == ([], [])
    assert found(client, "marchais") == ([], [])
    assert found(client, "reliure")[1] == [str(told.pk)]
    zoe.delete()
    assert not SearchEntry.objects.filter(kind="member").exists()


def test_a_trades_other_words_find_its_members(client):
    bookbinder()
    trade = factories.category("ceramiste")
    trade.synonyms = "tournassage"
    trade.save()
    assert found(client, "tournassage")[0] == ["zoe"]


def test_the_index_is_built_again(client, capsys):
    bookbinder()
    told = post("Cuisson")
    SearchEntry.objects.filter(kind__in=("post", "member")).delete()
    search.index("post", [search.Entry(10_000, ["fantôme"])])
    call_command("rebuild_search")
    assert found(client, "cuisson")[1] == [str(told.pk)]
    assert found(client, "recouds")[0] == ["zoe"]
    assert not SearchEntry.objects.filter(object_id=10_000).exists()
    assert "entrées sans publication retirées : 1" in capsys.readouterr().out


def test_a_search_asks_little_however_much_there_is(client):
    def questions(words):
        cache.clear()
        versions.forget()
        with CaptureQueriesContext(connection) as captured:
            page(client, words)
        return len(captured)

    def plant(numbers):
        for number in numbers:
            factories.listing(f"Four {number}")
            post(f"Le four chauffe {number}")
            member(holder=f"Four de {number}")
            webmag.article(f"Un four {number}")

    asked = ("four", "fuor", "four chauffe", "chauffe un")
    plant(range(10))
    few = {words: questions(words) for words in asked}
    plant(range(10, 30))
    posts = [
        Post(text="Le four", state="publiee", published_at=timezone.now()) for _ in range(1000)
    ]
    many = Post.objects.bulk_create(posts)
    search.index("post", [search.Entry(one.pk, [], ["Le four chauffe"]) for one in many])
    assert {words: questions(words) for words in asked} == few
    assert max(few.values()) <= 22
