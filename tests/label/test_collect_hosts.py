"""Collecting from hosts of every kind at once: what one does, no other feels."""

import gzip
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from home.fetch import door
from home.holders import HOST
from label.collecting import rounds
from label.collecting.leases import Lease
from label.models import Item, Sighting, Source
from tests.label.hosts import Outside, collect, source
from tests.outside import page, redirect

pytestmark = pytest.mark.django_db
BOMB = gzip.compress(b" " * (64 * 1024 * 1024), 9)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "#mis78 ">%s]>
<rss version="2.0"><channel><title>&j;</title><item><guid>1</guid><link>http://x.example/1</link>
<description>&j;</description></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 107)
)


@pytest.fixture
def outside(settings, hashtag):
    """A host on loopback that may be asked."""
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    yield server
    server.close()


def fresh(one):
    """A source as it is now."""
    return Source.objects.get(pk=one.pk)


def test_a_tarpit_a_bomb_and_laughs_hold_nobody_up(outside, monkeypatch):
    monkeypatch.setattr(door, "SECONDS", 5.0)
    release = threading.Event()
    outside.pages["/lent"] = lambda request: release.wait(120) and b""
    outside.pages["/bombe"] = page(BOMB, content_encoding="gzip", content_type="text/xml")
    outside.pages["/rires"] = page(LAUGHS, content_type="text/xml")
    outside.pages["/page"] = page(b"<html><body>bonjour", content_type="text/html")
    outside.pages["/panne"] = page(b"", "500 Internal Server Error")
    bad = [source(f"{outside.url}/{name}") for name in ("lent", "bombe", "page", "panne")]
    laughs = source(f"{outside.url}/rires")
    for number in range(12):
        source(outside.feed(f"/bon-{number}", (f"pain-{number}", "#mis78")))
    report = collect()
    assert not release.is_set() and "en 5 s" in fresh(bad[0]).last_error
    release.set()
    assert Item.objects.filter(title__startswith="pain-").count() == 12
    assert report.sources == 17 and report.failed in (4, 5)
    for one in bad:
        assert fresh(one).failures == 1 and fresh(one).last_error.endswith(".")
    assert len(fresh(laughs).title) <= 200


def test_an_address_that_moved_for_good_is_followed_there(outside):
    url = outside.feed("/neuf", ("pain", "#mis78"))
    outside.pages["/vieux"] = redirect("/neuf", "301 Moved Permanently")
    moved = source(f"{outside.url}/vieux")
    passing = source(f"{outside.url}/detour")
    outside.pages["/detour"] = redirect("/autre", "302 Found")
    outside.feed("/autre", ("miel", "#mis78"))
    broken = source(f"{outside.url}/casse")
    outside.pages["/casse"] = redirect("/rien", "301 Moved Permanently")
    collect()
    assert (fresh(moved).url, fresh(moved).address) == (url, url)
    assert fresh(passing).url.endswith("/detour")
    assert fresh(broken).url.endswith("/casse")
    assert Item.objects.count() == 2


def test_an_address_that_moved_onto_another_source_is_that_one(outside):
    url = outside.feed("/neuf", ("pain", "#mis78"))
    outside.pages["/vieux"] = redirect("/neuf", "301 Moved Permanently")
    source(url, title="Le fournil")
    double = source(f"{outside.url}/vieux")
    collect()
    assert fresh(double).state == Source.State.PAUSED
    assert "Le fournil" in fresh(double).last_error
    assert Item.objects.count() == 1


def test_who_is_gone_for_good_is_asked_no_more(outside):
    outside.pages["/parti"] = page(b"", "410 Gone")
    gone = source(f"{outside.url}/parti")
    collect()
    collect()
    assert fresh(gone).state == Source.State.GONE and outside.asked("/parti") == 1


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_who_names_a_time_is_left_alone_until_then(outside, status):
    outside.pages["/presse"] = page(b"", status, retry_after="7200")
    one = source(f"{outside.url}/presse", interval=5)
    before = timezone.now()
    collect()
    wait = fresh(one).wait_until - before
    assert timedelta(hours=2) <= wait < timedelta(hours=2, minutes=1)
    assert fresh(one).next_poll_at >= fresh(one).wait_until
    assert not Source.objects.willing(timezone.now()).exists()
    with pytest.raises(CommandError, match="d’attendre jusqu’au"):
        call_command("collect", source=one.pk)
    assert outside.asked("/presse") == 1


def test_who_fails_is_asked_ever_more_rarely_and_forgiven_at_once(outside):
    outside.pages["/flux"] = page(b"", "500 Internal Server Error")
    one = source(f"{outside.url}/flux", interval=60)
    pauses = []
    for _ in range(4):
        collect()
        pauses.append(fresh(one).next_poll_at - fresh(one).polled_at)
    assert all(later > earlier * 1.5 for earlier, later in zip(pauses, pauses[1:], strict=False))
    assert one in Source.objects.in_trouble()
    outside.feed("/flux", ("pain", "#mis78"))
    collect()
    assert (fresh(one).failures, fresh(one).last_error) == (0, "")
    assert fresh(one).next_poll_at - fresh(one).polled_at < timedelta(minutes=67)


def test_what_did_not_change_is_neither_sent_nor_read_again(outside):
    url = outside.feed("/flux", ("pain", "#mis78"), etag='"7"', last_modified="hier")
    one = source(url)
    collect()
    assert (fresh(one).etag, fresh(one).last_modified) == ('"7"', "hier")
    outside.pages["/flux"] = page(b"", "304 Not Modified")
    report = collect()
    assert 'If-None-Match: "7"' in outside.requests[-1]
    assert "If-Modified-Since: hier" in outside.requests[-1]
    assert (report.failed, report.created) == (0, 0)
    assert Item.objects.get().sightings.get().listed


def test_paused_refused_and_links_by_hand_are_not_asked(outside):
    url = outside.feed("/flux", ("pain", "#mis78"))
    source(f"{url}?1", state=Source.State.PAUSED)
    source(f"{url}?2", consent=Source.Consent.REFUSED)
    source(f"{url}?3", kind=Source.Kind.LINKS)
    collect()
    assert outside.asked("/flux") == 0 and not Item.objects.exists()


def test_what_one_collector_has_in_hand_no_other_takes(outside):
    source(outside.feed("/flux", ("pain", "#mis78")))
    now = timezone.now()
    other = Lease(now)
    assert other.take(Source.objects.values_list("pk", flat=True), now)
    assert collect().sources == 0 and outside.asked("/flux") == 0
    other.give_back()
    assert collect().sources == 1
    # Who set out before that asks no more.
    assert not other.take(Source.objects.values_list("pk", flat=True), timezone.now())


def test_who_collects_by_hand_waits_for_what_another_has_in_hand(outside, monkeypatch, capsys):
    source(outside.feed("/flux", ("pain", "#mis78")))
    now = timezone.now()
    other = Lease(now)
    other.take(Source.objects.values_list("pk", flat=True), now)
    waited = []
    monkeypatch.setattr(time, "sleep", lambda seconds: waited.append(1) or other.give_back())
    call_command("collect")
    assert "sources=1 created=1" in capsys.readouterr().out and len(waited) == 1


def test_what_a_dead_collector_had_in_hand_is_free(outside):
    one = source(outside.feed("/flux", ("pain", "#mis78")))
    later = timezone.now() + timedelta(minutes=4)
    Source.objects.update(leased_by=f"{HOST} 4194999 x", leased_until=later)
    assert collect().sources == 1
    Source.objects.update(leased_by="autre-machine 1 x", leased_until=later)
    assert collect().sources == 0
    Source.objects.update(leased_until=timezone.now())
    assert collect().sources == 1
    assert fresh(one).leased_by == ""


@pytest.mark.django_db(transaction=True)
def test_two_collectors_at_once_ask_once_and_keep_once(outside):
    for number in range(20):
        source(outside.feed(f"/flux-{number}", (f"pain-{number}", "#mis78")))
    numbers, now, reports = list(Source.objects.values_list("pk", flat=True)), timezone.now(), []

    def run():
        reports.append(rounds.everything(numbers, started=now))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.created for report in reports) == 20
    assert (Item.objects.count(), Sighting.objects.count()) == (20, 20)
    assert [outside.asked(f"/flux-{number}") for number in range(20)] == [1] * 20


def test_the_command_says_what_it_did_and_how_it_ended(outside, capsys):
    good = source(outside.feed("/flux", ("pain", "#mis78")))
    call_command("collect")
    said = capsys.readouterr().out.splitlines()[-1]
    assert said == "sources=1 created=1 updated=0 unchanged=0 gone=0 failed=0"
    bad = source(f"{outside.url}/rien", title="Rien")
    with pytest.raises(SystemExit) as ended:
        call_command("collect")
    told = capsys.readouterr()
    assert ended.value.code == 2 and told.out.splitlines()[-1].endswith("failed=1")
    assert f"{bad.pk} Rien : Il n’y a rien à cette adresse (404)." in told.err
    with pytest.raises(SystemExit) as ended:
        call_command("collect", source=bad.pk)
    assert ended.value.code == 1
    for wrong in (good.pk + 99, source("http://x.example/", state=Source.State.GONE).pk):
        with pytest.raises(CommandError):
            call_command("collect", source=wrong)


def test_a_pass_beside_the_worker_starts_only_when_something_is_due(outside, monkeypatch):
    passes = []
    monkeypatch.setattr(rounds, "_pass", lambda: passes.append(1) or rounds._running.release())
    assert not rounds.in_the_background()
    one = source(outside.feed("/flux", ("pain", "#mis78")))
    assert rounds.in_the_background()
    Source.objects.filter(pk=one.pk).update(next_poll_at=timezone.now() + timedelta(hours=1))
    while rounds._running.locked():
        time.sleep(0.01)
    assert not rounds.in_the_background()
    assert passes == [1]
