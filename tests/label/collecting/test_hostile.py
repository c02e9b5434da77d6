"""Whatever is sent: entries or one plain exception, in bounded time, and nothing that can harm."""

import json
import re
import time
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.rich_text import for_readers
from label.collecting import parsing
from label.collecting.canonical import canonical, web_address
from label.collecting.cleaning import REL, clean, digest, wanted
from label.collecting.entries import Entry, Picture
from label.collecting.parsing.answers import LARGEST
from label.collecting.parsing.markup import tidied
from label.collecting.parsing.text import writable
from label.models import Item
from tests.label.collecting import corpus, hostile

URL = "https://source.example/feed"
MANY = 3_000
# What one answer may cost, on a busy machine.
SECONDS = 4
HALF = LARGEST // 2
MEMORY = 120 * 1024 * 1024  # bytes
MARK = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r"</?(?:p|br|b|strong|i|em|ul|ol|li|h3|a)>"
    r'|<a(?: href="https?://[^"<>\s]+")? rel="nofollow ugc noopener">'
)
WIDTHS = {
    name: Item._meta.get_field(name).max_length
    for name in ("url", "author", "author_url", "title", "network", "licence")
}


def read(body, kind="flux"):
    """What is kept of an answer; nothing of one that cannot be read."""
    try:
        answer = parsing.read(kind, body, "", URL)
    except parsing.Unreadable as error:
        assert re.fullmatch(r"[A-ZÉ][^<>]{5,120}\.", str(error)), str(error)
        return []
    assert len(answer.entries) <= 200
    return [kept for entry in answer.entries if (kept := clean(entry))]


def assert_harmless(entry):
    """Nothing runs, leads into the site, or does not fit."""
    for mark in MARK.findall(entry.html):
        assert ALLOWED.fullmatch(mark), mark
    for address in (entry.url, entry.canonical, *(one.url for one in entry.pictures)):
        assert re.match(r"https?://[^/\s@]+/", address), address
    assert entry.author_url == "" or entry.author_url.startswith(("http://", "https://"))
    for name, most in WIDTHS.items():
        assert len(getattr(entry, name)) <= most, name
    assert len(entry.guid) <= 500
    assert len(entry.canonical) <= 500
    assert "\n" not in entry.title
    assert entry.published is None or entry.published <= datetime.now(UTC)
    everything = f"{entry}"
    everything.encode()
    assert "\x00" not in everything
    assert len(digest(entry)) == 64
    wanted(entry, {"mis78"})


@pytest.mark.parametrize("part", range(6))
def test_thousands_of_broken_answers_do_no_harm(part):
    kept, longest = 0, 0.0
    for number, body in enumerate(hostile.bodies(MANY // 6, seed=part)):
        began = time.process_time()
        for entry in read(body, kind=("flux", "mot-diese", "compte")[number % 3]):
            assert_harmless(entry)
            kept += 1
        longest = max(longest, time.process_time() - began)
    assert kept > MANY // 20, "the accidents leave something to keep"
    assert longest < 1


@pytest.mark.parametrize("name", [name for name, _ in hostile.large(100)])
def test_the_largest_answers_cost_seconds_at_most(name):
    body = dict(hostile.large(HALF))[name][:HALF]
    began = time.process_time()
    for entry in read(body):
        assert_harmless(entry)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("name", ["flat-json", "one-entity", "nested", "items"])
def test_the_largest_answers_take_bounded_memory(name):
    body = dict(hostile.large(HALF))[name][:HALF]
    tracemalloc.start()
    try:
        read(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEMORY, f"{peak / 1e6:.0f} MB"


@pytest.mark.parametrize("opening", ["[", '{"items":', '[{"a":'])
def test_json_that_nests_without_end_is_refused_before_it_takes_the_stack(opening, monkeypatch):
    monkeypatch.setattr("json.loads", lambda *_, **__: pytest.fail("It was read."))
    for number in (101, 100_000):
        with pytest.raises(parsing.Unreadable):
            parsing.read("flux", (opening * number).encode(), "application/json", URL)


def test_brackets_in_words_are_words():
    words = '[{"\\"' * 1000 + "\\"
    post = {"id": "a", "url": "https://a.example/a", "title": "A", "content_text": words}
    told = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [post]})
    (entry,) = parsing.read("flux", told.encode(), "application/json", URL).entries
    assert words.count("{") == entry.html.count("{") == 1000


def test_entities_are_not_unfolded():
    (entry,) = parsing.read("flux", hostile.laughs().encode(), "", URL).entries
    assert entry.title == "&l9;"


def test_no_file_is_read_for_an_entity():
    start = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    body = f"{start}{hostile.FEED}<title>&a;</title></item></channel></rss>"
    (entry,) = parsing.read("flux", body.encode(), "", URL).entries
    assert entry.title == "&a;"


@pytest.mark.parametrize("payload", hostile.PAYLOADS, ids=range(len(hostile.PAYLOADS)))
def test_no_field_lets_anything_through(payload):
    fields = dict.fromkeys(["guid", "html", "title", "author", "network", "licence"], payload)
    entry = Entry(
        **fields,
        url=f"https://x.example/{payload}",
        canonical="https://x.example/1",
        author_url=payload,
        tags=(payload,),
        pictures=(Picture(payload, payload), Picture("https://x.example/a.png", payload)),
        original=payload,
    )
    kept = clean(entry)
    if kept:
        assert_harmless(kept)


@given(st.binary(max_size=2000))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(body):
    for entry in read(body):
        assert_harmless(entry)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(sorted(corpus.MASTODON_STATUS)), inner, max_size=6)
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(sorted(corpus.MASTODON_STATUS)), JSON, max_size=8),
    st.dictionaries(st.sampled_from(sorted(corpus.BLUESKY_POST)), JSON, max_size=6),
    st.dictionaries(st.sampled_from(sorted(corpus.JSON_FEED["items"][0])), JSON, max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_values_of_any_type_are_read_or_refused(status, post, item):
    dumps = corpus.json.dumps
    for body in (
        [corpus.MASTODON_STATUS | status],
        {"feed": [{"post": corpus.BLUESKY_POST | post}]},
        {"items": [corpus.JSON_FEED["items"][0] | item], **item},
    ):
        for entry in read(dumps(body).encode()):
            assert_harmless(entry)


FRAGMENTS = st.lists(st.sampled_from(hostile.PAYLOADS + hostile.PIECES) | st.text(max_size=10))


@given(FRAGMENTS.map("".join))
@settings(max_examples=300, deadline=None)
def test_clean_text_is_harmless_and_is_shown_as_it_is(html):
    kept = clean(Entry(guid="1", url=URL, canonical=URL, html=html, title="x"))
    assert_harmless(kept)
    assert for_readers(kept.html, REL) == kept.html


@given(FRAGMENTS.map("".join))
@settings(max_examples=300, deadline=None)
def test_what_was_tidied_is_xml(source):
    made = tidied(writable(source))
    if made:
        corpus.parsed_xml(made)
    assert tidied(made) == made


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-zA-Z.]{1,20}(:443|:80)?/[ -~]{0,60}"))
@settings(max_examples=400, deadline=None)
def test_a_canonical_address_is_its_own(url):
    name = canonical(url)
    assert canonical(name) == name
    assert not name or (web_address(name) == name and "#" not in name)
