"""The letter and the clock: the days on which it is put forward or back, midnight, and what
happens while a batch is running."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from letter import closing, links, sending
from letter.models import Delivery, Follower, Letter, LetterSettings
from tests import factories as directory
from tests.letter import factories
from tests.webmag import factories as webmag

pytestmark = pytest.mark.django_db
State = Delivery.State


def local(*parts):
    """A moment by the clock on the wall here."""
    return datetime(*parts, tzinfo=timezone.get_default_timezone())


def at(monkeypatch, moment):
    """Let it be another moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


@pytest.mark.parametrize("first", [(2027, 3, 27), (2027, 10, 30)])
def test_one_letter_a_day_also_when_the_clock_is_put_forward_or_back(
    monkeypatch, mailoutbox, first
):
    # Two o'clock, which one of these days lacks and the other has twice.
    rules = LetterSettings.load()
    rules.hour = 2
    rules.save()
    now = at(monkeypatch, local(*first))
    factories.follower()
    begun, days = timezone.localdate(now), []
    while timezone.localdate(now) < begun + timedelta(days=3):
        if not days or days[-1] != timezone.localdate(now):
            days.append(timezone.localdate(now))
            directory.listing()
        sending.wake_if_due()
        sending.send_due()
        now = at(monkeypatch, now + timedelta(minutes=30))
    assert sorted(Letter.objects.values_list("day", flat=True)) == days
    assert len(mailoutbox) == 3
    assert {timezone.localtime(one.closed_at).hour for one in Letter.objects.all()} <= {2, 3}


def test_a_batch_that_goes_on_after_midnight_reaches_the_others_once(monkeypatch, mailoutbox):
    at(monkeypatch, local(2027, 5, 10, 23, 58))
    directory.listing("Lundi")
    followers = [factories.follower() for _ in range(4)]
    factories.letter()
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    assert sending.send_due().sent == 2
    at(monkeypatch, local(2027, 5, 11, 0, 1))
    assert sending.send_due().sent == 2 and sending.send_due().sent == 0
    at(monkeypatch, local(2027, 5, 11, 8, 0))
    directory.listing("Mardi")
    sending.wake_if_due()
    assert sending.send_due().sent == 2
    # Those of after midnight had one that day already; the next day they are told, news or not.
    at(monkeypatch, local(2027, 5, 12, 8, 0))
    sending.wake_if_due()
    assert sending.send_due().sent == 2
    at(monkeypatch, local(2027, 5, 13, 8, 0))
    sending.wake_if_due()
    assert sending.send_due().sent == 0
    got = [mail.to[0] for mail in mailoutbox]
    assert sorted(got) == sorted([one.email for one in followers] * 2)


def test_a_magazine_that_is_unpublished_before_the_letter_goes_is_in_none(mailoutbox):
    echo = webmag.magazine("L’Écho")
    webmag.article("Pain", magazine=echo)
    directory.listing("Ferme du Gué")
    factories.follower(audience=f"m{echo.pk}")
    factories.follower()
    factories.letter()
    for page in (*echo.get_descendants().specific(), echo):
        page.unpublish()
    assert sending.send_due().sent == 1
    assert "Pain" not in mailoutbox[0].body and "L’Écho" not in mailoutbox[0].body
    assert sorted(Delivery.objects.values_list("state", flat=True)) == [State.SENT, State.EMPTY]


def test_what_is_published_while_a_letter_goes_out_is_told_in_the_next_one(mailoutbox, monkeypatch):
    directory.listing("Ferme du Gué")
    for _ in range(4):
        factories.follower()
    factories.letter()
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    sending.send_due()
    directory.listing("Trop tard pour celle-ci")
    sending.send_due()
    assert len(mailoutbox) == 4
    assert not any("Trop tard" in mail.body for mail in mailoutbox)
    assert closing.prepare().news.count() == 1


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_what_only_looks_at_links_confirms_and_stops_nothing(client, method):
    follower = factories.follower(audience="site")
    waiting = factories.follower(
        confirmed_at=None,
        confirmed_on=None,
        nonce="b" * 32,
        wanted_audience="site",
        wanted_rhythm="jour",
    )
    stop = links.address(links.STOP, links.token_of(follower.address_hash, links.STOP))
    for address in (stop, links.confirm_link(waiting)):
        getattr(client, method)(address)
    assert Follower.objects.confirmed().get() == follower
    assert Follower.objects.count() == 2
