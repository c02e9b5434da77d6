"""Several people make something of the same name at the same moment: each gets an address."""

import contextlib
import threading

import pytest
from django.db import IntegrityError, connections

from directory.models import Listing
from home.free_slugs import under_a_free_slug
from label.models import Membership
from tests import factories
from webmag.models import Author

AT_ONCE = 4


def together(make, monkeypatch, model):
    """Run `make` in threads that all see the same slug free where the engine lets them."""
    barrier, problems = threading.Barrier(AT_ONCE), []
    original = model.free_slug
    asked = threading.local()

    def free_slug(self):
        slug = original(self)
        if not getattr(asked, "once", False):
            asked.once = True
            # SQLite lets one writer in at a time: they never meet here.
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(1)
        return slug

    monkeypatch.setattr(model, "free_slug", free_slug)

    def run():
        try:
            make()
        except Exception as error:  # noqa: BLE001 -- told below, in the test's own thread
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []


@pytest.mark.django_db(transaction=True)
def test_listings_of_one_name_made_at_once(monkeypatch):
    commune = factories.commune()
    together(lambda: Listing(name="La Ferme", commune=commune).save(), monkeypatch, Listing)
    slugs = set(Listing.objects.values_list("slug", flat=True))
    assert slugs == {
        "la-ferme",
        "la-ferme-rambouillet",
        *(f"la-ferme-rambouillet-{n}" for n in "23"),
    }


@pytest.mark.django_db(transaction=True)
def test_authors_of_one_name_made_at_once(monkeypatch):
    together(lambda: Author(name="Lise").save(), monkeypatch, Author)
    slugs = set(Author.objects.values_list("slug", flat=True))
    assert slugs == {"lise", "lise-2", "lise-3", "lise-4"}


def test_another_wrong_thing_is_told_as_it_is(db):
    def save(_slug):
        raise IntegrityError("something else")

    with pytest.raises(IntegrityError, match="something else"):
        under_a_free_slug(Membership, lambda: "libre", save)


def test_it_is_not_tried_for_ever(db):
    taken, tries = factories.listing("Prise"), []

    def save(slug):
        tries.append(slug)
        raise IntegrityError

    with pytest.raises(IntegrityError):
        under_a_free_slug(Listing, lambda: taken.slug, save)
    assert tries == ["prise"] * 5
