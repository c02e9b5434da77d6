"""What is not shown any more comes to its end; an image that hangs nowhere, too."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Collection

from label import items
from label.collecting import leftovers, photos, pictures
from label.models import Item
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import item
from tests.label.hosts import Outside, collect, trusted
from tests.label.test_collect_flow import picture
from tests.label.test_collected_queue import case

pytestmark = pytest.mark.django_db
State = Item.State
OLD = timezone.now() - leftovers.KEPT - timedelta(hours=1)
WORDS = ("title", "html", "author", "author_url", "original", "photo_url", "licence")


@pytest.fixture
def outside(settings, hashtag, tmp_path):
    """A host on loopback that may be asked."""
    settings.MEDIA_ROOT = tmp_path
    server = Outside()
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    yield server
    server.close()


def one_with_photo(outside):
    """A published one with all there may be."""
    outside.pages["/four.jpg"] = picture()
    image = f'<p>Four #mis78</p><img src="{outside.url}/four.jpg">'
    trusted(outside.feed("/flux", ("pain", image)))
    collect()
    return Item.objects.get()


def test_the_words_of_what_was_taken_away_go_and_it_never_comes_again(outside):
    one = one_with_photo(outside)
    items.hide_for_author(one, "Je suis Zélie.")
    leftovers.empty_old_records(timezone.now())
    assert Item.objects.get().html
    Item.objects.update(taken_down_at=OLD)
    assert leftovers.empty_old_records(timezone.now()) == 1
    one = Item.objects.get()
    assert not any(getattr(one, name) for name in (*WORDS, "change", "reason", "photo_id"))
    assert not one.tags.exists() and not photos.Photo.objects.exists()
    assert one.canonical_uri and one.is_emptied
    # Nobody has to look at it any more, nor can anybody put it back.
    assert not Item.objects.waiting().exists()
    assert not items.publish(one, factories.user()) and not items.undo(one)
    assert leftovers.empty_old_records(timezone.now()) == 0
    outside.feed("/flux", ("pain", "Tout autre chose #mis78"))
    assert collect().created == 0
    assert not Item.objects.get().html and not Item.objects.public().exists()


class Killed(BaseException):
    """As kill -9 has it: nobody catches this."""


def killed(item, photo):
    """The end, between fetching and hanging."""
    raise Killed


@pytest.mark.parametrize(
    ("state", "fields", "kept"),
    [
        (State.REFUSED, {"decided_at": OLD}, False),
        (State.HIDDEN, {"decided_at": OLD}, False),
        (State.HIDDEN, {"decided_at": OLD + timedelta(days=2)}, True),
        (State.PUBLISHED, {"decided_at": OLD}, True),
        (State.PUBLISHED, {"decided_at": OLD, "taken_down_at": OLD}, True),
        (State.WAITING, {}, True),
        (State.REFUSED, {}, True),
    ],
)
def test_only_what_was_put_aside_long_ago_is_emptied(state, fields, kept):
    one = item(state=state, **fields)
    leftovers.clear()
    one.refresh_from_db()
    assert bool(one.html) is kept


def test_its_page_says_that_only_the_address_is_left():
    one = item(state=State.REFUSED, decided_at=OLD)
    leftovers.clear()
    words = case(client_of(cast.volunteer()), one).get_text(" ")
    assert "il ne reste que son adresse" in words and "Annuler" not in words


def test_who_puts_it_back_at_the_same_moment_wins():
    one = item(state=State.REFUSED, decided_at=OLD)
    items.publish(one, factories.user())
    assert not leftovers.empty(one.pk, timezone.now())
    assert Item.objects.public().get().html


def test_an_image_left_by_a_collector_that_was_killed_is_swept(outside, monkeypatch):
    monkeypatch.setattr(pictures, "hang", killed)
    with pytest.raises(Killed):
        one_with_photo(outside)
    assert Item.objects.get().photo is None
    now = timezone.now()
    # It may be about to be hung.
    assert leftovers.sweep_photos(now) == 0
    assert leftovers.sweep_photos(now + timedelta(hours=2)) == 1
    assert not photos.Photo.objects.exists()


def test_what_hangs_and_what_people_uploaded_stays(outside):
    one = one_with_photo(outside)
    later = timezone.now() + timedelta(days=9)
    assert leftovers.sweep_photos(later) == 0
    photos.Photo.objects.update(collection=Collection.get_first_root_node())
    Item.objects.filter(pk=one.pk).update(photo=None)
    assert leftovers.sweep_photos(later) == 0 and photos.Photo.objects.exists()


def test_a_killed_fetch_is_tried_again(outside, monkeypatch):
    """Killed before anything hung: the next try brings it."""
    with monkeypatch.context() as patched:
        patched.setattr(pictures, "hang", killed)
        with pytest.raises(Killed):
            one_with_photo(outside)
    Item.objects.update(photo_due_at=timezone.now())
    assert pictures.fetch_due() == 1 and Item.objects.get().photo
    assert leftovers.sweep_photos(timezone.now() + timedelta(hours=2)) == 1
    assert photos.Photo.objects.count() == 1


def test_the_rounds_do_both(monkeypatch):
    from config import rounds

    done = []
    monkeypatch.setattr(leftovers, "clear", lambda: done.append(1))
    (do,) = [do for _, do in rounds.ROUNDS if do.__name__ == "clear_what_was_collected"]
    do()
    assert done == [1]
