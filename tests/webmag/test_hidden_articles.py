"""What is not public stands nowhere: no page, list, feed, search, neighbour or sitemap."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import SearchEntry
from tests import factories as base
from tests.webmag import factories
from webmag.models import Article

pytestmark = pytest.mark.django_db

SECRET = "zorglub"


def draft(**fields):
    """Never published."""
    return factories.article(live=False, **fields)


def unpublished(**fields):
    """Withdrawn."""
    article = factories.article(**fields)
    article.unpublish()
    return article


def scheduled(**fields):
    """To be published tomorrow."""
    article = factories.article(live=False, **fields)
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision().publish()
    return article


def expired(**fields):
    """Published until a moment ago."""
    article = factories.article(**fields)
    article.expire_at = timezone.now() - timedelta(minutes=1)
    article.save_revision()
    Article.objects.filter(pk=article.pk).update(expire_at=article.expire_at)
    call_command("publish_scheduled", verbosity=0)
    return article


def behind_a_login(**fields):
    """Readable for those who log in."""
    article = factories.article(**fields)
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    return article


def behind_a_password(**fields):
    """Its whole magazine asks for a password."""
    article = factories.article(**fields)
    PageViewRestriction.objects.create(
        page=article.get_parent(), restriction_type="password", password="x"
    )
    return article


def in_an_unpublished_magazine(**fields):
    """Its magazine was withdrawn."""
    article = factories.article(**fields)
    article.get_parent().specific.unpublish()
    return article


WAYS = [
    draft,
    unpublished,
    scheduled,
    expired,
    behind_a_login,
    behind_a_password,
    in_an_unpublished_magazine,
]


@pytest.fixture
def shown(categories):
    """A public article that would have everything in common with the hidden one."""
    return factories.article(
        "Paru",
        "Du fromage.",
        slug="paru",
        magazine=factories.magazine("La Pierre", slug="pierre"),
        tags=["fromage"],
        communes=[base.commune("Dourdan")],
        listings=[base.listing("Ferme", slug="ferme")],
        by=factories.author("Odile"),
    )


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def hidden(request, shown):
    """An article that nobody may see, in one of the ways."""
    made = request.param(
        title=f"Le {SECRET}",
        slug=SECRET,
        blocks=f"{SECRET} et fromage",
        standfirst=SECRET,
        magazine=factories.magazine("Le Bissac", slug="bissac", sections=["portraits"]),
        tags=["fromage", f"{SECRET}tag"],
        communes=[base.commune("Dourdan")],
        listings=list(shown.listings.all()),
        by=factories.author(f"Plume {SECRET}"),
        main_image=factories.photo(f"photo {SECRET}"),
    )
    factories.issue("Un", [made, shown], magazine=shown.get_parent().specific, slug="un")
    return made


ADDRESSES = [
    "/",
    "/magazines/",
    "/magazines/pierre/",
    "/magazines/pierre/paru/",
    "/magazines/pierre/un/",
    "/magazines/etiquette/fromage/",
    "/magazines/commune/dourdan/",
    "/magazines/auteur/odile/",
    "/flux/articles.rss",
    "/flux/articles.atom",
    "/flux/etiquette/fromage.rss",
    "/flux/commune/dourdan.atom",
    "/api/v1/articles",
    "/api/v1/articles?q=fromage",
    "/api/v1/articles?commune=91200",
    "/recherche/?q=fromage",
    "/recherche/suggestions/?q=fromage",
    "/annuaire/fiche/ferme/",
    "/annuaire/commune/dourdan/",
    "/sitemap-articles-1.xml",
    "/sitemap-auteurs-1.xml",
    "/sitemap-pages-1.xml",
]
ABSENT = [
    f"/magazines/bissac/{SECRET}/",
    f"/magazines/bissac/{SECRET}/qr.svg",
    f"/magazines/etiquette/{SECRET}tag/",
    f"/magazines/auteur/plume-{SECRET}/",
    f"/flux/etiquette/{SECRET}tag.rss",
    f"/flux/auteur/plume-{SECRET}.atom",
]


def visitors():
    """Nobody, and somebody with an account."""
    member = Client()
    member.force_login(base.user("inconnu@example.org"))
    return [Client(), member]


def test_what_is_hidden_stands_nowhere(hidden):
    for visitor in visitors():
        for address in ADDRESSES:
            answer = visitor.get(address)
            assert answer.status_code == 200, address
            assert SECRET not in answer.content.decode().casefold(), address
        for address in ABSENT:
            assert visitor.get(address).status_code == 404, address
        found = visitor.get("/api/v1/articles", {"q": SECRET}).json()
        assert SECRET not in str(found["items"])
        page = visitor.get("/recherche/", {"q": SECRET}).content.decode()
        assert f"/{SECRET}/" not in page and "data-article" not in page
    assert not SearchEntry.objects.filter(kind="article", title__contains=SECRET).exists()


@pytest.mark.parametrize("address", ["/magazines/bissac/", "/flux/magazine/bissac.rss"])
def test_a_hidden_magazine_has_neither_page_nor_feed(client, db, address):
    magazine = factories.magazine("Le Bissac", slug="bissac")
    assert client.get(address).status_code == 200
    magazine.unpublish()
    assert client.get(address).status_code == 404


def test_what_is_published_again_is_found_again(client, categories):
    article = factories.article("Le retour", slug="retour", tags=["fromage"])
    magazine = article.get_parent().specific
    magazine.unpublish()
    assert "data-article" not in client.get("/recherche/?q=retour").content.decode()
    magazine.save_revision().publish()
    assert 'data-article="retour"' in client.get("/recherche/?q=retour").content.decode()
    assert client.get(article.get_url()).status_code == 200


def test_what_is_freed_from_its_login_is_found_again(client, categories):
    article = factories.article("Le retour", slug="retour")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert client.get(article.get_url()).status_code == 404
    restriction.delete()
    assert client.get(article.get_url()).status_code == 200
    assert 'data-article="retour"' in client.get("/recherche/?q=retour").content.decode()


def test_a_draft_of_what_is_published_stays_a_draft(client, categories):
    article = factories.article("Paru", slug="paru", tags=["fromage"], by=factories.author("Odile"))
    article.title, article.standfirst = SECRET, SECRET
    article.tags.add(SECRET)
    article.bylines.add(
        type(article.bylines.first())(author=factories.author(f"Plume {SECRET}"), sort_order=2)
    )
    article.save_revision()
    for address in (article.get_url(), "/magazines/", "/flux/articles.rss", "/api/v1/articles"):
        assert SECRET not in client.get(address).content.decode()
    assert client.get(f"/magazines/auteur/plume-{SECRET}/").status_code == 404


def test_a_draft_can_be_previewed_before_anything_is_published(client, moderator, categories):
    article = factories.article(
        "Brouillon",
        "Il fait nuit.",
        live=False,
        slug="brouillon",
        by=factories.author("Odile", about="Elle écrit."),
        main_image=factories.photo(),
        listings=[base.listing("Ferme", slug="ferme")],
        communes=[base.commune()],
    )
    issue = factories.issue("Numéro", [article], slug="numero")
    client.force_login(moderator)
    for page in (article, issue, article.get_parent().specific, factories.index()):
        page = page.get_latest_revision_as_object() if page.latest_revision else page
        answer = client.get(f"/gestion/pages/{page.pk}/view_draft/")
        assert answer.status_code == 200
        assert page.title in answer.content.decode()
    shown = client.get(f"/gestion/pages/{article.pk}/view_draft/").content.decode()
    for word in ("Il fait nuit.", "Odile", 'data-listing="ferme"', "Elle écrit."):
        assert word in shown


def test_an_odd_address_is_no_way_round(client, categories):
    article = factories.article("Où", slug="où-ça", magazine=factories.magazine(slug="bissac"))
    assert client.get("/magazines/bissac/o%C3%B9-%C3%A7a/").status_code == 200
    article.get_parent().specific.unpublish()
    assert client.get("/magazines/bissac/o%C3%B9-%C3%A7a/").status_code == 404
    assert client.get("/magazines/bissac/%00/").status_code in (400, 404)
