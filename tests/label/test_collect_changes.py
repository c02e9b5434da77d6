"""A feed that changes after a volunteer said yes: what visitors see, over real HTTP, case by case.

`stays`: what was read stays, and nothing waits. `waits`: what was read stays, and the change waits
in the queue. `goes`: it is not shown any more.
"""

import pytest
from django.utils import timezone

from label.models import Item, Source
from tests.label.hosts import Outside, collect, source, trusted
from tests.label.test_collect_flow import picture
from tests.outside import page

pytestmark = pytest.mark.django_db
State = Item.State
FEED = """<rss version="2.0"><channel><title>Le fournil</title><item>
<guid isPermaLink="false">{guid}</guid><title>{title}</title><link>{origin}{link}</link>
<pubDate>{date}</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;&lt;img src="{origin}{image}"&gt;
</description></item></channel></rss>"""
AS_READ = {
    "guid": "pain-1",
    "title": "Four ouvert",
    "link": "/pain",
    "date": "Sat, 14 Nov 2026 09:30:00 +0100",
    "text": "Samedi #mis78",
    "image": "/four.jpg",
}
A_LINK = 'Samedi &lt;a href="https://casino.example/"&gt;ici&lt;/a&gt; #mis78'
CASES = {
    "text": ({"text": "Dimanche #mis78"}, "waits", "follows"),
    "link in the text": ({"text": A_LINK}, "waits", "waits"),
    "image": ({"image": "/autre.jpg"}, "waits", "waits"),
    "signature of the image": ({"image": "/four.jpg?signe=2"}, "stays", "stays"),
    "title": ({"title": "Four fermé"}, "waits", "follows"),
    "date": ({"date": "Sun, 15 Nov 2026 09:30:00 +0100"}, "stays", "stays"),
    "hashtag gone": ({"text": "Samedi"}, "goes", "goes"),
    "look-alike hashtag": ({"text": "Samedi #mis789"}, "goes", "goes"),
    "its page's address": ({"link": "/pain-2"}, "waits", "waits"),
    "guid": ({"guid": "pain-2"}, "stays", "stays"),
    "guid and text": ({"guid": "pain-2", "text": "Dimanche #mis78"}, "waits", "follows"),
    "nothing": ({}, "stays", "stays"),
}


@pytest.fixture
def outside(settings, hashtag, tmp_path):
    """A host on loopback that may be asked."""
    settings.MEDIA_ROOT = tmp_path
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    for name in ("/pain", "/pain-2"):
        server.pages[name] = page(b"<p>la page")
    server.pages["/four.jpg"] = server.pages["/autre.jpg"] = picture()
    yield server
    server.close()


def show(outside, **changed):
    """The feed, as it was read but for this."""
    body = FEED.format(origin=outside.url, **AS_READ | changed).encode()
    outside.pages["/flux"] = page(body, content_type="application/rss+xml")
    return f"{outside.url}/flux"


def seen(item):
    """What visitors get of it."""
    names = ("title", "html", "url", "photo_url")
    return {name: getattr(item, name) for name in names}


def became(before):
    """`stays`, `waits`, `follows` or `goes`; nothing is ever doubled."""
    item = Item.objects.get()
    if not Item.objects.public().exists():
        return "goes"
    if seen(item) != before:
        return "waits and shows" if item.changed_at else "follows"
    assert bool(item.changed_at) == (item in Item.objects.waiting())
    return "waits" if item.changed_at else "stays"


def approved(outside, make):
    """The publication, public, with its source."""
    one = make(show(outside))
    collect()
    Item.objects.update(state=State.PUBLISHED)
    return one


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("make", [source, trusted])
def test_what_was_read_stays_until_somebody_read_the_change(outside, name, make):
    changed, unasked, agreed = CASES[name]
    approved(outside, make)
    before = seen(Item.objects.get())
    show(outside, **changed)
    for _ in range(2):
        collect()
        assert became(before) == (agreed if make is trusted else unasked)


def test_a_page_that_moved_within_its_site_is_not_thought_deleted(outside):
    approved(outside, source)
    show(outside, link="/pain-2")
    outside.pages["/pain"] = page(b"", "404 Not Found")
    collect()
    Item.objects.update(recheck_at=timezone.now())
    collect()
    item = Item.objects.public().get()
    assert item.url.endswith("/pain") and item.change["url"].endswith("/pain-2")
    assert item.canonical_uri.endswith("/pain-2") and outside.asked("/pain-2") == 1


def test_nobody_takes_the_name_of_another_sites_page_afterwards(outside, settings):
    approved(outside, source)
    victim = Outside()
    settings.ALLOW_PRIVATE_FETCH = [outside.entry, victim.entry]
    theirs = f"{victim.url}/une"
    body = FEED.format(origin="", **AS_READ | {"link": theirs}).encode()
    outside.pages["/flux"] = page(body, content_type="application/rss+xml")
    collect()
    victim.close()
    assert Item.objects.get().canonical_uri == f"{outside.url}/pain"


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_its_author_deleted_goes_and_waits_when_it_is_back(outside, status):
    one = approved(outside, trusted)
    outside.pages["/pain"] = page(b"", status)
    Item.objects.update(recheck_at=timezone.now())
    collect()
    assert not Item.objects.public().exists()
    outside.pages["/pain"] = page(b"<p>la page")
    Item.objects.update(recheck_at=timezone.now())
    collect(one)
    assert Item.objects.get().state == State.WAITING


def test_a_source_that_is_gone_takes_nothing_along(outside):
    one = approved(outside, source)
    outside.pages["/flux"] = page(b"", "410 Gone")
    collect()
    assert Source.objects.get(pk=one.pk).state == Source.State.GONE
    assert Item.objects.public().exists()


def test_a_failing_source_changes_nothing(outside):
    approved(outside, source)
    for answer in (page(b"", "500 X"), page(b"<html>panne"), page(b"", "204 X"), b"", page(b"{}")):
        outside.pages["/flux"] = answer
        Source.objects.update(failures=0, next_poll_at=timezone.now())
        collect()
    assert Item.objects.public().get().html


@pytest.mark.parametrize("said", ["noindex", "indexable", "discoverable"])
def test_an_author_who_turns_away_and_back_is_read_again(outside, said):
    outside.timeline("mis78", outside.toot(1))
    url = f"{outside.url}/api/v1/timelines/tag/mis78"
    one = source(url, kind=Source.Kind.TIMELINE)
    collect()
    Item.objects.update(state=State.PUBLISHED)
    outside.timeline("mis78", outside.toot(1, **{said: said == "noindex"}))
    collect(one)
    assert not Item.objects.public().exists()
    outside.timeline("mis78", outside.toot(1))
    collect(one)
    assert Item.objects.get().state == State.WAITING
