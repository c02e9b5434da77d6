"""Nothing tells who has an account: same page, same status, same cookies, one mail either way."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from tests import factories
from tests.home.accounts import ask_for_a_code, letters, log_in, masked, sign_up

pytestmark = pytest.mark.django_db
PAIRS = 50
PHRASE = "le four chauffe au bois"


@pytest.fixture
def pairs():
    """Fifty people, each beside somebody unknown whose address is as long."""
    known = [f"connue{number:02}@example.org" for number in range(PAIRS)]
    for email in known:
        factories.user(email)
    return [(email, email.replace("connue", "aucune")) for email in known]


def told(client, send, email, number):
    """All that an answer and the page after it tell a visitor from an address of their own."""
    client.cookies.clear()
    ip = f"2001:db8:{number:x}::1"
    answer = send(client, email, ip)
    seen = [answer.status_code, answer.get("Location"), sorted(answer.cookies), answer.headers]
    if answer.status_code == 302:
        answer = client.get(answer["Location"], REMOTE_ADDR=ip)
        seen += [answer.status_code, answer.headers]
    seen = [dict(part) if hasattr(part, "items") else part for part in seen]
    for part in seen:
        if isinstance(part, dict):
            # The second it was made, and a length that goes with that of the address.
            part.pop("Expires", None)
            part.pop("Content-Length", None)
    return [*seen, masked(answer, email)]


def by_password(client, email, ip):
    """A wrong password."""
    return log_in(client, email, "faux", ip)


def forgotten(client, email, ip):
    """A new password asked for."""
    return client.post(reverse("account_reset_password"), {"email": email}, REMOTE_ADDR=ip)


def new_account(client, email, ip):
    """Sign-up with a password."""
    return sign_up(client, email, ip, password1=PHRASE)


WAYS = [(new_account, 1), (by_password, 0), (ask_for_a_code, 1), (forgotten, 1)]


@pytest.mark.parametrize(("send", "mails"), WAYS, ids=lambda value: getattr(value, "__name__", ""))
def test_fifty_pairs_get_the_same_answers(client, pairs, send, mails):
    for number, (known, unknown) in enumerate(pairs):
        assert told(client, send, known, 2 * number) == told(client, send, unknown, 2 * number + 1)
    to = [letter.to[0] for letter in letters()]
    assert sorted(to) == sorted(email for pair in pairs for email in pair) * mails


@pytest.mark.parametrize("send", [new_account, by_password, forgotten])
def test_passwords_are_hashed_as_often_either_way(client, pairs, send, monkeypatch):
    """Hashing takes a tenth of a second; anything else here takes a hundredth of that."""
    counted = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *args, **kwargs: counted.append(1) or encode(self, *args, **kwargs),
    )
    often = []
    for number, email in enumerate(pairs[0]):
        counted.clear()
        told(client, send, email, number)
        often.append(len(counted))
    assert often[0] == often[1]


def test_limits_fall_on_both_alike(client, pairs):
    for email in pairs[0]:
        answers = [ask_for_a_code(client, email, f"2001:db8:{n}::9").status_code for n in range(5)]
        assert answers == [302, 302, 302, 200, 200]


def test_a_new_address_that_is_somebodys_is_taken_as_any_other(client, pairs, stranger):
    """Changing one's address tells nothing of others', and takes nothing away from them."""
    client.force_login(stranger)
    seen = []
    for email in pairs[0]:
        answer = client.post(reverse("account_email"), {"email": email, "action_add": ""})
        page = client.get(answer["Location"])
        seen.append((answer.status_code, masked(page, email)))
    assert seen[0] == seen[1]
    to = [letter.to[0] for letter in letters()]
    assert to == list(pairs[0])
