"""The demo's label: complete, invented, in every state, alive however late it is loaded."""

import re
from collections import Counter

import pytest
from django.utils import timezone

from config.demo import labelling, loading
from config.demo.loading import day, listing_rows, read
from label.models import Charter, Fact, Membership

MEMBERS = read("members.json")
LISTINGS = {row["slug"]: row for row in listing_rows()}
TODAY = timezone.localdate()
State = Membership.State


def test_all_who_bear_the_label_in_the_demo_are_members_and_nobody_else():
    bear = {slug for slug, row in LISTINGS.items() if row["label_member"]}
    active = [row for row in MEMBERS if row.get("state", State.ACTIVE) == State.ACTIVE]
    assert {row["listing"] for row in active if "listing" in row} == bear
    assert sum("listing" not in row for row in active) == 4


def test_every_state_is_there():
    states = Counter(row.get("state", State.ACTIVE) for row in MEMBERS)
    assert states.keys() == set(State)
    assert states[State.WAITING] == 2


def test_nobody_is_real_and_nobody_shouts():
    text = str(MEMBERS) + str(read("charters.json"))
    assert "!" not in text
    for row in MEMBERS:
        assert re.fullmatch(r"(06 39 98|01 99 00)( \d\d){2}|", row.get("phone", ""))
        assert row.get("email", "x.example").endswith(".example")
        assert row.get("website", "https://x.example/").endswith(".example/")


def test_dates_fit_each_other():
    for row in MEMBERS:
        signed = day(row.get("signed") or row["since"], TODAY)
        assert signed <= TODAY
        if row.get("state", State.ACTIVE) == State.ACTIVE:
            assert (TODAY - signed).days < labelling.TERM.days, row
        if "since" in row:
            assert day(row["since"], TODAY) <= signed
        assert all(day(on, TODAY) <= TODAY for _, on, _ in row.get("facts", ()))
    kinds = {kind for row in MEMBERS for kind, _, _ in row.get("facts", ())}
    assert kinds <= set(Fact.Kind)
    assert len(kinds) >= 6


@pytest.mark.django_db
def test_the_label_of_the_demo_is_loaded(client, categories):
    loading.load_listings({})
    assert labelling.load_label() == 34
    assert Charter.objects.published().count() == 2
    assert "34 membres" in re.sub("<[^>]+>", "", client.get("/label/").content.decode())
    waiting = Membership.objects.waiting()
    assert waiting.count() == 2
    for one in Membership.objects.exclude(reason=""):
        assert one.reason not in client.get(f"/label/verifier/{one.code}/").content.decode()
