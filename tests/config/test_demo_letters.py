"""The demo's letter: invented followers, two letters in the archive, one to be read."""

import pytest

from config.demo import letters
from letter import closing, sending
from letter.addresses import is_reserved
from letter.models import Follower, Letter
from tests import factories
from tests.label import factories as label
from tests.webmag import factories as webmag

pytestmark = pytest.mark.django_db


def test_two_went_and_one_waits_for_somebody_to_read_it(client, mailoutbox):
    magazine = webmag.magazine()
    for _ in range(6):
        webmag.article(magazine=magazine)
    for _ in range(16):
        factories.listing()
    for _ in range(9):
        label.post()
    assert letters.load_letters() == Follower.objects.count() == len(letters.PEOPLE)
    archive = client.get("/lettre/archives/").content.decode()
    went = list(Letter.objects.archived())
    assert len(went) == 2
    for letter in went:
        assert letter.get_absolute_url() in archive
        assert client.get(letter.get_absolute_url()).status_code == 200
    assert closing.coming().news.count() == 2 + 5 + 3
    closing.prepare()
    assert closing.coming().news.count() == 2 + 5 + 3
    sending.wake_if_due()
    assert sending.send_due().sent == 0 and mailoutbox == []


def test_nobody_is_real_and_no_letter_can_leave(client):
    factories.listing()
    letters.load_letters()
    assert all(is_reserved(email) for email in Follower.objects.values_list("email", flat=True))
    assert Follower.objects.filter(confirmed_at=None).count() == 1
    assert all("!" not in words for words in letters.WORDS)
