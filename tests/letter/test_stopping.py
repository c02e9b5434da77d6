"""« Ne plus rien recevoir »: at once, for ever, and only by a POST."""

import pytest
from django.test import Client
from django.urls import reverse

from letter import following, links, sending
from letter.audiences import SITE
from letter.models import Delivery, Follower
from tests import factories as directory
from tests.letter import factories

pytestmark = pytest.mark.django_db


def address(follower):
    """The link in each of somebody's letters."""
    return reverse("letter:stop", args=[links.token_of(follower.address_hash, links.STOP)])


def test_opening_the_link_stops_nothing(client):
    follower = factories.follower()
    for ask in (client.get, client.head):
        assert ask(address(follower)).status_code == 200
    assert Follower.objects.exists()
    assert client.put(address(follower)).status_code == 405


def test_one_click_of_a_mail_program_stops_without_cookie_or_token():
    follower = factories.follower()
    browser = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = browser.post(address(follower), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200 and not response.cookies
    assert not Follower.objects.exists()


def test_the_person_s_button_says_that_it_is_done(client):
    page = client.post(address(factories.follower())).content.decode()
    assert "Vous ne recevrez plus la lettre" in page


def test_an_old_link_stops_also_who_came_back(client):
    first = factories.follower("marie@boites.lan")
    old = address(first)
    client.post(old)
    factories.follower("Marie@boites.lan")
    client.post(old)
    assert not Follower.objects.exists()


def test_a_link_that_was_altered_stops_nobody(client):
    follower = factories.follower()
    other = links.token_of(follower.address_hash, links.CHOICES)
    for token in (address(follower)[16:-3], other, follower.address_hash, "é", "a:b", "x" * 900):
        assert client.post(f"/lettre/arreter/{token}/").status_code == 404
    assert Follower.objects.exists()


def test_a_stop_counts_for_the_letter_that_is_going_out(settings, mailoutbox):
    settings.LETTER_PER_MINUTE = 1000
    directory.listing("Ferme du Gué")
    followers = [factories.follower() for _ in range(3)]
    factories.letter()
    following.stop(followers[1].address_hash)
    sending.send_due()
    assert {mail.to[0] for mail in mailoutbox} == {followers[0].email, followers[2].email}
    assert Delivery.objects.count() == 2


def test_a_stop_while_the_batch_is_under_way_counts_too(monkeypatch, mailoutbox):
    directory.listing("Ferme du Gué")
    followers = [factories.follower() for _ in range(3)]
    factories.letter()
    hand_over = sending.hand_over

    def stop_the_last(mail, connection):
        following.stop(followers[2].address_hash)
        hand_over(mail, connection)

    monkeypatch.setattr(sending, "hand_over", stop_the_last)
    sending.send_due()
    assert [mail.to[0] for mail in mailoutbox] == [one.email for one in followers[:2]]


def test_nothing_of_the_address_is_left(client):
    follower = factories.follower("marie@boites.lan")
    following.ask("marie@boites.lan", SITE, "jour")
    client.post(address(follower))
    assert not Follower.objects.filter(email__icontains="marie").exists()
