"""The names that a feed gives its entries: missing, doubled, all but the same, somebody else's."""

from hypothesis import given
from hypothesis import strategies as st

from label.collecting import storing
from label.collecting.entries import Entry
from label.collecting.wanted import Words
from label.models import Source

WORDS = Words(frozenset({"mis78"}), frozenset({"mis78"}))
NAMES = (
    *("", " ", "a", "a ", "\u202ea", "A", "a\x00", "https://x.example/1", "https://x.example/2"),
    *("g" * 500, "g" * 501, "g" * 501 + " ", "\ud800", "\ufeff"),
)
ADDRESSES = [f"https://x.example/{number}" for number in range(4)]
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ADDRESSES)), max_size=8)


def prepared(pairs):
    """What is kept of entries with these names and addresses."""
    entries = [
        Entry(guid=guid, url=address, canonical=address, title="Four ouvert", html="#mis78")
        for guid, address in pairs
    ]
    return storing.prepare(Source(kind=Source.Kind.FEED), entries, WORDS)


@given(PAIRS)
def test_each_entry_of_a_feed_has_a_name_that_no_other_has(pairs):
    ready = prepared(pairs)
    names = [one.guid for one in ready]
    assert len(names) == len(set(names)) == len({address for _, address in pairs})
    assert all(0 < len(name) <= 500 and name.isprintable() for name in names)


def test_a_name_that_is_all_but_anothers_is_none():
    names = [one.guid for one in prepared([("a", ADDRESSES[0]), ("a ", ADDRESSES[1])])]
    assert names == ADDRESSES[:2]


def test_nobody_is_called_by_the_address_of_another():
    names = [one.guid for one in prepared([(ADDRESSES[1], ADDRESSES[0]), ("", ADDRESSES[1])])]
    assert names == ADDRESSES[:2]
