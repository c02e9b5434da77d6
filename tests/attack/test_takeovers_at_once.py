"""Two people at once, in threads, over HTTP: one of them wins, or nobody; never both."""

import threading

import pytest
from django.core.cache import caches
from django.db import connection, connections

from directory.moderation import volunteers
from label import claiming, items
from label.models import Claim, Item
from tests import factories
from tests.attack.claims import decide, press
from tests.label import claiming as cast
from tests.label.claiming import CONTACT, client_of
from tests.label.factories import item

State = Claim.State


def at_once(*jobs):
    """Run these in threads that start together; returns what each returned."""
    barrier, done = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            barrier.wait()
            done[place] = job()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return done


@pytest.mark.django_db(transaction=True)
def test_two_claimants_accepted_at_once_by_two_volunteers():
    volunteers.make_group()
    for turn in range(4):
        # So many codes in a day would be too many.
        caches["counters"].clear()
        listing = cast.pottery()
        people = [f"un{turn}@example.org", f"deux{turn}@example.org"]
        claims = [cast.submitted(factories.user(one), listing) for one in people]
        judges = [client_of(cast.volunteer(f"juge{turn}{n}@example.org")) for n in (1, 2)]
        at_once(
            *(
                lambda judge=judge, claim=claim: decide(judge, claim, "accepter").status_code
                for judge, claim in zip(judges, claims, strict=True)
            )
        )
        assert len(cast.managers(listing)) == 1, connection.vendor
        states = sorted(Claim.objects.filter(listing=listing).values_list("state", flat=True))
        assert states == [State.ACCEPTED, State.WAITING]


@pytest.mark.django_db(transaction=True)
def test_one_code_given_back_twice_at_once_counts_once():
    claim = cast.begun()
    claiming.send_code(claim, Claim.Way.CONTACT)
    code = cast.code_sent_to(CONTACT)
    browsers = [client_of(claim.user) for _ in range(3)]
    statuses = at_once(
        *(lambda one=one: press(one, "code", claim, code=code).status_code for one in browsers)
    )
    assert sorted(statuses) == [302, 422, 422]


@pytest.mark.django_db(transaction=True)
def test_accepted_and_refused_at_once_is_one_of_them():
    volunteers.make_group()
    claim = cast.submitted()
    one, other = (client_of(cast.volunteer(f"juge{n}@example.org")) for n in (1, 2))
    at_once(
        lambda: decide(one, claim, "accepter"),
        lambda: decide(other, claim, "refuser", reply="Non"),
    )
    claim.refresh_from_db()
    taken = bool(cast.managers(claim.listing))
    assert (claim.state == State.ACCEPTED) == taken
    assert claim.state in (State.ACCEPTED, State.REFUSED)


@pytest.mark.django_db(transaction=True)
def test_two_publications_of_one_author_taken_down_at_once_are_both_gone():
    volunteers.make_group()
    odile, karim = cast.volunteer("odile@example.org"), cast.volunteer("karim@example.org")
    for turn in range(4):
        author = f"https://reseau.example/@zelie{turn}"
        pair = [item(f"<p>{number}</p>", author_url=author) for number in range(2)]
        at_once(*(lambda one=one: items.hide_for_author(one, "", never_again=True) for one in pair))
        gone = Item.objects.filter(author_url=author, state=Item.State.HIDDEN)
        assert gone.count() == 2
        both = zip(gone.order_by("pk"), (odile, karim), strict=True)
        back = at_once(*(lambda one=one, by=by: items.put_back_all(one, by) for one, by in both))
        assert sorted(back) == [0, 2]
