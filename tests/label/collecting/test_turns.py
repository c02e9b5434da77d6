"""Who is asked next: nobody's host is hammered, and nobody waits for somebody else's."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from label.collecting.turns import MOST_OF_ONE, Turns, site_of
from label.models import Source
from tests.label.hosts import Outside, collect, source

URLS = st.lists(st.sampled_from([f"https://h{number}.example/x" for number in range(5)]))


@given(URLS, st.randoms(use_true_random=False), st.integers(1, 9))
def test_everybody_has_one_turn_and_no_site_more_than_its_share_at_once(urls, chance, most):
    turns, in_hand, seen = Turns(enumerate(urls)), [], []
    while taken := turns.take(most) or in_hand:
        if taken is not in_hand:
            in_hand += taken
            seen += taken
        assert max(Counter(site_of(urls[one]) for one in in_hand).values()) <= MOST_OF_ONE
        if in_hand:
            turns.done(in_hand.pop(chance.randrange(len(in_hand))))
    assert sorted(seen) == list(range(len(urls)))


def test_a_large_site_keeps_nobody_waiting():
    urls = ["https://grand.example/"] * 100 + [f"https://petit-{n}.example/" for n in range(10)]
    taken = Turns(enumerate(urls)).take(50)
    assert len(taken) == MOST_OF_ONE + 10 and set(range(100, 110)) <= set(taken)


@pytest.mark.parametrize("url", ["", "http://[", "x", "HTTPS://A.example:443/b"])
def test_any_address_has_a_site(url):
    assert site_of(url) in (url, "a.example:443")


class Counting(Outside):
    """A host that knows how many ask it at the same moment."""

    def __init__(self):
        self.now = self.most = 0
        super().__init__()

    def reply(self, connection, request):
        """Take a little time over it."""
        self.now += 1
        self.most = max(self.most, self.now)
        self.ended.wait(0.03)
        self.now -= 1
        super().reply(connection, request)


@pytest.mark.django_db
def test_a_server_of_many_authors_is_asked_six_times_at_once_at_most(settings, hashtag):
    outside, other = Counting(), Outside()
    settings.ALLOW_PRIVATE_FETCH = [outside.entry, other.entry]
    for number in range(20):
        source(outside.feed(f"/auteur-{number}", (f"pain-{number}", "#mis78")))
    source(other.feed("/seul", ("miel", "#mis78")))
    report = collect()
    outside.close()
    other.close()
    assert (report.sources, report.created, outside.most) == (21, 21, MOST_OF_ONE)
    assert not Source.objects.exclude(leased_by="").exists()
