"""Every page below /compte/: in our look, personal, private, and only those that are needed."""

import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from home.accounts import urls
from tests import factories
from tests.home.accounts import (
    ask_for_a_code,
    last_letter,
    log_in,
    sign_up,
    telephone,
    with_second_factor,
)

pytestmark = pytest.mark.django_db

OPEN = {
    "/compte/connexion/": "Se connecter",
    "/compte/inscription/": "S’inscrire",
    "/compte/confirmer/": "Un lien à ouvrir",
    "/compte/confirmer/abc/": "Ce lien ne compte plus",
    "/compte/ferme/": "Ce compte est fermé",
    "/compte/mot-de-passe/oublie/": "Mot de passe oublié",
    "/compte/mot-de-passe/oublie/envoye/": "Un lien à ouvrir",
    "/compte/mot-de-passe/oublie/1-abc/": "Ce lien ne compte plus",
}
# Only in the middle of a login.
BETWEEN = {
    "/compte/connexion/code/": "Le code reçu par mail",
    "/compte/connexion/second-facteur/": "Le code de votre téléphone",
}
OURS = {
    "/compte/": "Mon compte",
    "/compte/adresse/": "Changer d’adresse",
    "/compte/deconnexion/": "Se déconnecter ?",
    "/compte/mot-de-passe/": "Changer de mot de passe",
    "/compte/verifier/": "Est-ce bien vous ?",
    "/compte/second-facteur/activer/": "Activer le second facteur",
}
WITHOUT_PASSWORD = {"/compte/mot-de-passe/choisir/": "Choisir un mot de passe"}
WITH_FACTOR = {
    "/compte/verifier/code/": "Est-ce bien vous ?",
    "/compte/second-facteur/retirer/": "Retirer le second facteur",
    "/compte/second-facteur/secours/": "Vos codes de secours",
    "/compte/second-facteur/secours/nouveaux/": "De nouveaux codes de secours",
}
ALL = OPEN | BETWEEN | OURS | WITHOUT_PASSWORD | WITH_FACTOR
FOREIGN = re.compile(r"\b(Email|Password|Sign|Please|Log out|Submit|username)\b")


def is_a_page_of_ours(response, title):
    """Check what all of them have in common."""
    page = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"<h1>(.*?)</h1>", page.replace("\xa0", " ")) == [title]
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex" and 'content="noindex"' in page
    assert "default-src 'none'" in response["Content-Security-Policy"]
    main = page[page.index("<main") : page.index("</main>")]
    words = re.sub(r"<[^>]*>", " ", main)
    assert not FOREIGN.search(words)
    for field in re.findall(r"<input(?![^>]*type=\"hidden\")[^>]*>", main):
        assert re.search(r'id="([^"]+)"', field), field
        label = re.search(r'id="([^"]+)"', field)[1]
        assert f'for="{label}"' in main
        assert "autocomplete=" in field
    return page


def log_in_fully(client, user, secret=""):
    """Log in and prove it again, so that everything opens."""
    log_in(client, user.email)
    if secret:
        client.post("/compte/connexion/second-facteur/", {"code": telephone(secret)})
    client.post("/compte/verifier/?next=/compte/", {"password": "secret"})


def test_no_address_is_mounted_that_is_not_visited_here():
    known = {re.sub(r"abc|1-abc", "", url) for url in ALL}
    mounted = {reverse(name) for _route, _view, name in urls.ADDRESSES}
    assert mounted == {url for url in known if not url.endswith("//")} | {"/compte/"}
    # And the two with a key in them.
    assert len(urls.urlpatterns) == len(urls.ADDRESSES) + 2


def test_nothing_of_allauth_is_mounted_elsewhere():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    ours = {name for *_rest, name in urls.ADDRESSES}
    ours |= {"account_confirm_email", "account_reset_password_from_key"}
    found = {name for name in names if name.startswith(("account_", "mfa_", "socialaccount"))}
    assert found == ours - {"account"}


@pytest.mark.parametrize("url", OPEN)
def test_anonymous_visitors_see_the_pages_that_are_for_them(client, url):
    response = client.get(url)
    is_a_page_of_ours(response, OPEN[url])
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize("url", [*OURS, *WITHOUT_PASSWORD, *WITH_FACTOR])
def test_anonymous_visitors_are_led_to_log_in_from_the_others(client, url):
    if url == "/compte/deconnexion/":
        assert client.get(url)["Location"] == "/"
        return
    for answer in (client.get(url), client.post(url)):
        assert answer["Location"].startswith("/compte/connexion/")
        assert "no-store" in answer.get("Cache-Control", "no-store")


@pytest.mark.parametrize("url", BETWEEN)
def test_nobody_sees_the_middle_of_a_login_who_has_not_begun_one(client, stranger, url):
    assert client.get(url)["Location"] == "/compte/connexion/"
    client.force_login(stranger)
    assert client.get(url)["Location"] == "/compte/"


def test_the_middle_of_a_login_is_in_our_look(client, stranger):
    ask_for_a_code(client, stranger.email)
    url = "/compte/connexion/code/"
    is_a_page_of_ours(client.get(url), BETWEEN[url])
    with_second_factor(stranger)
    log_in(client, stranger.email)
    url = "/compte/connexion/second-facteur/"
    is_a_page_of_ours(client.get(url), BETWEEN[url])


@pytest.mark.parametrize("url", OURS)
def test_somebody_logged_in_sees_theirs(client, stranger, url):
    log_in_fully(client, stranger)
    is_a_page_of_ours(client.get(url), OURS[url])


@pytest.mark.parametrize("url", WITH_FACTOR)
def test_somebody_with_a_second_factor_sees_theirs(client, stranger, url):
    secret = with_second_factor(stranger)
    log_in_fully(client, stranger, secret)
    client.post("/compte/second-facteur/secours/nouveaux/")
    is_a_page_of_ours(client.get(url), WITH_FACTOR[url])


def test_a_first_password_is_chosen(client, stranger):
    (url, title), *_ = WITHOUT_PASSWORD.items()
    stranger.set_unusable_password()
    stranger.save()
    client.force_login(stranger)
    assert client.get("/compte/mot-de-passe/")["Location"] == url
    is_a_page_of_ours(client.get(url), title)
    assert "Huit signes" in client.post(url, {"password1": "123"}).content.decode()
    assert client.post(url, {"password1": "le four chauffe au bois"})["Location"] == "/compte/"
    stranger.refresh_from_db()
    assert stranger.check_password("le four chauffe au bois")


def test_a_password_is_changed_by_whoever_knows_it(client, stranger):
    client.force_login(stranger)
    url = "/compte/mot-de-passe/"
    new = {"password1": "le four chauffe au bois"}
    assert "retapez-le" in client.post(url, new | {"oldpassword": "faux"}).content.decode()
    assert client.post(url, new | {"oldpassword": "secret"})["Location"] == "/compte/"
    assert "Votre mot de passe est changé" in client.get("/compte/").content.decode()
    assert "a changé" in last_letter(stranger.email).subject


def test_a_name_is_changed_on_the_account_page(client, stranger):
    client.force_login(stranger)
    refused = client.post("/compte/", {"display_name": "  "})
    assert refused.status_code == 422 and "à remplir" in refused.content.decode()
    client.post("/compte/", {"display_name": "Lise\u202e des Vaux"})
    stranger.refresh_from_db()
    assert stranger.display_name == "Lise des Vaux"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "👩‍🌾 ليز", "x" * 200, "\x00"])
def test_odd_names_do_no_harm(client, stranger, name):
    client.force_login(stranger)
    answer = client.post("/compte/", {"display_name": name}, follow=True)
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.content.decode()


def test_links_in_mails_never_come_from_the_host_that_was_asked(client, stranger):
    """A poisoned Host header would send whoever opens the mail to another site."""
    bad = {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "evil.example"}
    client.defaults |= bad
    ask_for_a_code(client, "nemo@example.org")
    client.post("/compte/mot-de-passe/oublie/", {"email": stranger.email})
    client.post("/compte/mot-de-passe/oublie/", {"email": "nemo@example.org"})
    sign_up(client, stranger.email)
    client.cookies.clear()
    sign_up(client, "lise@example.org")
    client.force_login(stranger)
    client.post("/compte/adresse/", {"email": "neuve@example.org", "action_add": ""})
    letters = [last_letter(to) for to in (stranger.email, "nemo@example.org", "lise@example.org")]
    letters.append(last_letter("neuve@example.org"))
    for letter in letters:
        assert "http://127.0.0.1:8000/compte/" in letter.body
        assert "evil" not in letter.body + letter.subject
        assert letter.content_subtype == "plain" and not hasattr(letter, "alternatives")


def test_the_same_link_to_the_account_stands_on_every_public_page(client):
    assert '<a href="/compte/">Mon compte</a>' in client.get("/").content.decode()


def test_search_engines_are_asked_to_stay_away(client):
    factories.listing()
    assert "Disallow: /compte/" in client.get("/robots.txt").content.decode()
    assert "/compte/" not in client.get("/sitemap.xml").content.decode()


def test_too_much_from_one_place_gets_a_page_that_says_so(client):
    for _ in range(31):
        answer = client.post("/compte/connexion/", {})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Attendez quelques minutes" in page and 'lang="fr"' in page
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused_kindly(client, method):
    for url in OPEN:
        assert getattr(client, method)(url).status_code < 500


def test_starting_does_not_load_what_security_keys_would_need():
    code = (
        "import sys; from config.wsgi import application; from django.urls import get_resolver;"
        "get_resolver().url_patterns; sys.exit('fido2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_form_that_expired_says_what_to_do():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/compte/connexion/", {"login": "x"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in page and "/static/home/css/site.css" in page
