"""Robots, sitemaps, photos, and pages that do not exist."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from home.models import HomePage, PlainPage, SiteSettings
from home.prepared import Prepared
from tests import factories
from tests.home.test_uploads import picture, saved


@pytest.fixture(autouse=True)
def place(db, settings, tmp_path):
    """A site with an address and a folder of its own."""
    settings.SITE_URL = "https://annuaire.example"
    settings.MEDIA_ROOT = tmp_path


def hide():
    """Take the site out of search engines."""
    site = SiteSettings.load()
    site.hidden_from_search_engines = True
    site.save()


def sitemap(client):
    """All addresses that the sitemap and its parts name."""
    found = []
    for part in locations(client.get("/sitemap.xml")):
        found += locations(client.get(part.removeprefix("https://annuaire.example")))
    return found


def locations(response):
    """The addresses in one file."""
    assert response.status_code == 200
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_robots_are_shown_the_list_and_kept_out_of_the_administration(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /gestion/\n" in text
    assert "Sitemap: https://annuaire.example/sitemap.xml\n" in text


def test_a_hidden_site_turns_robots_away(client):
    hide()
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert "noindex" in client.get("/").content.decode()
    # The list itself stays: it tells nothing that the pages do not.
    assert client.get("/sitemap.xml").status_code == 200


def test_the_sitemap_names_what_is_published(client, categories):
    shop = factories.listing("La Fromagerie", category="cremerie")
    addresses = sitemap(client)
    for path in (
        "/",
        shop.get_absolute_url(),
        reverse("directory:commune", args=[shop.commune.slug]),
        shop.category.get_absolute_url(),
        shop.category.parent.get_absolute_url(),
    ):
        assert f"https://annuaire.example{path}" in addresses


def test_the_sitemap_names_nothing_that_is_not_published(client, categories):
    factories.listing("Brouillon secret", commune="Houdan", category="cremerie", live=False)
    page = PlainPage(title="Page secrète", live=False)
    HomePage.objects.get().add_child(instance=page)
    text = " ".join(sitemap(client))
    assert "secret" not in text
    assert "houdan" not in text
    assert "cremerie" not in text


def test_a_long_sitemap_comes_in_several_files(client, monkeypatch):
    monkeypatch.setattr("home.sitemaps.Section.limit", 2)
    made = {factories.listing().get_absolute_url() for _ in range(5)}
    assert made <= {address.removeprefix("https://annuaire.example") for address in sitemap(client)}
    assert client.get("/sitemap-fiches-3.xml").status_code == 200


@pytest.mark.parametrize("name", ["fiches-9", "fiches-0", "autre-1"])
def test_a_sitemap_that_does_not_exist_is_not_found(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_the_sitemap_does_not_follow_the_host_of_the_request(client):
    assert b"evil" not in client.get("/sitemap.xml", headers={"host": "evil.example"}).content


def test_a_photo_in_a_size_of_our_pages_is_public_and_inert(client):
    rendition = saved(picture()).get_rendition("fill-20x20|format-webp")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "immutable" in response["Cache-Control"]


def test_an_original_is_for_those_who_work_on_it(client, moderator):
    photo = saved(picture())
    assert client.get(photo.file.url).status_code == 404
    client.force_login(moderator)
    response = client.get(photo.file.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path",
    [
        "images/page.html",
        "images/",
        "images/..%2fsecret-key",
        "images/../secret-key",
        "images/%00.jpg",
        "images/rien.jpg",
        "documents/liste.pdf",
        "sante/x.jpg",
        "",
    ],
)
def test_nothing_else_below_media_is_served(client, path):
    default_storage.save("images/page.html", ContentFile(b"<script>"))
    default_storage.save("documents/liste.pdf", ContentFile(b"%PDF"))
    assert client.get(f"/media/{path}").status_code == 404


def test_browsers_that_read_no_html_find_a_favicon(client):
    assert client.get("/favicon.ico").url.endswith(".png")


def test_a_page_that_does_not_exist_helps_to_search(client):
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_the_error_page_needs_neither_database_nor_settings(client, monkeypatch):
    monkeypatch.setattr(Prepared, "models", lambda *_: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/annuaire/fiche/rien/")
    assert response.status_code == 500
    assert "Un ennui de notre côté" in response.content.decode()
