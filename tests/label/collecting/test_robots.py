"""robots.txt, over HTTP: whose pages may be read, whose not, and who is not asked about it."""

import time

import pytest

from home.fetch import Refused
from label.collecting import robots
from label.collecting.addresses import discover
from label.collecting.links import NotReadable, read_link
from label.models import Item, Source
from tests.label.collecting import corpus
from tests.label.hosts import Outside, collect, source
from tests.label.test_collect_flow import picture
from tests.outside import page, redirect

NO = page(b"User-agent: *\nDisallow: /", content_type="text/plain")
PAGE = page(b"<title>Four ouvert</title>", content_type="text/html")


@pytest.fixture
def outside(settings):
    """A host on loopback that may be asked."""
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    yield server
    server.close()


def says(outside, *lines, **headers):
    """The host's robots.txt has these lines."""
    outside.pages["/robots.txt"] = page("\n".join(lines).encode(), **headers)


@pytest.mark.parametrize(
    ("lines", "may"),
    [
        ([], True),
        (["User-agent: *", "Disallow:"], True),
        (["User-agent: *", "Disallow: /"], False),
        (["User-agent: *", "Disallow: /prive"], False),
        (["User-agent: *", "Disallow: /autre"], True),
        (["User-agent: *", "Disallow: /*page"], False),
        (["User-agent: *", "Disallow: /*.html$"], True),
        (["User-agent: *", "Disallow: /", "Allow: /prive/page"], True),
        (["User-agent: *", "Allow: /prive", "Disallow: /prive/page"], False),
        (["User-agent: annuaire", "Disallow: /", "", "User-agent: *", "Allow: /"], False),
        (["User-agent: autre", "Disallow: /"], True),
        (["<!doctype html><title>Bonjour</title>"], True),
        (["\ufeffUser-agent: *", "Disallow: /"], False),
    ],
)
def test_what_a_site_says_counts(outside, lines, may):
    says(outside, *lines)
    assert robots.may_read(f"{outside.url}/prive/page?x=1") is may


@pytest.mark.parametrize(
    ("status", "may"),
    [
        ("404 Not Found", True),
        ("410 Gone", True),
        ("403 Forbidden", True),
        ("204 No Content", False),
        ("429 Too Many Requests", False),
        ("500 Internal Server Error", False),
        ("503 Service Unavailable", False),
    ],
)
def test_who_has_none_allows_and_who_cannot_say_does_not(outside, status, may):
    outside.pages["/robots.txt"] = page(b"", status)
    assert robots.may_read(f"{outside.url}/page") is may


def test_who_does_not_answer_is_left_alone_and_nobody_inside_is_asked(outside, monkeypatch):
    monkeypatch.setattr(robots, "SECONDS", 0.5)
    outside.pages["/robots.txt"] = lambda request: time.sleep(2)
    assert not robots.may_read(f"{outside.url}/page")
    with pytest.raises(Refused):
        robots.may_read("http://127.0.0.1:9/page")


def test_a_site_is_asked_once_a_day(outside):
    says(outside, "User-agent: *", "Disallow: /non")
    answers = [robots.may_read(f"{outside.url}/{name}") for name in ("oui", "non", "oui")]
    assert answers == [True, False, True] and outside.asked("/robots.txt") == 1


@pytest.mark.parametrize(
    "piece",
    [
        *("User-agent: a\n", "User-agent: *\nDisallow: /", "Disallow: /*a*a*a*a*a*a*a*a*a*a$\n"),
        *("\n", "a", "%", "User-agent: a{0}\nDisallow: /{0}*\n", "Crawl-delay: 9\n", "\u2028"),
    ],
)
def test_a_hostile_one_takes_no_time(outside, piece):
    start = "".join(f"User-agent: x{number}\n" for number in range(500)) + "User-agent: *\n"
    says(outside, start + piece * (400_000 // len(piece)))
    began = time.process_time()
    robots.may_read(f"{outside.url}/{'a' * 1500}")
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    "body", [b"\x00\xff" * 9, b"User-agent: *\nDisallow: /%zz%", b"a" * 600_000]
)
def test_nothing_makes_it_fail(outside, body):
    outside.pages["/robots.txt"] = page(body)
    assert robots.may_read(f"{outside.url}/page") in (True, False)


def test_a_link_to_a_page_that_is_not_for_programs_is_typed_by_hand(outside):
    outside.pages |= {"/robots.txt": NO, "/page": PAGE}
    with pytest.raises(NotReadable, match="aux programmes.*Écrivez vous-même"):
        read_link(f"{outside.url}/page")
    assert outside.asked("/page") == 0


def test_a_redirect_is_no_way_around_it(outside):
    says(outside, "User-agent: *", "Disallow: /secret")
    outside.pages |= {"/page": redirect("/secret"), "/secret": PAGE}
    with pytest.raises(NotReadable, match="aux programmes"):
        read_link(f"{outside.url}/page")


def test_a_page_is_not_looked_through_and_a_feed_is_taken(outside):
    found = b"<link rel=alternate type='application/rss+xml' href='/feed'>"
    outside.pages |= {"/robots.txt": NO, "/": page(found), "/feed": page(corpus.RSS.encode())}
    with pytest.raises(ValueError, match="donnez l’adresse de son flux"):
        discover(f"{outside.url}/")
    assert discover(f"{outside.url}/feed").title == "Le journal du rucher"


@pytest.mark.django_db
def test_the_image_of_a_page_is_left_where_programs_are_not_wanted(outside, hashtag):
    outside.pages |= {"/robots.txt": NO, "/four.jpg": picture()}
    links = source(f"{outside.url}/lien", kind=Source.Kind.LINKS)
    image = f'<p>Four #mis78</p><img src="{outside.url}/four.jpg">'
    feed = source(outside.feed("/flux", ("pain", image)))
    collect(feed)
    # A feed sends its images along; its own robots.txt is about something else.
    item = Item.objects.get()
    assert item.photo and outside.asked("/robots.txt") == 0
    item.sightings.update(source=links)
    item.photo_url = f"{outside.url}/four.jpg?2"
    item.save()
    collect(links)
    item.refresh_from_db()
    assert not item.photo and outside.asked("/four.jpg") == 1 and item.photo_tries == 1
