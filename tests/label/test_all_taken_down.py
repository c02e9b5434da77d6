"""« Plus jamais »: all of an author's goes at once, and comes back at once if it was not them."""

import pytest
from django.utils import timezone

from directory.models import ListingManager
from label import items
from label.collecting import refusals
from label.models import Item
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import item
from tests.label.test_collected_queue import case, press

pytestmark = pytest.mark.django_db
State = Item.State
AUTHOR = "https://reseau.example/@zelie"


@pytest.fixture
def odile():
    """A volunteer."""
    return cast.volunteer()


@pytest.fixture
def gone():
    """What somebody took away: two that were shown, one that waited; and what was not theirs."""
    one, other = item("<p>un</p>"), item("<p>deux</p>")
    waiting = item("<p>trois</p>", state=State.WAITING)
    item(author_url="https://reseau.example/@autre")
    item(state=State.REFUSED)
    changed = {"html": "<p>autre</p>", "digest": "x"}
    Item.objects.filter(pk=other.pk).update(change=changed, changed_at=timezone.now())
    assert items.hide_for_author(one, "C’est moi.", never_again=True)
    return one, other, waiting


def states(*made):
    """As they are now."""
    return [Item.objects.get(pk=one.pk).state for one in made]


def test_one_word_takes_all_of_theirs_away_and_nothing_else(gone):
    assert states(*gone) == [State.HIDDEN] * 3
    assert Item.objects.filter(state=State.PUBLISHED).count() == 1
    assert items.hidden_with(Item.objects.get(pk=gone[1].pk)).count() == 3
    assert refusals.is_refused(AUTHOR)


def test_one_button_puts_all_back_as_it_was(gone, odile):
    one, other, waiting = gone
    desk = client_of(odile)
    assert "a retiré 3 publications" in case(desk, other).get_text(" ").replace("\xa0", " ")
    answer = press(desk, other, "remettre-tout")
    assert "tout est remis comme avant" in answer.content.decode()
    assert states(*gone) == [State.PUBLISHED, State.PUBLISHED, State.WAITING]
    other.refresh_from_db()
    # What its author had changed still waits to be read.
    assert other.changed_at and other.change["html"] == "<p>autre</p>"
    assert (other.decided_by, other.reason) == (odile, "C’est moi.")
    assert not refusals.is_refused(AUTHOR, *(made.canonical_uri for made in gone))
    assert set(Item.objects.waiting()) == {waiting, other}


def test_one_button_leaves_all_away(gone, odile):
    press(client_of(odile), gone[0], "confirmer-tout")
    assert states(*gone) == [State.HIDDEN] * 3
    assert not Item.objects.waiting().exists() and refusals.is_refused(AUTHOR)


def test_what_was_put_back_can_be_taken_away_again_with_its_author(gone, odile):
    items.put_back_all(gone[0], odile)
    gone[0].refresh_from_db()
    assert items.undo(gone[0])
    assert states(*gone) == [State.HIDDEN, State.PUBLISHED, State.WAITING]
    assert refusals.is_refused(AUTHOR)


def test_what_a_volunteer_looked_at_alone_stays_as_they_left_it(gone, odile):
    items.confirm_hidden(gone[1], odile)
    assert items.put_back_all(gone[0], odile) == 2
    assert states(*gone) == [State.PUBLISHED, State.HIDDEN, State.WAITING]
    assert items.put_back_all(gone[0], odile) == 0


def test_two_words_of_two_people_are_two(odile):
    one, other = item(), item(author_url="https://reseau.example/@autre")
    for made in (one, other):
        items.hide_for_author(made, never_again=True)
    assert items.put_back_all(one, odile) == 1
    assert states(one, other) == [State.PUBLISHED, State.HIDDEN]
    assert "remettre-tout" not in str(case(client_of(odile), other))


def test_who_refuses_later_has_nothing_to_put_back(gone, odile):
    items.put_back_all(gone[0], odile)
    one = Item.objects.get(pk=gone[0].pk)
    items.refuse(one, odile, "Hors sujet.")
    assert items.put_back_all(one, odile) == 0


def test_nobody_puts_their_own_back_among_others(gone, odile):
    listing = factories.listing("Le four d’Odile")
    ListingManager.objects.create(listing=listing, user=odile)
    Item.objects.filter(pk=gone[2].pk).update(listing=listing)
    cast.volunteer("autre-benevole@example.org")
    press(client_of(odile), gone[0], "remettre-tout")
    assert states(*gone) == [State.HIDDEN] * 3


def test_a_stranger_and_an_old_page_change_nothing(gone, odile, client):
    data = {"action": "remettre-tout", "seen": "autre"}
    address = f"/gestion/label/publications-d-ailleurs/{gone[0].pk}/decider/"
    assert client.post(address, data).status_code in (302, 403, 404)
    assert items.put_back_all(gone[0], odile, seen="autre") == 0
    assert states(*gone) == [State.HIDDEN] * 3
