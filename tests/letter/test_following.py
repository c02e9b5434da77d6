"""Asking for the letter: by a link that only the mailbox's owner can open."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from home import mailing
from home.models import OutgoingMail
from letter import following, links
from letter.addresses import hash_of
from letter.models import Follower, LetterSettings, Refusal
from tests import factories as directory
from tests.forms import filled
from tests.letter import factories
from tests.webmag import factories as webmag

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http\S+/lettre/confirmer/\S+/")


def ask(client, email="marie@boites.lan", **fields):
    """Send the form with a proof of work."""
    sent = {"email": email, "site": "on", "rhythm": "jour"} | fields
    return client.post("/lettre/", filled("lettre", **sent))


def link():
    """The link in the newest mail, as a path."""
    found = LINK.search(OutgoingMail.objects.latest("pk").body)[0]
    return found.partition("8000")[2] or found[found.index("/lettre/") :]


def test_the_form_shows_magazines_and_communes_and_what_is_kept(client):
    webmag.magazine("L’Écho")
    directory.listing(commune="Dourdan")
    page = client.get("/lettre/").content.decode()
    assert "L’Écho" in page and "Dourdan" in page and "Ce que nous gardons" in page


def test_a_page_s_link_has_its_magazine_or_commune_chosen(client):
    magazine = webmag.magazine("L’Écho", slug="echo")
    directory.commune("Dourdan")
    for query, chosen in (
        ("magazine=echo", f'value="{magazine.pk}"'),
        ("commune=dourdan", 'value="91200"'),
    ):
        page = client.get(f"/lettre/?{query}").content.decode()
        boxes = [box for box in re.findall(r"<input[^>]*checkbox[^>]*>", page) if "checked" in box]
        assert len(boxes) == 1 and chosen in boxes[0]
    for nothing in ("magazine=rien", "commune=%00", "magazine=" + "x" * 3000):
        assert client.get(f"/lettre/?{nothing}").status_code == 200


def test_a_commune_that_was_chosen_is_told_though_the_list_is_folded(client):
    directory.commune("Dourdan")
    page = client.get("/lettre/?commune=dourdan").content.decode()
    assert "<summary>Communes : Dourdan" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert '<details class="letter-communes">' in page
    directory.listing(commune="Dourdan")
    assert "<summary>Choisir des communes" in client.get("/lettre/").content.decode()
    refused = client.post("/lettre/", {"email": "", "communes": "91200", "rhythm": "jour"})
    assert '<details class="letter-communes" open>' in refused.content.decode()


def test_what_is_to_be_put_right_is_said_in_the_same_words_above_and_beside(client):
    page = ask(client, "Pas Une Adresse").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Votre adresse e-mail : vérifiez l’adresse, qui s’écrit comme nom@exemple.fr." in page
    assert "<li>Vérifiez l’adresse, qui s’écrit comme nom@exemple.fr.</li>" in page
    assert 'value="Pas Une Adresse"' in page


def test_nobody_follows_before_the_link_was_opened_and_confirmed(client):
    response = ask(client)
    assert (response.status_code, response["Location"]) == (302, "/lettre/lien/")
    follower = Follower.objects.get()
    assert follower.confirmed_at is None and not Follower.objects.confirmed().exists()

    path = link()
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert not Follower.objects.confirmed().exists()

    assert client.post(path)["Location"] == "/lettre/merci/"
    follower.refresh_from_db()
    assert (follower.audience, follower.rhythm) == ("site", "jour")
    assert follower.confirmed_at and not follower.nonce


def test_a_link_counts_once_and_for_a_week(client, monkeypatch):
    ask(client)
    path = link()
    client.post(path)
    assert client.get(path).status_code == client.post(path).status_code == 410

    ask(client, "autre@boites.lan")
    path = link()
    later = timezone.now().timestamp() + 8 * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.post(path).status_code == 410
    assert client.post(path[:-4] + "xxx/").status_code == 410


def test_a_newer_link_takes_the_place_of_the_older_one(client):
    ask(client)
    old = link()
    ask(client, rhythm="semaine")
    assert client.post(old).status_code == 410
    assert client.post(link()).status_code == 302
    assert Follower.objects.get().rhythm == "semaine"


def test_who_follows_already_keeps_their_choices_until_they_confirm_others(client):
    factories.follower("marie@boites.lan", audience="c78517", rhythm="semaine")
    ask(client, "Marie@Boites.lan")
    kept = Follower.objects.get()
    assert (kept.audience, kept.rhythm) == ("c78517", "semaine")
    assert "changer ce que vous recevez" in OutgoingMail.objects.get().body
    client.post(link())
    kept.refresh_from_db()
    assert (kept.audience, kept.rhythm) == ("site", "jour")


def test_the_answer_is_the_same_for_known_and_unknown_addresses(client, monkeypatch):
    monkeypatch.setattr("home.limits.too_often", lambda *_: False)
    monkeypatch.setattr("home.form_limits.too_often", lambda *_: False)
    answers = set()
    for number in range(100):
        known = factories.follower(f"connue-{number}@boites.lan")
        for email in (known.email, f"inconnue-{number}@boites.lan"):
            response = ask(client, email)
            page = client.get(response["Location"])
            answers.add((response.status_code, response["Location"], page.content))
    assert len(answers) == 1


def test_who_must_not_be_written_to_reads_the_same_and_gets_nothing(client):
    Refusal.objects.create(address_hash=hash_of("marie@boites.lan"), why="plainte")
    assert ask(client, "MARIE@boites.lan")["Location"] == "/lettre/lien/"
    assert not OutgoingMail.objects.exists() and not Follower.objects.exists()


def test_a_mailbox_gets_few_links_a_day(client):
    for number in range(12):
        following.ask("marie@boites.lan", factories_audience(), "jour")
        following.ask(f"marie+{number}@boites.lan", factories_audience(), "jour")
    assert OutgoingMail.objects.count() == mailing.LINKS_A_DAY


def factories_audience():
    """The whole site."""
    from letter.audiences import SITE

    return SITE


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "pas une adresse"},
        {"email": "a@b.lan\nBcc: x@y.lan"},
        {"site": "", "rhythm": "jour"},
        {"rhythm": "heure"},
        {"site": "", "communes": ["99999"]},
        {"site": "", "magazines": ["1 OR 1"]},
    ],
)
def test_what_is_invalid_is_shown_again_and_keeps_nothing(client, fields):
    assert ask(client, **fields).status_code == 422
    assert not Follower.objects.exists() and not OutgoingMail.objects.exists()


def test_robots_and_double_taps_change_nothing(client):
    assert ask(client, site_internet_bis="x").status_code == 302
    assert not Follower.objects.exists()
    sent = filled("lettre", email="marie@boites.lan", site="on", rhythm="jour")
    client.post("/lettre/", sent)
    client.post("/lettre/", sent)
    assert OutgoingMail.objects.count() == 1


def test_many_at_once_from_one_place_are_asked_to_wait(client):
    codes = [ask(client, f"a{number}@boites.lan").status_code for number in range(12)]
    assert codes[:10] == [302] * 10 and codes[-1] == 429
    unproven = {"email": "z@boites.lan", "site": "on", "rhythm": "jour"}
    other = {"REMOTE_ADDR": "192.0.2.7"}
    codes = [
        client.post("/lettre/", filled(**unproven | {"email": f"z{n}@boites.lan"}), **other)
        for n in range(6)
    ]
    assert codes[0].status_code == 302 and codes[-1].status_code == 429


def test_who_never_confirms_is_forgotten(client):
    ask(client)
    kept = factories.follower("autre@boites.lan", nonce="x", wanted_audience="site")
    long_ago = timezone.now() - timedelta(days=8)
    Follower.objects.update(asked_at=long_ago)
    following.forget_old(timezone.now())
    assert Follower.objects.get() == kept
    kept.refresh_from_db()
    assert not kept.nonce and not kept.wanted_audience


def test_choices_are_changed_by_the_link_without_an_account(client):
    follower = factories.follower()
    commune = directory.listing().commune
    path = f"/lettre/choix/{links.token_of(follower.address_hash, links.CHOICES)}/"
    page = client.get(path)
    assert follower.email not in page.content.decode() and "a…@boites.lan" in page.content.decode()
    sent = {"communes": [commune.pk], "rhythm": "semaine"}
    assert "C’est enregistré" in client.post(path, sent).content.decode()
    follower.refresh_from_db()
    assert (follower.audience, follower.rhythm) == ("c78517", "semaine")
    assert client.post(path, {"rhythm": "semaine"}).status_code == 422
    stop = links.token_of(follower.address_hash, links.STOP)
    for wrong in (stop, "x", f"{follower.address_hash}:x"):
        assert client.get(f"/lettre/choix/{wrong}/").status_code == 410


def test_a_letter_that_is_switched_off_takes_nobody(client):
    LetterSettings.objects.create(is_on=False)
    assert "pas de lettre" in client.get("/lettre/").content.decode()
    ask(client)
    assert not Follower.objects.exists() and mail.outbox == []


def test_public_pages_lead_to_the_form(client):
    webmag.magazine("L’Écho", slug="echo")
    directory.listing()
    for page, address in (
        ("/", "/lettre/"),
        ("/magazines/echo/", "/lettre/?magazine=echo"),
        ("/annuaire/commune/rambouillet/", "/lettre/?commune=rambouillet"),
    ):
        assert f'href="{address}"' in client.get(page).content.decode(), page


def test_the_commune_that_one_came_from_stands_first(client):
    for name in ("Dourdan", "Rambouillet"):
        directory.listing(commune=name)
    page = client.get("/lettre/", {"commune": "rambouillet"}).content.decode()
    assert page.index('value="78517" ') < page.index('value="91200"')
    page = client.get("/lettre/").content.decode()
    assert page.index('value="91200"') < page.index('value="78517"')
