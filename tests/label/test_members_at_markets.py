"""/marches/ and a market's page: which members of the label are found there."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from home.models import ContentVersion
from label.models import Membership, MemberStand
from tests import factories
from tests.directory.markets import market, producer
from tests.label import factories as label

pytestmark = pytest.mark.django_db
SATURDAY, SUNDAY = "2026-11-28", "2026-11-29"


@pytest.fixture(autouse=True)
def sunday_noon(categories, monkeypatch):
    """It is Sunday 22 November 2026, noon."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 11, tzinfo=UTC))


def stand(name, where, hours="", **fields):
    """A member without listing, and where they are met."""
    slug = name.lower().replace(" ", "-")
    made = label.member(holder=name, slug=slug, **{"since": date(2026, 1, 1)} | fields)
    return MemberStand.objects.create(membership=made, market=where, hours=hours)


def said(client, path):
    html = re.sub(r"<[^>]+>", " ", client.get(path).content.decode())
    return " ".join(html.replace("\N{NO-BREAK SPACE}", " ").split())


def test_members_without_listing_stand_with_the_market_on_their_days(client):
    grains = market("Marché aux Grains", "Sa,Su 08:00-13:00")
    stand("Reliures Ondine", grains, "Sa 09:00-11:00", trade=factories.category("savons"))
    stand("Laines Odile", grains)
    on_saturday = said(client, f"/marches/?jour={SATURDAY}")
    assert "Reliures Ondine Label Savons 9 h – 11 h" in on_saturday
    assert "Laines Odile Label" in on_saturday
    on_sunday = said(client, f"/marches/?jour={SUNDAY}")
    assert "Laines Odile" in on_sunday and "Reliures Ondine" not in on_sunday
    html = client.get(f"/marches/?jour={SATURDAY}").content.decode()
    assert 'href="/label/membres/laines-odile/"' in html


def test_who_left_or_ended_and_a_market_that_is_called_off_show_nobody(client):
    closed = (date(2026, 11, 28), date(2026, 11, 28), "", "Foire")
    grains = market("Marché aux Grains")
    stand("Partie Ondine", grains, state=Membership.State.LEFT)
    stand("Finie Odile", grains, until=date(2026, 11, 1))
    stand("Loin Lise", market("Marché annulé", exceptions=[closed]))
    page = said(client, f"/marches/?jour={SATURDAY}")
    assert "Ondine" not in page and "Odile" not in page and "Lise" not in page


def test_a_listing_that_bears_the_label_is_marked_among_who_sells_there(client):
    grains = market("Marché aux Grains")
    bearer = producer("Chèvrerie du Bois", (grains, ""))
    producer("Rucher", (grains, ""))
    label.member(bearer, since=date(2026, 1, 1))
    type(bearer).objects.filter(pk=bearer.pk).update(labelled=True)
    page = said(client, f"/marches/?jour={SATURDAY}")
    assert "Chèvrerie du Bois Label" in page and "Rucher Label" not in page


def test_a_market_s_own_page_names_them(client):
    grains = market("Marché aux Grains")
    stand("Reliures Ondine", grains, "Sa 09:00-11:00")
    page = said(client, grains.get_absolute_url())
    assert "Qui y vend" in page and "Reliures Ondine" in page
    other = factories.listing("Épicerie")
    assert "Reliures Ondine" not in said(client, other.get_absolute_url())


def test_more_members_cost_no_more_queries(client, django_assert_max_num_queries):
    many = [market(f"Marché {n}") for n in range(6)]
    path, counts = f"/marches/?jour={SATURDAY}&ou=Rambouillet", []
    # What a process reads once is read.
    client.get(path)
    for first in (0, 6):
        for n in range(first, first + 6):
            stand(f"Atelier no{n}x", many[n % 6])
        ContentVersion.bump()
        client.get("/annuaire/")
        cache.clear()
        with django_assert_max_num_queries(12) as captured:
            assert f"Atelier no{first + 5}x" in said(client, path)
        counts.append(len(captured))
    assert counts[0] == counts[1]
