"""Collecting, from a source that answers to what stands here, with real servers."""

import pytest
from django.utils import timezone

from label.collecting import refusals
from label.models import Item, Moment, Sighting, Source
from tests.label.collecting import Outside, collect, source, trusted
from tests.outside import page

pytestmark = pytest.mark.django_db
State = Item.State


@pytest.fixture
def outside(settings, hashtag):
    """A host on loopback that may be asked."""
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    yield server
    server.close()


def shown():
    """What everybody can read, by title."""
    return {item.title: item for item in Item.objects.public()}


def test_only_what_bears_the_hashtag_comes_in_clean_and_once(outside):
    text = "<p onclick='x()'>Four ouvert #mis78</p><script>alert(1)</script>"
    source(outside.feed("/flux", ("pain", text), ("velo", "<p>Balade</p>")))
    assert collect().created == 1
    again = collect()
    assert (again.created, again.unchanged) == (0, 1)
    item = Item.objects.get()
    assert (item.title, item.state, item.network) == ("pain", State.WAITING, item.network)
    assert "Four ouvert" in item.html and "script" not in item.html and "onclick" not in item.html
    assert {tag.name for tag in item.tags.all()} == {"mis78"}
    assert Sighting.objects.count() == 1


def test_who_agreed_appears_at_once_and_belongs_to_its_owner(outside, db):
    mine = trusted(outside.feed("/flux", ("pain", "#mis78")))
    source(outside.feed("/autre", ("miel", "#mis78")))
    collect()
    assert set(shown()) == {"pain"}
    mine.refresh_from_db()
    assert (mine.brought, mine.title, mine.failures) == (1, "Le fournil", 0)


def test_a_source_may_give_all_it_has(outside):
    source(outside.feed("/flux", ("velo", "Balade")), everything=True)
    assert collect().created == 1


def test_a_moment_is_collected_on_its_days(outside):
    today = timezone.localdate()
    moment = Moment.objects.create(tag="marchedenoel", until=today)
    feed = source(outside.feed("/flux", ("vin", "Vin chaud #MarcheDeNoel")))
    assert collect().created == 1
    Moment.objects.filter(pk=moment.pk).update(until=today.replace(year=today.year - 1))
    outside.feed("/flux", ("vin", "Vin chaud #MarcheDeNoel"), ("the", "#marchedenoel"))
    assert collect(feed).created == 0
    # What came in its time stays.
    assert Item.objects.get().state == State.WAITING


def test_a_new_hashtag_asks_again_for_what_was_not_modified(outside):
    def answer(request):
        if 'if-none-match: "1"' in request.lower():
            return page(b"", "304 Not Modified")
        return body

    url = outside.feed("/flux", ("vin", "Vin chaud #marchedenoel"), etag='"1"')
    body = outside.pages["/flux"]
    outside.pages["/flux"] = answer
    source(url)
    assert collect().created == 0
    assert 'if-none-match: "1"' not in outside.requests[-1].lower()
    collect()
    assert 'if-none-match: "1"' in outside.requests[-1].lower()
    Moment.objects.create(tag="marchedenoel")
    assert collect().created == 1


def test_one_post_on_two_servers_and_in_a_feed_is_one_publication(outside):
    outside.timeline("mis78", outside.toot(1))
    source(f"{outside.url}/api/v1/timelines/tag/mis78", kind=Source.Kind.TIMELINE)
    outside.pages["/ailleurs"] = outside.pages["/api/v1/timelines/tag/mis78"]
    source(f"{outside.url}/ailleurs", kind=Source.Kind.TIMELINE)
    assert collect().created == 1
    assert (Item.objects.count(), Sighting.objects.count()) == (1, 2)


def test_another_guid_for_the_same_post_is_no_other_post(outside):
    feed = source(outside.feed("/flux", ("pain", "#mis78")))
    collect()
    outside.pages["/flux"] = outside.pages["/flux"].replace(b">pain</guid>", b">niap</guid>")
    assert collect(feed).created == 0
    assert (Item.objects.count(), Sighting.objects.count()) == (1, 2)


def test_what_waits_is_replaced_by_what_its_author_made_of_it(outside):
    source(outside.feed("/flux", ("pain", "Samedi #mis78")))
    collect()
    outside.feed("/flux", ("pain", "Dimanche #mis78"))
    assert collect().updated == 1
    assert "Dimanche" in Item.objects.get().html


def test_what_was_approved_stays_until_somebody_reads_the_change(outside):
    source(outside.feed("/flux", ("pain", "Samedi #mis78")))
    collect()
    Item.objects.update(state=State.PUBLISHED)
    outside.feed("/flux", ("pain", "<p>Achetez #mis78</p>"))
    assert collect().updated == 1
    item = shown()["pain"]
    assert "Samedi" in item.html and "Achetez" in item.change["html"] and item.changed_at
    assert item in Item.objects.waiting()
    # Its author takes it back: nothing is left to read.
    outside.feed("/flux", ("pain", "Samedi #mis78"))
    collect()
    assert shown()["pain"].changed_at is None


def test_who_agreed_may_change_words_but_not_links_or_images_unread(outside):
    trusted(outside.feed("/flux", ("pain", "Samedi #mis78")))
    collect()
    outside.feed("/flux", ("pain", "Dimanche #mis78"))
    collect()
    assert "Dimanche" in shown()["pain"].html and not shown()["pain"].changed_at
    outside.feed("/flux", ("pain", 'Lundi <a href="https://casino.example/">ici</a> #mis78'))
    collect()
    assert "Dimanche" in shown()["pain"].html and shown()["pain"].changed_at


def test_what_was_refused_stays_refused_however_it_changes(outside):
    trusted(outside.feed("/flux", ("pain", "Samedi #mis78")))
    collect()
    Item.objects.update(state=State.REFUSED)
    outside.feed("/flux", ("pain", "Dimanche #mis78"))
    assert collect().updated == 0
    assert not shown()


def test_another_feed_cannot_change_somebody_elses_post(outside, settings):
    source(outside.feed("/flux", ("pain", "Samedi #mis78")))
    collect()
    Item.objects.update(state=State.PUBLISHED)
    other = Outside()
    settings.ALLOW_PRIVATE_FETCH = [outside.entry, other.entry]
    url = other.feed("/vol", ("pain", "Achetez #mis78"))
    other.pages["/vol"] = other.pages["/vol"].replace(other.url.encode(), outside.url.encode())
    collect(source(url))
    other.close()
    item = Item.objects.get()
    assert "Samedi" in item.html and not item.changed_at and item.sightings.count() == 2


def test_taking_the_hashtag_off_takes_the_post_away(outside):
    feed = source(outside.feed("/flux", ("pain", "Samedi #mis78 #four")))
    collect()
    Item.objects.update(state=State.PUBLISHED)
    outside.feed("/flux", ("pain", "Samedi #four"))
    assert collect().gone == 1 and not shown()
    outside.feed("/flux", ("pain", "Samedi, tout de même #mis78"))
    collect(feed)
    assert Item.objects.get().state == State.WAITING


def test_what_is_deleted_at_its_origin_goes_and_what_fell_off_the_feed_stays(outside):
    source(outside.feed("/flux", ("pain", "#mis78"), ("miel", "#mis78"), ("sel", "#mis78")))
    collect()
    Item.objects.update(state=State.PUBLISHED)
    outside.pages["/pain"] = page(b"", "410 Gone")
    outside.pages["/sel"] = page(b"", "503 Service Unavailable")
    outside.feed("/flux")
    assert collect().gone == 1
    assert set(shown()) == {"miel", "sel"}
    # Once asked, it is left in peace for a day.
    asked = outside.asked("/miel")
    collect()
    assert (asked, outside.asked("/miel")) == (1, 1)


def test_a_page_that_was_away_for_an_hour_waits_to_be_read_again(outside):
    source(outside.feed("/flux", ("pain", "#mis78")))
    collect()
    outside.pages["/pain"] = page(b"", "404 Not Found")
    Item.objects.update(state=State.PUBLISHED, recheck_at=timezone.now())
    assert collect().gone == 1
    assert Item.objects.get().html
    outside.pages["/pain"] = page(b"la page")
    Item.objects.update(recheck_at=timezone.now())
    collect()
    assert Item.objects.get().state == State.WAITING


def test_what_was_really_deleted_is_forgotten(outside):
    source(outside.feed("/flux", ("pain", "#mis78")))
    collect()
    outside.pages["/pain"] = page(b"", "404 Not Found")
    for _ in range(2):
        Item.objects.update(recheck_at=timezone.now())
        collect()
    item = Item.objects.get()
    assert (item.state, item.html, item.author, item.recheck_at) == (State.GONE, "", "", None)


def test_nothing_of_who_said_no_is_collected(outside):
    refusals.refuse(f"{outside.url}/@ana")
    refusals.refuse(f"{outside.url}/@bob/9")
    url = f"{outside.url}/api/v1/timelines/tag/mis78"
    said_no = outside.toot(9) | {"uri": f"{outside.url}/@bob/9", "url": f"{outside.url}/@bob/9"}
    outside.timeline("mis78", outside.toot(1), said_no, outside.toot(2, url=f"{outside.url}/@eva"))
    source(url, kind=Source.Kind.TIMELINE)
    assert collect().created == 1
    assert Item.objects.get().author_url.endswith("/@eva")


@pytest.mark.parametrize("said", [{"noindex": True}, {"indexable": False}, {"discoverable": False}])
def test_who_does_not_want_to_be_found_is_not(outside, said):
    url = f"{outside.url}/api/v1/timelines/tag/mis78"
    outside.timeline("mis78", outside.toot(1))
    source(url, kind=Source.Kind.TIMELINE)
    collect()
    assert Item.objects.get().state == State.WAITING
    outside.timeline("mis78", outside.toot(1, **said), outside.toot(2, **said))
    report = collect()
    assert (report.created, report.gone) == (0, 1)


def test_a_timeline_that_went_on_is_read_backwards(outside):
    path = "/api/v1/timelines/tag/mis78"
    outside.timeline("mis78", outside.toot(3), outside.toot(2))
    outside.pages[f"{path}?max_id=4"] = outside.pages.pop(path)
    following = f'<{outside.url}{path}?max_id=4>; rel="next", <{outside.url}/>; rel="prev"'
    outside.timeline("mis78", outside.toot(5), outside.toot(4), link=following)
    mastodon = source(f"{outside.url}{path}", kind=Source.Kind.TIMELINE)
    assert collect().created == 4
    outside.timeline("mis78", outside.toot(6), outside.toot(5), link=following)
    asked = len(outside.requests)
    assert collect(mastodon).created == 1
    # What it had seen was on the first page: it went no further.
    assert outside.asked(path) == 3 and len(outside.requests) > asked
