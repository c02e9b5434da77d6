"""Second factors are sealed where they are kept."""

import importlib

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.sessions.models import Session
from hypothesis import given
from hypothesis import strategies as st

from home.accounts.sealing import MARK, seal, unseal
from tests.home.accounts import is_in, log_in, telephone, with_second_factor
from tests.home.test_accounts_second_factor import ACTIVATE, ASKED, SECRET, prove

migration = importlib.import_module("home.migrations.0008_seal_second_factors")


def kept(user):
    """All that the database holds of somebody's second factors, as text."""
    return str(list(Authenticator.objects.filter(user=user).values("data")))


def test_the_database_holds_no_secret_that_one_could_read(client, moderator):
    log_in(client, moderator.email)
    prove(client)
    secret = SECRET.search(client.get(ACTIVATE).content.decode())[1]
    client.post(ACTIVATE, {"code": telephone(secret)})
    codes = RecoveryCodes.activate(moderator)
    assert kept(moderator).count(MARK) == 2
    assert secret not in kept(moderator)
    for row in Session.objects.all():
        assert secret not in str(row.get_decoded())
    assert unseal(codes.instance.data["seed"]) not in kept(moderator)
    client.logout()
    log_in(client, moderator.email)
    client.post(ASKED, {"code": codes.get_unused_codes()[0]})
    assert is_in(client)


def test_a_secret_of_before_still_opens_and_is_sealed_by_the_migration(client, moderator):
    plain = generate_totp_secret()
    Authenticator.objects.create(user=moderator, type="totp", data={"secret": plain})
    Authenticator.objects.create(
        user=moderator,
        type="recovery_codes",
        data={"migrated_codes": ["12345678"], "used_mask": 0},
    )
    log_in(client, moderator.email)
    client.post(ASKED, {"code": telephone(plain)})
    assert is_in(client)

    migration.forward(apps, None)
    assert plain not in kept(moderator) and "12345678" not in kept(moderator)
    row = Authenticator.objects.get(user=moderator, type="totp")
    assert TOTP(row).validate_code(telephone(plain, 1))

    migration.backward(apps, None)
    assert plain in kept(moderator) and "12345678" in kept(moderator)


def test_with_another_key_no_code_opens_and_none_can_be_guessed(
    client, moderator, settings, caplog
):
    secret = with_second_factor(moderator)
    settings.SECRET_KEY = "another"
    log_in(client, moderator.email)
    for code in (telephone(secret), telephone("")):
        assert client.post(ASKED, {"code": code}).status_code == 200
    assert not is_in(client)
    assert "reset_second_factor" in caplog.text and secret not in caplog.text


def test_a_former_key_that_is_still_named_opens(client, moderator, settings):
    secret = with_second_factor(moderator)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    log_in(client, moderator.email)
    client.post(ASKED, {"code": telephone(secret)})
    assert is_in(client)


def test_one_secret_is_never_sealed_twice_alike():
    assert seal("ABC") != seal("ABC")
    assert seal(seal("ABC")).count(MARK) == 1


@pytest.mark.parametrize("broken", [MARK, MARK + "x", MARK + "é", MARK + "gAAAAA" + "A" * 100])
def test_what_was_tampered_with_opens_nothing(broken):
    assert unseal(broken) not in ("", broken)
    assert unseal(broken) != unseal(broken)


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=64))
def test_unsealed_is_what_was_sealed(text):
    assert unseal(seal(text)) == text
    assert unseal(text) == text
