"""What volunteers decide on collected publications, what authors ask, how it is undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from label import items
from label.collecting import refusals
from label.models import Item
from tests import factories
from tests.label.factories import item

pytestmark = pytest.mark.django_db
State = Item.State


@pytest.fixture
def odile():
    """A volunteer."""
    return factories.user()


def changed(**fields):
    """A published one whose author changed it since."""
    made = item("<p>avant</p>", "avant", title="Avant", **fields)
    made.change = {"html": "<p>après</p>", "title": "Après", "tags": ["apres"], "digest": "d2"}
    made.changed_at = timezone.now()
    made.save()
    return made


@pytest.mark.parametrize("state", [State.WAITING, State.REFUSED, State.HIDDEN])
def test_what_is_not_on_the_site_may_be_published(odile, state):
    one = item(state=state)
    assert items.publish(one, odile)
    assert one.is_published and one.decided_by == odile and one.decided_at


@pytest.mark.parametrize("state", [State.PUBLISHED, State.GONE])
def test_what_is_there_or_gone_may_not(odile, state):
    one = item(state=state)
    assert not items.publish(one, odile)
    assert one.state == state and not one.decided_by


def test_refusing_keeps_the_reason_and_hides_what_was_shown(odile):
    waiting, shown = item(state=State.WAITING), item()
    assert items.refuse(waiting, odile, "De la publicité.")
    assert items.refuse(shown, odile, "Plus à jour.")
    assert (waiting.state, waiting.reason) == (State.REFUSED, "De la publicité.")
    assert (shown.state, shown.reason) == (State.HIDDEN, "Plus à jour.")
    assert not refusals.is_refused(waiting.author_url)


def test_never_again_remembers_the_author_and_undoing_forgets_it(odile):
    one = item(state=State.WAITING)
    items.refuse(one, odile, "Non.", never_again=True)
    assert refusals.is_refused(one.author_url)
    assert items.undo(one)
    assert one.state == State.WAITING and not one.decided_at and not one.reason
    assert not refusals.is_refused(one.author_url)


def test_undoing_a_plain_refusal_leaves_what_an_author_said_elsewhere(odile):
    one = item(state=State.WAITING)
    items.refuse(one, odile, "Non.")
    refusals.refuse(one.author_url)
    items.undo(one)
    assert refusals.is_refused(one.author_url)


def test_of_two_at_once_only_one_decides(odile):
    one = item(state=State.WAITING)
    other = Item.objects.get(pk=one.pk)
    assert items.refuse(other, factories.user("marc@example.org"), "Non.")
    assert not items.publish(one, odile, items.mark_of(one))
    assert Item.objects.get(pk=one.pk).state == State.REFUSED


def test_nobody_publishes_what_its_author_changed_a_moment_before(odile):
    one = item(state=State.WAITING)
    seen = items.mark_of(one)
    Item.objects.filter(pk=one.pk).update(html="<p>Tout autre chose</p>")
    assert not items.publish(one, odile, seen)
    assert Item.objects.get(pk=one.pk).state == State.WAITING


def test_an_accepted_change_is_shown_and_can_be_undone(odile):
    one = changed()
    assert items.accept_change(one, odile)
    assert (one.title, one.html, one.digest, one.changed_at) == (
        "Après",
        "<p>après</p>",
        "d2",
        None,
    )
    assert list(one.tags.names()) == ["apres"]
    assert items.undo(one)
    assert (one.title, one.html) == ("Avant", "<p>avant</p>")
    assert list(one.tags.names()) == ["avant"] and one.changed_at
    assert one in Item.objects.waiting()
    assert items.accept_change(one, odile) and one.title == "Après"


def test_a_dismissed_change_leaves_what_was_approved_and_can_be_undone(odile):
    one = changed()
    assert items.dismiss_change(one, odile)
    assert one.title == "Avant" and not Item.objects.waiting().exists()
    assert items.undo(one)
    assert one.title == "Avant" and one.change["title"] == "Après"
    assert items.accept_change(one, odile) and one.title == "Après"


def test_a_change_that_changed_again_is_read_again(odile):
    one = changed()
    seen = items.mark_of(one)
    Item.objects.filter(pk=one.pk).update(change={"title": "Encore autre chose"})
    assert not items.accept_change(one, odile, seen)
    assert not items.dismiss_change(one, odile, seen)


def test_an_author_is_obeyed_at_once_and_a_volunteer_looks_afterwards(odile):
    one, other = item(), item()
    assert items.hide_for_author(one, "C’est à moi.")
    assert one.state == State.HIDDEN and one.reason == "C’est à moi."
    assert refusals.is_refused(one.canonical_uri) and not refusals.is_refused(one.author_url)
    assert list(Item.objects.waiting()) == [one]
    assert Item.objects.get(pk=other.pk).is_published
    assert items.confirm_hidden(one, odile)
    assert not Item.objects.waiting().exists() and not items.confirm_hidden(one, odile)
    assert items.undo(one) and list(Item.objects.waiting()) == [one]


def test_never_again_takes_all_of_an_author_away():
    one, other = item(), item(state=State.WAITING)
    stranger = item(author_url="https://reseau.example/@marc")
    items.hide_for_author(one, never_again=True)
    states = dict(Item.objects.values_list("pk", "state"))
    assert states[one.pk] == states[other.pk] == State.HIDDEN
    assert states[stranger.pk] == State.PUBLISHED
    assert refusals.is_refused(one.author_url)


def test_what_was_not_its_authors_wish_is_put_back(odile):
    one = item()
    items.hide_for_author(one, never_again=True)
    assert items.publish(one, odile)
    assert one.is_published and not refusals.is_refused(one.author_url, one.canonical_uri)
    assert items.undo(one)
    assert one.state == State.HIDDEN and refusals.is_refused(one.canonical_uri)


def test_the_oldest_case_comes_first_whatever_it_is():
    now = timezone.now()
    day = timedelta(days=1)
    new = item(state=State.WAITING, seen_at=now - day)
    old = changed(seen_at=now - 9 * day)
    Item.objects.filter(pk=old.pk).update(changed_at=now - 2 * day)
    gone = item(state=State.HIDDEN, taken_down_at=now, seen_at=now - 9 * day)
    item(seen_at=now - 9 * day)
    assert list(Item.objects.waiting()) == [old, new, gone]
