"""The key that signs badges: made once, for the site alone, and no trouble for who leaves."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings as site
from django.core.management import CommandError, call_command

from home.models import ContentVersion
from label import memberships
from label.models import Membership, SigningKey, Statement
from label.statements import issuing, keys
from label.statements.signed import read_keys
from tests.label.factories import member

pytestmark = pytest.mark.django_db
MAKE = """
import sys, django
from django.conf import settings
settings.configure(SITE_DATA=sys.argv[1], INSTALLED_APPS=[])
import importlib.util, types
sys.modules["label.models"] = types.SimpleNamespace(SigningKey=None)
sys.modules["home.models"] = types.SimpleNamespace(ContentVersion=None)
from label.statements import keys
sys.stdin.readline()
print(keys.public_part(keys.kept()))
"""


@pytest.fixture
def folder(settings, tmp_path):
    """A SITE_DATA without a key."""
    settings.SITE_DATA = tmp_path
    return tmp_path


def test_the_key_is_made_at_its_first_use_and_read_by_the_site_alone(folder):
    private, row = keys.signing()
    mode = stat.S_IMODE((folder / keys.NAME).stat().st_mode)
    assert mode == 0o600
    assert keys.signing()[1] == row
    assert keys.public_part(private) == row.x
    assert os.listdir(folder) == [keys.NAME], "nothing else is left there"
    assert list(read_keys(keys.published())) == [row.kid]


def test_processes_at_once_make_one_key(folder):
    command = [sys.executable, "-c", MAKE, str(folder)]
    root = Path(site.BASE_DIR)
    running = [
        subprocess.Popen(
            command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for one in running:
        one.stdin.write("\n")
        one.stdin.flush()
    said = {one.communicate(timeout=60)[0].strip() for one in running}
    assert said == {keys.public_part(keys.kept())}
    assert os.listdir(folder) == [keys.NAME]


def other_kind():
    """A key of another kind."""
    made = generate_private_key(SECP256R1())
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize("content", [b"", b"rien", b"\xff" * 100, other_kind()])
def test_a_broken_key_is_said_and_stops_nobody_from_leaving(folder, client, content):
    one = member(holder="Zoé")
    (folder / keys.NAME).write_bytes(content)
    other = member(holder="Ana")
    assert memberships.leave(one, None)
    assert Statement.objects.get(membership=one).revoked_at
    assert not other.statements.exists()
    assert client.get(f"/badge/{other.code}.json").status_code == 404
    response = client.get("/label/revocations.json")
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    with pytest.raises(CommandError):
        call_command("badge_keys", rotate=True)
    with pytest.raises(SystemExit) as ended:
        call_command("check_badge", str(folder / keys.NAME))
    assert ended.value.code == 1
    (folder / keys.NAME).unlink()
    assert issuing.sweep() == 1
    assert client.get(f"/badge/{other.code}.json").status_code == 200


def test_an_old_copy_of_a_retired_key_signs_nothing(folder):
    keys.signing()
    old = (folder / keys.NAME).read_bytes()
    keys.rotate()
    (folder / keys.NAME).write_bytes(old)
    _, row = keys.signing()
    assert row.until is None
    assert SigningKey.objects.count() == 3
    assert (folder / keys.NAME).read_bytes() != old


def test_who_has_the_published_keys_kept_asks_anew_when_there_is_another(folder):
    before = ContentVersion.current()
    keys.signing()
    first = ContentVersion.current()
    keys.rotate()
    assert before < first < ContentVersion.current()
    now = ContentVersion.current()
    keys.signing()
    assert ContentVersion.current() == now


def test_a_key_that_cannot_be_put_down_leaves_the_old_one(folder, monkeypatch):
    _, row = keys.signing()

    def full(*_args):
        raise OSError("plus de place")

    monkeypatch.setattr(keys.os, "replace", full)
    with pytest.raises(keys.KeyTrouble):
        keys.rotate()
    assert keys.signing()[1] == row
    assert SigningKey.objects.filter(until=None).get() == row


def test_the_private_key_is_published_nowhere(folder, client):
    one = member(holder="Zoé")
    secret = (folder / keys.NAME).read_text().splitlines()[1]
    for path in ("/label/cles.json", f"/badge/{one.code}.json", "/label/revocations.json"):
        answer = client.get(path).content.decode()
        assert secret not in answer
        assert '"d"' not in answer
    assert client.get(f"/media/../{keys.NAME}").status_code == 404
    assert Membership.objects.count() == 1
