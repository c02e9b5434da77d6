"""The lists of the label's administration say what they mean."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from label.models import Moment, Post
from tests import factories
from tests.label import factories as label

pytestmark = pytest.mark.django_db
AHEAD = date(2044, 12, 24)
LISTS = ["sources", "moments", "membres", "publications", "charte", "faits"]


@pytest.fixture
def browser(client, moderator):
    """The browser of who runs the site."""
    client.force_login(moderator)
    return client


def test_days_that_lie_ahead_are_said_as_days(browser):
    Moment.objects.create(tag="marchedenoel", until=AHEAD)
    label.member(factories.listing(), until=AHEAD)
    for name in ("moments", "membres"):
        page = browser.get(f"/gestion/label/{name}/").content.decode()
        assert "24 décembre 2044" in page.replace("\N{NO-BREAK SPACE}", " "), name
        assert "0 minute" not in page, name


@pytest.mark.parametrize("path", [f"/gestion/label/{name}/" for name in LISTS])
def test_no_sign_is_missing(browser, path):
    page = browser.get(path).content.decode()
    drawn = browser.get(reverse("wagtailadmin_sprite")).content.decode()
    signs = set(re.findall(r'href="#(icon-[\w-]+)"', page))
    assert signs and not {sign for sign in signs if f'id="{sign}"' not in drawn}


def test_the_page_of_health_has_its_sign(browser):
    test_no_sign_is_missing(browser, "/gestion/label/sources/sante/")


def test_a_long_publication_is_cut_with_a_mark():
    post = Post(text="Les mâches sont belles, " * 10, created_at=timezone.now() - timedelta(1))
    assert len(str(post)) == 60 and str(post).endswith("…")
    assert str(Post(text="Bonjour.")) == "Bonjour."
