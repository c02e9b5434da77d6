"""What the tests of the label share."""

import pytest

from home.models import SiteSettings


@pytest.fixture
def hashtag(db):
    """A label with its hashtag, and another one."""
    told = SiteSettings.load()
    told.hashtags = "mis78, sudyvelines"
    told.save()
    return "mis78"
