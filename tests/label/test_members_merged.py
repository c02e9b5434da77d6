"""Two listings with the label become one: both badges go on being checked, nothing is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import ListingManager
from directory.moderation.merging import merge
from label import memberships
from label.models import Membership
from tests import factories
from tests.label.factories import member, post

pytestmark = pytest.mark.django_db
State = Membership.State


@pytest.fixture
def odile():
    """Who merges."""
    return factories.user("reunit@example.org")


def pair(first=None, second=None):
    """Two members, each for a listing of its own."""
    return tuple(
        member(factories.listing(name), **({"slug": slug} | (fields or {})))
        for name, slug, fields in (
            ("Le Four de Denis", "four", first),
            ("Four Denis", "denis", second),
        )
    )


def merged(kept, dropped, by):
    """The listing of the second becomes that of the first; both as they are then."""
    merge(kept.listing, dropped.listing, {}, by)
    for one in (kept, dropped):
        one.refresh_from_db()
    return kept.listing


def check(client, code):
    """What whoever checks a badge reads."""
    return client.get(f"/label/verifier/{code}/").content.decode()


def test_both_codes_go_on_verifying_and_the_old_one_says_the_new_one(client, odile):
    kept, dropped = pair()
    listing = merged(kept, dropped, odile)
    listing.refresh_from_db()
    assert listing.labelled
    for one in (kept, dropped):
        page = check(client, one.code)
        assert 'data-verdict="genuine"' in page and "Le Four de Denis" in page
        badge = client.get(f"/badge/{one.code}.svg")
        assert badge.status_code == 200 and kept.spelled_code in badge.content.decode()
    assert kept.spelled_code in check(client, dropped.code)
    assert "n’en font plus qu’une" not in check(client, kept.code)


def test_what_becomes_of_the_one_becomes_of_both(client, odile):
    kept, dropped = pair()
    merged(kept, dropped, odile)
    for act, verdict in (
        (lambda: memberships.revoke(kept, odile, "Revend"), "revoked"),
        (lambda: memberships.restore(kept, odile), "genuine"),
        (lambda: memberships.leave(kept, odile), "expired"),
    ):
        assert act()
        for one in (kept, dropped):
            assert f'data-verdict="{verdict}"' in check(client, one.code)


def test_the_old_page_leads_to_the_new_one(client, odile):
    kept, dropped = pair()
    merged(kept, dropped, odile)
    for part in ("", "badge/", "carte/"):
        answer = client.get(f"/label/membres/denis/{part}")
        assert (answer.status_code, answer["Location"]) == (301, f"/label/membres/four/{part}")
        assert client.get(answer["Location"]).status_code == 200
    assert client.get("/label/membres/").content.decode().count("/label/membres/denis/") == 0
    memberships.leave(kept, odile)
    assert client.get("/label/membres/denis/").status_code == 410


def test_history_and_posts_of_both_are_kept(client, odile, moderator):
    kept, dropped = pair()
    dropped.events.create(state=State.ACTIVE, note="zorghistoire")
    told = post("Four ouvert", listing=dropped.listing, membership=dropped)
    listing = merged(kept, dropped, odile)
    told.refresh_from_db()
    assert (told.listing, told.membership) == (listing, kept)
    notes = {one: list(one.events.values_list("note", flat=True)) for one in (kept, dropped)}
    assert "zorghistoire" in notes[dropped]
    assert kept.spelled_code in notes[dropped][-1] and dropped.spelled_code in notes[kept][-1]
    client.force_login(moderator)
    page = client.get(f"/gestion/label/membre/{dropped.pk}/").content.decode()
    assert "Deux fiches réunies" in page and f"/gestion/label/membre/{kept.pk}/" in page


def test_the_longest_member_stays_whichever_listing_does(odile):
    long_ago = timezone.localdate() - timedelta(days=300)
    kept, dropped = pair(second={"since": long_ago})
    listing = merged(kept, dropped, odile)
    assert (dropped.state, dropped.listing, dropped.since) == (State.ACTIVE, listing, long_ago)
    assert (kept.state, kept.merged_into) == (State.LEFT, dropped)


def test_a_member_stays_before_a_signature_that_waits(client, odile):
    waiting = {"state": State.WAITING, "since": None}
    kept, dropped = pair(first=waiting)
    merged(kept, dropped, odile)
    assert (dropped.state, kept.state, kept.in_force) == (State.ACTIVE, State.LEFT, dropped)
    assert not Membership.objects.waiting().exists()


def test_three_in_a_row_lead_to_the_last(client, odile):
    kept, dropped = pair()
    merged(kept, dropped, odile)
    third = member(factories.listing("Le Grand Four"), since=timezone.localdate() - timedelta(9))
    merged(third, kept, odile)
    dropped.refresh_from_db()
    assert dropped.in_force == kept.in_force == third
    assert third.spelled_code in check(client, dropped.code)


def test_who_signs_again_takes_up_the_one_that_stayed(client, odile):
    denis = factories.user("denis@example.org")
    kept, dropped = pair(first={"user": denis}, second={"user": denis})
    ListingManager.objects.create(user=denis, listing=kept.listing)
    listing = merged(kept, dropped, odile)
    memberships.leave(kept, denis)
    assert memberships.sign(denis, listing=listing) == kept
    client.force_login(denis)
    assert client.get("/mon-espace/").content.decode().count('class="my-label"') == 1


def test_one_membership_alone_moves_as_it_is(odile):
    one, plain = member(factories.listing("Le Four")), factories.listing("Four Denis")
    merge(plain, one.listing, {}, odile)
    one.refresh_from_db()
    assert (one.listing, one.state, one.merged_into) == (plain, State.ACTIVE, None)
