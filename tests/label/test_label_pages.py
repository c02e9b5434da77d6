"""/label/, its charter and its members' pages: what is shown, to whom, and what never is."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from directory.models import Listing
from home.models import SiteSettings
from label import memberships
from label.models import Fact, Membership
from tests import factories
from tests.label.factories import charter, member

pytestmark = pytest.mark.django_db
State = Membership.State
TODAY = timezone.localdate()
NOT_OFFICIAL = "Engagement sur une charte, pas un signe officiel de qualité (AOP, AB…)."
REASON = "canari-motif"


def text(response):
    """The page without its tags, spaces made plain."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def members_of(response):
    """The slugs of the members listed, in order."""
    return re.findall(r'data-member="([^"]*)"', response.content.decode())


@pytest.fixture
def potter(categories):
    """A potter with a listing, accepted two years ago."""
    listing = factories.listing(
        "Poterie du Four", category="ceramiste", phone="0639981107", hours="24/7"
    )
    since = TODAY - timedelta(days=700)
    return member(listing, slug="poterie", since=since, story="La terre vient de loin.\nEt moi.")


def test_the_label_says_what_it_is_before_anybody_is_a_member(client):
    page = text(client.get("/label/"))
    assert NOT_OFFICIAL in page
    assert "La charte s’écrit" in page
    assert client.get("/label/charte/").status_code == 404
    assert "Pas encore de membre" in text(client.get("/label/membres/"))


def test_the_label_shows_promises_numbers_and_newest_members(client, potter):
    charter(promises="Je fais moi-même.\n\nJe réponds.")
    response = client.get("/label/")
    page = text(response)
    assert "1 membre dans 1 commune" in page
    assert "Je fais moi-même." in page
    assert "Je réponds." in page
    assert members_of(response) == ["poterie"]
    assert SiteSettings.load().label_name in page


def test_members_are_listed_by_trade_and_by_commune(client, potter):
    member(factories.listing("Miel", category="apiculteur", commune="Dourdan"), slug="miel")
    member(slug="sans-fiche", holder="Zoé", commune=factories.commune("Dourdan"))
    assert members_of(client.get("/label/membres/")) == ["miel", "poterie", "sans-fiche"]
    assert members_of(client.get("/label/membres/metier/ceramiste/")) == ["poterie"]
    assert members_of(client.get("/label/membres/metier/terre-bois-metal/")) == ["poterie"]
    assert members_of(client.get("/label/membres/commune/dourdan/")) == ["miel", "sans-fiche"]
    both = client.get("/label/membres/?categorie=apiculteur&commune=dourdan")
    assert members_of(both) == ["miel"]
    one = client.get("/label/membres/?categorie=ceramiste")
    assert one.url == "/label/membres/metier/ceramiste/"
    assert client.get("/label/membres/metier/inconnu/").status_code == 404
    assert client.get("/label/membres/?commune=../..").status_code == 302


def test_many_members_come_in_pages(client):
    for number in range(26):
        member(holder=f"Atelier {number:02}", slug=f"atelier-{number:02}")
    assert len(members_of(client.get("/label/membres/"))) == 24
    assert members_of(client.get("/label/membres/?page=2")) == ["atelier-24", "atelier-25"]
    assert members_of(client.get("/label/membres/?page=99")) == ["atelier-24", "atelier-25"]


def test_a_members_page_tells_who_where_and_what_was_checked(client, potter):
    listing = potter.listing
    Fact.objects.create(listing=listing, kind="marche", on=TODAY, detail="marché de Dourdan")
    response = client.get("/label/membres/poterie/")
    page = text(response)
    assert "Poterie du Four" in page
    assert f"Membre depuis {potter.since:%Y}"[:13] in page
    assert "tel:0639981107" in response.content.decode()
    assert "La terre vient de loin." in page
    assert "Rencontré au marché de Dourdan" in page
    assert NOT_OFFICIAL in page
    assert potter.spelled_code in page
    data = re.search(r"ld\+json\">(.*?)</script>", response.content.decode()).group(1)
    assert json.loads(data)["memberOf"]["@id"].endswith("/label/")


def test_the_order_of_a_members_page(client, potter):
    html = client.get("/label/membres/poterie/").content.decode()
    marks = ["member-stamp", "<h1>", "member-since", "kicker", "today-big", "Appeler"]
    marks += ["member-photo", 'id="histoire"', 'id="verifie"', 'id="badge"', 'id="pratique"']
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_hidden_address_is_shown_nowhere(client, categories):
    listing = factories.listing(
        "Savons", street="3 rue Cachée", hide_address=True, lat=48.61234, lng=1.87165
    )
    member(listing, slug="savons")
    for address in ("", "badge/", "carte/"):
        html = client.get(f"/label/membres/savons/{address}").content.decode()
        assert "rue Cachée" not in html
        assert "48.6123" not in html


def test_a_member_without_listing_has_a_page_too(client, categories):
    member(
        slug="zoe",
        holder="Zoé, reliure",
        commune=factories.commune("Dourdan"),
        story="Je recouds.",
        phone="0639980000",
    )
    page = text(client.get("/label/membres/zoe/"))
    assert "Zoé, reliure" in page
    assert "Dourdan" in page
    assert "l’adresse exacte n’est pas publiée" in page
    assert client.get("/label/membres/zoe/carte/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"state": State.LEFT}, 410),
        ({"state": State.ENDED}, 410),
        ({"state": State.REVOKED}, 410),
        ({"until": TODAY - timedelta(days=1)}, 410),
        ({"state": State.WAITING, "since": None}, 404),
        ({"state": State.REFUSED, "since": None}, 404),
    ],
)
def test_who_is_no_member_has_no_page(client, fields, status):
    member(slug="parti", holder="Nom secret", reason=REASON, **fields)
    for address in ("", "badge/", "carte/"):
        response = client.get(f"/label/membres/parti/{address}")
        assert response.status_code == status
        assert "Nom secret" not in response.content.decode()
    assert members_of(client.get("/label/membres/")) == []


def test_a_member_whose_listing_is_withdrawn_is_not_shown(client, potter):
    Listing.objects.filter(pk=potter.listing_id).update(live=False)
    potter.save()
    assert client.get("/label/membres/poterie/").status_code == 404
    assert members_of(client.get("/label/membres/")) == []
    assert "Poterie" not in client.get(f"/badge/{potter.code}.svg").content.decode()
    assert "Poterie" not in client.get(f"/label/verifier/{potter.code}/").content.decode()


def test_whoever_has_their_listing_removed_has_no_label_page_either(client, potter):
    potter.listing.delete()
    assert client.get("/label/membres/poterie/").status_code == 410


def test_two_listings_that_become_one_keep_the_label(client, potter, moderator):
    from directory.moderation import merging

    kept = factories.listing("Poterie du Grand Four")
    merging.merge(kept, potter.listing, {}, moderator)
    potter.refresh_from_db()
    kept.refresh_from_db()
    assert potter.listing == kept
    assert kept.labelled
    assert client.get("/label/membres/poterie/").status_code == 200


def test_an_old_charter_stays_and_says_that_it_is_old(client):
    charter(title="La charte", text="<p>Comme avant.</p>")
    charter(title="La charte", text="<p>Comme maintenant.</p>")
    charter(title="Un brouillon", published_at=None)
    assert "Comme maintenant." in text(client.get("/label/charte/"))
    old = text(client.get("/label/charte/1/"))
    assert "ancienne version" in old
    assert "Comme avant." in old
    assert "ancienne version" not in text(client.get("/label/charte/2/"))
    assert client.get("/label/charte/3/").status_code == 404
    assert client.get("/label/charte/9/").status_code == 404


def test_a_change_shows_at_once_in_kept_pages(client, potter, moderator):
    listing = Listing.objects.get(pk=potter.listing_id)
    memberships.standing.put_right()
    assert members_of(client.get("/label/membres/")) == ["poterie"]
    assert "Membre du label" in client.get(listing.get_absolute_url()).content.decode()
    memberships.revoke(potter, moderator, REASON)
    assert members_of(client.get("/label/membres/")) == []
    assert "Membre du label" not in client.get(listing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("address", ["/label/", "/label/membres/", "/label/membres/poterie/"])
def test_pages_of_the_label_take_few_queries_however_many_members(
    client, potter, django_assert_max_num_queries, address
):
    charter()
    for number in range(30):
        member(factories.listing(category="ceramiste"), slug=f"autre-{number}")
    with django_assert_max_num_queries(12):
        response = client.get(address)
    assert response["Cache-Control"] == "no-cache, s-maxage=60"
    with django_assert_max_num_queries(1):
        client.get(address)


def test_sitemaps_name_the_members_and_their_lists(client, potter):
    member(slug="parti", state=State.LEFT)
    assert "/label/membres/poterie/" in client.get("/sitemap-membres-1.xml").content.decode()
    assert "parti" not in client.get("/sitemap-membres-1.xml").content.decode()
    label = client.get("/sitemap-label-1.xml").content.decode()
    assert "/label/membres/metier/ceramiste/" in label
    assert "/label/membres/commune/rambouillet/" in label
