"""Links between old articles lead to the new pages, once both are here."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from home.rich_text import CleanText, for_keeping
from tests.webmag.blogs.wordpress import attachment, export, item
from tests.webmag.test_blog_import import blog, bring, counts
from webmag.importing.addresses import known_as, link_address
from webmag.models import Article, BlogImport

__all__ = ["blog", "bring"]
pytestmark = pytest.mark.django_db
SITE = "https://haies.example"


def leading_to(*addresses, post_id=1, title="La haie"):
    """An article with a link to each of these."""
    links = " ".join(f'<a href="{one}">lien {n}</a>' for n, one in enumerate(addresses))
    return item(title, f"<p>Voir {links}</p>", post_id=post_id)


def lavoir():
    """What they lead to."""
    return item("Le lavoir", "<p>Deux</p>", post_id=2)


def texts_of(title):
    """The stored texts of a draft."""
    draft = Article.objects.get(title=title).get_latest_revision_as_object()
    return "".join(block["value"] for block in draft.body.raw_data if block["type"] == "text")


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/2014/03/article-no-2/",
        "http://haies.example/2014/03/article-no-2",
        "https://www.haies.example/2014/03/article-no-2/?utm_source=lettre",
        f"{SITE}/2014/03/article-no-2/comment-page-2/",
        f"{SITE}/?p=2",
        "http://www.haies.example/index.php?p=2&amp;preview=true",
        "/2014/03/article-no-2/",
        f"{SITE}/article-no-2/",
    ],
)
def test_a_link_to_an_article_that_came_leads_to_its_new_page(bring, address):
    bring(export(leading_to(address), lavoir()))
    page = Article.objects.get(title="Le lavoir")
    assert f'<a linktype="page" id="{page.pk}" data-former="http' in texts_of("La haie")


def test_a_link_to_what_did_not_come_stays(bring):
    away = [f"{SITE}/2014/03/autre/", f"{SITE}/", "https://ailleurs.example/2014/03/article-no-2/"]
    bring(export(leading_to(*away), lavoir(), item("Privé", "x", post_id=3, status="private")))
    assert "linktype" not in texts_of("La haie")
    assert all(f'<a href="{one}">' in texts_of("La haie") for one in away)


def test_an_address_goes_to_its_owner_before_a_second_name(bring):
    source = export(
        leading_to(f"{SITE}/lavoir/"),
        item("Le lavoir", "x", post_id=2, post_name="lavoir", link=f"{SITE}/2014/lavoir/"),
        item("Le vrai", "x", post_id=3, post_name="vrai", link=f"{SITE}/lavoir/"),
    )
    bring(source)
    page = Article.objects.get(title="Le vrai")
    assert f'linktype="page" id="{page.pk}"' in texts_of("La haie")


def test_the_article_that_is_led_to_may_come_in_a_later_run(bring):
    first = leading_to(f"{SITE}/?p=2#lavoir")
    bring(export(first))
    assert f'<a href="{SITE}/?p=2#lavoir">' in texts_of("La haie")
    bring(export(lavoir()))
    page = Article.objects.get(title="Le lavoir")
    stored = f'<a linktype="page" id="{page.pk}" data-former="{SITE}/?p=2#lavoir">'
    assert stored in texts_of("La haie")
    before = list(Article.objects.order_by("pk").values_list("pk", "latest_revision"))
    assert counts(bring(export(first, lavoir()))[0], "unchanged") == (2,)
    assert list(Article.objects.order_by("pk").values_list("pk", "latest_revision")) == before
    assert BlogImport.objects.first().remarks[-1].startswith("Liens d’un article à l’autre : 1 ")


def test_what_somebody_has_touched_keeps_its_links(bring, team):
    bring(export(leading_to(f"{SITE}/?p=2")))
    Article.objects.get().save_revision(user=team.paul)
    bring(export(lavoir()))
    assert "linktype" not in texts_of("La haie")


def test_an_original_that_changed_gets_its_links_again(bring):
    bring(export(leading_to(f"{SITE}/?p=2"), lavoir()))
    changed = export(leading_to(f"{SITE}/?p=2", title="La haie"), lavoir()).replace("Voir", "Lire")
    assert counts(bring(changed)[0], "updated") == (1,)
    assert "Lire" in texts_of("La haie") and "linktype" in texts_of("La haie")


def test_a_link_to_a_photo_leads_to_the_page_that_shows_it(bring, blog):
    photo, other = f"{blog.url}/1.png", f"{blog.url}/2.png"
    source = export(
        leading_to(photo, other, f"{SITE}/?attachment_id=9"),
        item("Le lavoir", f'<p>x</p><img src="{photo}"><p>y</p>', post_id=2),
        attachment(9, photo, parent=2),
    )
    bring(source)
    page, words = Article.objects.get(title="Le lavoir"), texts_of("La haie")
    assert words.count(f'linktype="page" id="{page.pk}"') == 2
    assert f'<a href="{other}">' in words


def test_a_run_that_was_killed_before_its_links_makes_them_when_it_goes_on(bring, monkeypatch):
    source = export(leading_to(f"{SITE}/?p=2"), lavoir())

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("webmag.importing.links.rewrite", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(source)
    assert "linktype" not in texts_of("La haie")
    bring(source)
    assert "linktype" in texts_of("La haie")
    assert BlogImport.objects.count() == 1


def test_until_the_other_article_is_published_readers_are_led_to_the_old_blog(bring, client):
    address = f"{SITE}/2014/03/article-no-2/#suite"
    bring(export(leading_to(address), lavoir()))
    first, second = Article.objects.order_by("pk")
    first.get_latest_revision().publish()
    first.refresh_from_db()
    assert f'href="{address}"' in client.get(first.url).content.decode()
    second.get_latest_revision().publish()
    second.refresh_from_db()
    shown = client.get(first.url).content.decode()
    assert f'href="{second.url}#suite"' in shown
    assert "data-former" not in shown and address not in shown


def test_the_editor_keeps_where_a_link_led_before(bring):
    bring(export(leading_to(f"{SITE}/?p=2#suite"), lavoir()))
    stored = texts_of("La haie")
    editor = ContentstateConverter(features=["link", "bold"])
    state = editor.from_database_format(stored)
    (entity,) = json.loads(state)["entityMap"].values()
    assert entity["data"]["data-former"] == f"{SITE}/?p=2#suite"
    saved = editor.to_database_format(state)
    assert f'data-former="{SITE}/?p=2#suite"' in saved
    assert 'linktype="page"' in saved


def test_a_former_address_is_one_of_the_web_or_none():
    bad = '<a linktype="page" id="1" data-former="javascript:alert(1)">x</a>'
    assert "javascript" not in for_keeping(bad)
    assert CleanText('<p><a linktype="page" id="99999">x</a></p>').__html__().count("href") == 0


def test_addresses_that_are_one_have_one_name():
    assert known_as("http://a.blogspot.fr/2014/03/b.html") == known_as(
        "https://a.blogspot.com/2014/03/b.html?m=1"
    )
    assert known_as("https://a.example/caf%C3%A9/") == known_as("http://www.a.example/café")
    assert known_as("https://a.example/?page_id=176 ") == "a.example?page_id=176"
    assert known_as("https://a.example:8443/b") != known_as("https://a.example/b")
    for none in ("", "https://a.example/", "mailto:a@b.example", "http://[", "https://a:b/"):
        assert known_as(none) == ""


def test_links_to_any_port_and_of_any_sensible_length_stay():
    long = "https://carte.example/?" + "x" * 900
    assert link_address(long) == long
    assert link_address("http://a.example:8080/b c#d") == "http://a.example:8080/b%20c#d"
    for none in ("javascript:alert(1)", "http://", "https://a:b@c.example/", "x" * 3000):
        assert link_address(none) == ""
