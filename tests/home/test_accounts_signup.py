"""Signing up: a name, an address, a link to open."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config import rounds
from home.models import SiteSettings, User
from tests import factories
from tests.forms import filled
from tests.home.accounts import (
    ask_for_a_code,
    code_for,
    is_in,
    last_letter,
    letters,
    link_in,
    log_in,
    sign_up,
)

pytestmark = pytest.mark.django_db
LISE = "lise@example.org"
PHRASE = "le four chauffe au bois"


def open_link(client, email):
    """Open the link of the newest mail, and press its button."""
    path = link_in(last_letter(email), "/confirmer/")
    shown = client.get(path)
    assert email in shown.content.decode()
    return client.post(path)


def test_what_is_kept_is_said_before_the_button(client):
    SiteSettings.objects.update_or_create(
        pk=SiteSettings.load().pk, defaults={"legal_notice": "<p>Association X</p>"}
    )
    page = client.get(reverse("account_signup")).content.decode()
    form = page[page.index("<form class") :]
    button = form.index('type="submit"')
    for word in ("Qui", "Quoi", "Pourquoi", "Combien de temps", "Vos droits"):
        assert form.index(word) < button
    assert "sous 7 jours" in form.replace("\xa0", " ")
    assert 'href="#mentions-legales"' in form[:button]
    assert 'id="mentions-legales"' in page


def test_whoever_opens_the_link_is_in(client):
    answer = sign_up(client, LISE, password1=PHRASE)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client)
    assert open_link(client, LISE)["Location"] == reverse("account")
    assert is_in(client)
    lise = User.objects.get(email=LISE)
    assert lise.display_name == "Lise" and lise.check_password(PHRASE)


def test_the_link_counts_in_another_browser_which_it_does_not_log_in(client):
    sign_up(client, LISE, password1=PHRASE)
    path = link_in(last_letter(LISE), "/confirmer/")
    client.cookies.clear()
    client.post(path)
    assert not is_in(client)
    log_in(client, LISE, PHRASE)
    assert is_in(client)


def test_looking_at_the_link_confirms_nothing(client):
    sign_up(client, LISE)
    client.get(link_in(last_letter(LISE), "/confirmer/"))
    assert not User.objects.get(email=LISE).emailaddress_set.get().verified


def test_before_the_link_the_password_does_not_open(client):
    sign_up(client, LISE, password1=PHRASE)
    client.cookies.clear()
    answer = log_in(client, LISE, PHRASE)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client)


def test_without_a_password_one_gets_in_by_code(client):
    sign_up(client, LISE)
    open_link(client, LISE)
    client.logout()
    ask_for_a_code(client, LISE)
    client.post(reverse("account_confirm_login_code"), {"code": code_for(LISE)})
    assert is_in(client)
    assert not User.objects.get(email=LISE).has_usable_password()


def test_a_strangers_password_is_forgotten_when_the_owner_confirms_by_code(client):
    sign_up(client, LISE, password1=PHRASE)
    client.cookies.clear()
    ask_for_a_code(client, LISE)
    client.post(reverse("account_confirm_login_code"), {"code": code_for(LISE)})
    assert is_in(client)
    client.logout()
    log_in(client, LISE, PHRASE)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"display_name": ""}, "display_name"),
        ({"email": "lise"}, "email"),
        ({"email": '"a b"@example.org'}, "email"),
        ({"password1": "12345678"}, "password1"),
        ({"password1": "court"}, "password1"),
        ({"password1": "x" * 300}, "password1"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_kept(client, fields, named):
    answer = sign_up(client, fields.pop("email", LISE), **fields)
    assert named in answer.context["form"].errors
    assert not User.objects.exists()
    assert letters() == []


def test_the_same_address_in_capitals_makes_no_second_account(client):
    factories.user(LISE)
    sign_up(client, LISE.upper())
    assert User.objects.count() == 1
    assert "déjà un compte" in last_letter(LISE).body


def test_a_robot_is_thanked_and_forgotten(client):
    answer = sign_up(client, LISE, site_internet_bis="http://spam.example/")
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not User.objects.exists() and letters() == []


def test_a_form_sent_too_fast_is_shown_again(client):
    data = filled("inscription", display_name="Lise", email=LISE, affiche_a="")
    answer = client.post(reverse("account_signup"), data)
    assert answer.status_code == 200 and not User.objects.exists()


def test_sent_twice_it_is_one_account_and_one_mail(client):
    data = filled("inscription", display_name="Lise", email=LISE, password1="")
    client.post(reverse("account_signup"), data)
    client.cookies.clear()
    client.post(reverse("account_signup"), data)
    assert User.objects.count() == 1 and len(letters()) == 1


def test_without_a_proof_of_work_four_go_in_within_the_hour(client):
    for number in range(4):
        sign_up(client, f"a{number}@example.org", proven=False)
        client.cookies.clear()
    answer = sign_up(client, "a5@example.org", proven=False)
    assert answer.status_code == 429 and User.objects.count() == 4
    assert "réessayez dans une heure" in answer.content.decode()


def test_with_a_proof_of_work_ten_go_in_within_the_hour(client):
    for number in range(11):
        answer = sign_up(client, f"a{number}@example.org")
        client.cookies.clear()
    assert answer.status_code == 429 and User.objects.count() == 10


def test_what_nobody_confirmed_is_forgotten_after_a_week(client, moderator):
    sign_up(client, LISE)
    sign_up(client, "marc@example.org")
    long_ago = timezone.now() - timedelta(days=8)
    User.objects.exclude(email="marc@example.org").update(date_joined=long_ago)
    rounds.forget_what_nobody_confirmed()
    left = set(User.objects.values_list("email", flat=True))
    assert left == {"marc@example.org", moderator.email}


def test_somebody_logged_in_is_led_to_their_account(client, stranger):
    client.force_login(stranger)
    assert client.get(reverse("account_signup"))["Location"] == reverse("account")


def test_a_link_that_was_spoilt_says_what_to_do(client):
    page = client.get("/compte/confirmer/abc:def/").content.decode()
    assert "Ce lien ne compte plus" in page
    assert client.post("/compte/confirmer/abc:def/").status_code == 404


def test_names_that_steer_are_put_on_one_line(client):
    sign_up(client, LISE, display_name="Lise\r\nBcc: a@example.org\u202e")
    assert User.objects.get().display_name == "Lise Bcc: a@example.org"
    assert last_letter(LISE).recipients() == [LISE]
