"""Malformed and hostile feeds, served over HTTP to the running collector, on either engine.

`HOSTILE_FEEDS=4300` serves as many, `HOSTILE_SEED` others.
"""

import logging
import os

import pytest

from home.fetch import door
from label.models import Item
from tests.attack import hostile_host
from tests.outside import every_try

COUNT = int(os.environ.get("HOSTILE_FEEDS", "200"))
SEED = os.environ.get("HOSTILE_SEED", "78")
# So that the few that never end cost the small run no minutes.
QUICK = 2.0

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(settings, hashtag, monkeypatch):
    """The host, which alone may be asked; a site that drags on is given up after two seconds."""
    served = hostile_host.HostileHost(SEED)
    settings.ALLOW_PRIVATE_FETCH = [served.entry]
    monkeypatch.setattr(door, "SECONDS", QUICK)
    yield served
    served.close()


@pytest.fixture
def hashtag(db):
    """The label's."""
    from tests.label.conftest import hashtag as made

    return made.__wrapped__(db)


def test_no_feed_breaks_the_collector_or_holds_it_up(host, settings, tmp_path, caplog, client):
    settings.MEDIA_ROOT = tmp_path
    hostile_host.follow(host, COUNT)
    with caplog.at_level(logging.ERROR), every_try() as tried:
        report = hostile_host.once(COUNT)
        assert report.sources == COUNT and report.created > COUNT // 10
        hostile_host.all_is_well(COUNT)
        # The same again, a day later: nothing is doubled, and what it keeps is asked for.
        before = Item.objects.count()
        host.seed = f"{SEED} un autre jour"
        hostile_host.everything_is_due()
        hostile_host.once(COUNT)
        hostile_host.all_is_well(COUNT)
    assert Item.objects.count() >= before
    assert {address[1] for address in tried if address[0] == host.host} == {host.port}
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []
    assert client.get("/mur/").status_code == 200
    assert client.get("/api/v1/items").status_code == 200
