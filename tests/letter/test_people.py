"""Followers with an account: in their data, and gone with their account."""

import json
import zipfile

import pytest
from allauth.account.models import EmailAddress

from label.space import archive, leaving
from letter.models import Follower
from tests import factories as directory
from tests.letter import factories

pytestmark = pytest.mark.django_db


def test_what_one_follows_is_in_one_s_data():
    person = directory.user("marie@boites.lan")
    commune = directory.commune()
    factories.follower("Marie@boites.lan", audience=f"c{commune.pk}")
    factories.follower("autre@boites.lan")
    with archive.write(person) as file, zipfile.ZipFile(file) as archived:
        (row,) = json.loads(archived.read("lettre.json"))
        assert "lettre.json" in archived.read("LISEZMOI.txt").decode()
    assert row["adresse"] == "Marie@boites.lan" and row["suit"] == [commune.label]


def test_the_letter_stops_when_the_account_is_closed():
    person = directory.user("marie@boites.lan")
    factories.follower("marie@boites.lan")
    other = factories.follower("autre@boites.lan")
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True}
    )
    leaving.delete(person)
    assert list(Follower.objects.all()) == [other]


def test_an_account_that_a_stranger_began_takes_nobody_s_letter_along():
    stranger = directory.user("marie@boites.lan")
    EmailAddress.objects.filter(user=stranger).delete()
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=False)
    factories.follower("marie@boites.lan")
    stranger.delete()
    assert Follower.objects.exists()
