"""What strangers' feeds say, shown in a browser without any policy to help: nothing happens."""

from itertools import chain

import pytest
from django.template import Context, Engine
from django.utils.safestring import mark_safe

from home.rich_text import for_readers
from label.collecting import parsing
from label.collecting.cleaning import REL, clean
from label.collecting.entries import Entry, Picture
from tests.attack.hostile_feeds import Maker
from tests.label.collecting import hostile

WATCH = """() => {
    window.calls = 0;
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
        window[name] = () => { window.calls += 1; };
    }
}"""
SHOWN = Engine().from_string(
    "<!doctype html><meta charset=utf-8><body>{% for one in entries %}<article>"
    '<h2><a href="{{ one.url }}">{{ one.title }}</a></h2><div>{{ one.safe }}</div>'
    '<p title="{{ one.author }}">{{ one.author }} {{ one.network }} {{ one.licence }}'
    '{{ one.tags|join:" " }}{% if one.author_url %}<a href="{{ one.author_url }}">x</a>{% endif %}'
    "{% for image in one.pictures %}<i data-src='{{ image.url }}' title='{{ image.alt }}'></i>"
    "{% endfor %}</p></article>{% endfor %}<p id=end>"
)
FINDINGS = """() => ({
    calls: (() => {
        for (const part of document.querySelectorAll('article *'))
            for (const kind of ['mouseover', 'focus', 'toggle', 'load', 'error', 'pointerenter'])
                part.dispatchEvent(new Event(kind));
        return window.calls;
    })(),
    names: [...new Set([...document.querySelectorAll('article div *')].map(x => x.localName))],
    attributes: [...new Set([...document.querySelectorAll('article div *')]
        .flatMap(x => x.getAttributeNames()))],
    schemes: [...new Set([...document.links].map(x => x.protocol))],
    moved: [...document.querySelectorAll('article *')]
        .filter(x => getComputedStyle(x).position !== 'static').length,
})"""
NAMES = {"p", "br", "b", "strong", "i", "em", "a", "ul", "ol", "li", "h3"}


def hostile_entries():
    """Each payload in each field, and what is left of three thousand broken answers."""
    for payload in hostile.PAYLOADS:
        yield Entry(
            guid=payload,
            url="https://x.example/",
            canonical="https://x.example/",
            html=payload,
            title=payload,
            author=payload,
            author_url=payload,
            network=payload,
            tags=(payload,),
            licence=payload,
            pictures=(Picture(f"https://x.example/{payload}", payload),),
        )
    made = (Maker(number, "https://x.example", "navigateur").body() for number in range(1000))
    for body in chain(hostile.bodies(2000, seed=7), made):
        try:
            yield from parsing.read("flux", body, "", "https://x.example/feed").entries
        except parsing.Unreadable:
            continue


@pytest.fixture
def shown(page):
    """Show HTML where every call is counted and nothing is fetched; give the list of tries."""
    fetched = []
    page.route("**/*", lambda route: (fetched.append(route.request.url), route.abort()))

    def show(html):
        page.goto("about:blank")
        page.evaluate(WATCH)
        page.set_content(html)
        return fetched

    return show


def test_the_watch_sees_what_is_not_cleaned(page, shown):
    fetched = shown("<img src=https://x.example/x onerror=alert(1)>")
    page.wait_for_function("window.calls > 0")
    assert fetched


def test_nothing_that_a_feed_says_runs_fetches_or_covers_anything(page, shown):
    kept = [one for one in map(clean, hostile_entries()) if one]
    assert len(kept) > 500
    for some in batches(kept):
        entries = [vars(one) | {"safe": as_shown(one.html)} for one in some]
        fetched = shown(SHOWN.render(Context({"entries": entries})))
        page.locator("#end").wait_for(state="attached")
        # What was set off while it was read has happened once two pictures were painted.
        page.evaluate(
            "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )
        found = page.evaluate(FINDINGS)
        assert found["calls"] == 0
        assert set(found["names"]) <= NAMES
        assert set(found["attributes"]) <= {"href", "rel"}
        assert set(found["schemes"]) <= {"http:", "https:", "about:"}
        assert found["moved"] == 0
        assert fetched == []


def as_shown(html):
    """The text of an entry as the site's pages put it out."""
    return mark_safe(for_readers(html, REL))  # noqa: S308 -- that this is safe is what is tried


def batches(entries):
    """Two hundred at a time."""
    return (entries[start : start + 200] for start in range(0, len(entries), 200))
