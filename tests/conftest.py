"""The cast of the tests, and what each test finds in place."""

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection

from directory.categories import load_categories
from directory.models import Category
from home import open_data, versions
from tests import factories

# How long something takes is for bin/bench: on a busy machine a deadline would fail by luck.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_collection_modifyitems(config, items):
    """What is about SQLite alone is no test of the other engine: left out, not skipped."""
    if connection.vendor == "sqlite":
        return
    left_out = [item for item in items if item.get_closest_marker("sqlite")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def empty_caches():
    """No test sees what another one has cached."""
    for cache in caches.all():
        cache.clear()
    versions.forget()
    open_data.counter.forget()


@pytest.fixture
def categories(db):
    """The shipped categories, also after a test that flushed the database."""
    load_categories(Category)


@pytest.fixture
def moderator(db):
    """Odile, who runs the site."""
    return factories.user("odile@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def stranger(db):
    """Somebody with an account and no rights at all."""
    return factories.user("inconnu@example.org")
