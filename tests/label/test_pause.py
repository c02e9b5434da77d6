"""While the team is away, each form that a volunteer would answer says so, and no other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from directory import request_links
from directory.models import ListingManager, ListingRequest
from home.models import SiteSettings
from label import claiming, memberships
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import charter, member, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
SAID = "Équipe en pause jusqu’au"


def visitors_form(page):
    """A form about a listing, without account."""
    return None, f"{factories.listing().get_absolute_url()}{page}/"


def proposing():
    """The proposal of a new listing."""
    return None, reverse("directory:propose") + "?q=miel&ou=Rambouillet"


def precision():
    """The answer to a question about a request."""
    case = ListingRequest.objects.create(
        kind="proposer", listing_name="x", email="lise@example.org", state="precision"
    )
    return None, "/" + request_links.link(case, request_links.PRECISION).split("/", 3)[3]


def claim_start():
    """« C’est mon activité »."""
    return cast.potter(), reverse("claims:start", args=[cast.pottery().slug])


def signature():
    """The charter that is signed with a claim."""
    charter()
    claim = cast.proven()
    return claim.user, reverse("claims:charter", args=[claim.number])


def claim_state():
    """What becomes of a claim."""
    claim = cast.submitted()
    return claim.user, reverse("claims:claim", args=[claim.number])


def claim_asked():
    """The answer to a question about a claim."""
    claim = cast.submitted()
    claiming.ask(claim, cast.volunteer(), claim.state, "Où ?")
    return claim.user, reverse("claims:claim", args=[claim.number])


def contest():
    """An objection to a claim."""
    cast.submitted()
    return None, cast.link_sent_to(cast.CONTACT)


def somebodys_listing():
    """Denis, and what he looks after."""
    denis, listing = factories.user("denis@example.org"), factories.listing()
    ListingManager.objects.create(user=denis, listing=listing)
    return denis, listing


def writing_a_post():
    """A post that waits for a volunteer."""
    return somebodys_listing()[0], "/mon-espace/publier/"


def post_asked():
    """A post to be put right."""
    denis, listing = somebodys_listing()
    post(author=denis, listing=listing, state="precision", reason="Quand ?")
    return denis, "/mon-espace/publications/"


def signature_asked():
    """The answer to a question about a signature."""
    lise = memberships.sign(factories.user("lise@example.org"), charter(), holder="Lise")
    memberships.ask(lise, cast.volunteer(), "Où ?")
    return lise.user, "/mon-espace/"


FORMS = {
    "correction": lambda: visitors_form("corriger"),
    "to manage": lambda: visitors_form("gerer"),
    "removal": lambda: visitors_form("retirer"),
    "proposal": proposing,
    "precision": precision,
    "claim": claim_start,
    "signature": signature,
    "claim sent": claim_state,
    "claim asked": claim_asked,
    "objection": contest,
    "post": writing_a_post,
    "post asked": post_asked,
    "signature asked": signature_asked,
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_that_the_team_is_away_as_long_as_it_is(client, name):
    user, address = FORMS[name]()
    browser = client_of(user) if user else client
    settings = SiteSettings.load()
    for days, is_said in ((None, False), (0, True), (5, True), (-1, False)):
        settings.paused_until = days is not None and timezone.localdate() + timedelta(days) or None
        settings.save()
        answer = browser.get(address)
        assert answer.status_code == 200
        assert (SAID in answer.content.decode()) == is_said, days


def test_what_waits_for_nobody_says_nothing(client):
    denis, listing = somebodys_listing()
    member(listing)
    settings = SiteSettings.load()
    settings.paused_until = timezone.localdate()
    settings.save()
    browser = client_of(denis)
    for address in ("/mon-espace/publier/", "/mon-espace/", "/mon-espace/publications/"):
        assert SAID not in browser.get(address).content.decode()
    assert SAID not in client.get(listing.get_absolute_url()).content.decode()
