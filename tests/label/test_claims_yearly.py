"""« Toujours exact ? »: asked once a year of who manages, confirmed by a button."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Listing, ListingManager
from label.claiming import yearly
from label.models import Fact, StillTrueAsk
from tests import factories
from tests.home.accounts import letters
from tests.label.claiming import link_sent_to, pottery

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)
SOLENE = "solene@example.org"


def managed(**fields):
    """A listing that Solène manages, checked over a year ago."""
    fields.setdefault("verified_on", timezone.localdate() - YEAR)
    listing = pottery(**fields)
    user = factories.user(SOLENE, display_name="Solène")
    ListingManager.objects.create(user=user, listing=listing)
    return listing


def test_asked_once_and_confirmed_by_a_button(client):
    listing = managed()
    assert yearly.ask_who_is_due() == 1
    assert yearly.ask_who_is_due() == 0
    link = link_sent_to(SOLENE, "/toujours-exact/")
    for _ in range(2):
        assert "Oui, tout est exact" in client.get(link).content.decode()
    client.head(link)
    listing.refresh_from_db()
    assert listing.verified_on != timezone.localdate()
    page = client.post(link, follow=True).content.decode()
    assert "C’est noté. Merci." in page
    client.post(link)
    listing.refresh_from_db()
    assert (listing.verified_on, listing.verified_by) == (timezone.localdate(), "son responsable")
    assert Fact.objects.get().kind == Fact.Kind.STILL_TRUE


@pytest.mark.parametrize(
    "fields",
    [
        {"verified_on": timezone.localdate()},
        {"verified_on": None},
        {"live": False},
        {"trading_state": "ferme-definitivement"},
    ],
)
def test_nobody_is_asked_without_reason(fields):
    managed(**fields)
    assert yearly.ask_who_is_due() == 0
    assert not letters()


def test_a_listing_without_manager_is_nobodys_to_confirm():
    pottery(verified_on=timezone.localdate() - YEAR)
    assert yearly.ask_who_is_due() == 0


def test_who_does_not_answer_is_asked_again_after_two_months():
    managed()
    yearly.ask_who_is_due()
    StillTrueAsk.objects.update(asked_at=timezone.now() - timedelta(days=61))
    assert yearly.ask_who_is_due() == 1


def test_the_link_of_somebody_who_manages_no_longer_confirms_nothing(client):
    listing = managed()
    yearly.ask_who_is_due()
    link = link_sent_to(SOLENE, "/toujours-exact/")
    ListingManager.objects.all().delete()
    assert client.post(link).status_code == 410
    assert client.post("/label/demande/toujours-exact/x/").status_code == 410
    listing.refresh_from_db()
    assert listing.verified_on != timezone.localdate()


def test_a_draft_that_waits_keeps_the_new_day(client):
    listing = managed()
    draft = Listing.objects.get()
    draft.summary = "Bientôt"
    draft.save_revision()
    yearly.ask_who_is_due()
    client.post(link_sent_to(SOLENE, "/toujours-exact/"))
    listing.refresh_from_db()
    assert listing.summary == ""
    listing.latest_revision.publish()
    listing.refresh_from_db()
    assert (listing.summary, listing.verified_on) == ("Bientôt", timezone.localdate())
