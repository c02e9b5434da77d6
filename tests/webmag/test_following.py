"""What shows on a page of a magazine and changes elsewhere: the page follows."""

import pytest
from wagtail.models import Page

from home.models import ContentVersion, Tag
from tests import factories as base
from tests.webmag import factories
from webmag.models import Article, Magazine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


@pytest.fixture
def article():
    """An article with something of each kind."""
    magazine = factories.magazine("Le Bissac", slug="bissac", sections=["portraits"])
    return factories.article(
        "Un matin",
        slug="matin",
        magazine=magazine,
        section=magazine.sections.first(),
        by=factories.author("Odile", photo=factories.photo()),
        tags=["fromage"],
        communes=[base.commune("Dourdan")],
        main_image=factories.photo(credit="Paul", alt_text="Une cour."),
    )


def page(client, article):
    """The article's page, as somebody sees it now."""
    return client.get(article.get_url()).content.decode()


def renamed(thing, **fields):
    """Change something and save it."""
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda a: renamed(a.bylines.first().author, name="Odile Marchais"), "Odile Marchais"),
        (lambda a: renamed(a.main_image, credit="Pierre"), "Pierre"),
        (lambda a: renamed(a.bylines.first().author.photo, title="Portrait"), "matin"),
        (lambda a: renamed(Tag.objects.get(name="fromage"), name="fromages"), "#fromages"),
        (lambda a: renamed(a.section, name="Gens d’ici"), "Gens d’ici"),
        (lambda a: renamed(base.commune("Dourdan"), name="Dourdan-le-Bel"), "Dourdan-le-Bel"),
    ],
)
def test_an_article_follows_what_it_shows(client, article, change, shown):
    page(client, article)
    before = ContentVersion.current()
    change(article)
    assert ContentVersion.current() > before
    assert shown in page(client, article)


def test_a_magazine_that_is_renamed_is_renamed_on_its_articles(client, article):
    issue = factories.issue("Un", [article], magazine=article.get_parent().specific)
    magazine = Magazine.objects.get()
    magazine.title, magazine.slug, magazine.colour = "La Besace", "besace", "ciel"
    magazine.save_revision().publish()
    for each in (Article.objects.get(), issue):
        each = Page.objects.get(pk=each.pk)
        shown = page(client, each)
        assert "La Besace" in shown and "mag-ciel" in shown and "Bissac" not in shown


def test_an_article_that_moves_bears_its_new_magazine_s_name(client, article):
    article.move(factories.magazine("La Pierre", slug="pierre"), pos="last-child")
    moved = Article.objects.get()
    assert "La Pierre" in page(client, moved)
    assert client.get("/magazines/bissac/matin/").status_code in (301, 302, 404)


def test_a_photo_a_tag_and_a_heading_can_go(client, article):
    article.main_image.delete()
    Tag.objects.get(name="fromage").delete()
    article.section.delete()
    shown = page(client, article)
    assert "Paul" not in shown and "#fromage" not in shown and "rubrique/portraits" not in shown


def test_a_cover_can_go(client, article):
    photo = factories.photo(credit="Couverture")
    magazine = article.get_parent().specific
    magazine.cover = photo
    magazine.about = "<p>Nous.</p>"
    magazine.save_revision().publish()
    issue = factories.issue("Un", magazine=magazine, cover=photo)
    addresses = (magazine.get_url(), issue.get_url())
    for address in addresses:
        assert "Couverture" in client.get(address).content.decode()
    renamed(photo, credit="Pierre")
    for address in addresses:
        assert "© Pierre" in client.get(address).content.decode()
    photo.delete()
    for address in addresses:
        assert "Pierre" not in client.get(address).content.decode()


def test_a_listing_that_is_withdrawn_leaves_the_article(client, article):
    farm = base.listing("Ferme du Gué")
    article.listings.add(farm)
    article.save_revision().publish()
    assert "Ferme du Gué" in page(client, article)
    farm.unpublish()
    assert "Ferme du Gué" not in page(client, article)


def test_a_team_that_changes_shows(client, article):
    magazine, paul = article.get_parent().specific, factories.author("Paul Rouvre")
    assert "Paul Rouvre" not in client.get(magazine.get_url()).content.decode()
    role = magazine.team.create(author=paul)
    assert "Paul Rouvre" in client.get(magazine.get_url()).content.decode()
    paul.covers.add(base.commune("Dourdan"))
    assert "correspondance à Dourdan" in client.get(magazine.get_url()).content.decode()
    assert "Paul Rouvre" in client.get("/annuaire/commune/dourdan/").content.decode()
    role.delete()
    assert "Paul Rouvre" not in client.get(magazine.get_url()).content.decode()
    assert "Paul Rouvre" not in client.get("/annuaire/commune/dourdan/").content.decode()


def test_articles_stand_on_the_pages_of_what_they_are_about(client, article):
    farm = base.listing("Ferme du Gué", slug="gue")
    for address in ("/", "/annuaire/commune/dourdan/"):
        assert "/magazines/bissac/matin/" in client.get(address).content.decode()
    assert "On en parle" not in client.get("/annuaire/fiche/gue/").content.decode()
    article.listings.add(farm)
    article.save_revision().publish()
    shown = client.get("/annuaire/fiche/gue/").content.decode()
    assert "On en parle" in shown and "/magazines/bissac/matin/" in shown
    assert "/magazines/" in client.get("/annuaire/commune/dourdan/").content.decode()
    empty = client.get("/annuaire/commune/dourdan/fromager-fermier/").content.decode()
    assert "dans les magazines" not in empty


def test_a_home_page_without_articles_does_not_speak_of_them(client, categories):
    assert "Tous les articles" not in client.get("/").content.decode()
