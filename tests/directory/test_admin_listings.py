"""A volunteer finds a listing, mends it, publishes it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import Commune, HoursException, Listing, ListingSource
from home.models import ContentVersion, SearchEntry, SiteSettings
from tests import factories
from tests.directory.admin_forms import form_data

pytestmark = pytest.mark.django_db
LIST = "/gestion/annuaire/fiches/"


@pytest.fixture
def volunteer(client, categories):
    """Monique, of the group « Bénévoles », logged in."""
    user = factories.user("monique@example.org", display_name="Monique")
    user.groups.add(Group.objects.get(name="Bénévoles"))
    client.force_login(user)
    return user


def edit_url(listing):
    """Where its form is."""
    return reverse(listing.snippet_viewset.get_url_name("edit"), args=[listing.pk])


def names(response):
    """The listings that a list shows."""
    return {listing.name for listing in response.context["object_list"]}


def bulk(client, action, listings, **data):
    """Do something to several listings, as the confirmation page does."""
    ids = "&".join(f"id={listing.pk}" for listing in listings)
    url = reverse("wagtail_bulk_action", args=["directory", "listing", action])
    return client.post(f"{url}?{ids}&next={LIST}", data)


def test_the_list_asks_as_often_for_200_listings_as_for_10(client, volunteer):
    def queries(count):
        while Listing.objects.count() < count:
            factories.listing(category="cremerie")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    client.get(LIST)
    assert queries(10) == queries(200)


def test_the_search_by_name_minds_no_accents_quotes_or_nul(client, volunteer):
    factories.listing("La Ferme du Chêne")
    factories.listing("Poterie des Sables")
    assert names(client.get(LIST, {"q": "chene ferme"})) == {"La Ferme du Chêne"}
    for nonsense in ("'\"", "%00\x00", "';--", "x" * 10_000, "(", "  "):
        assert client.get(LIST, {"q": nonsense}).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"etat": "brouillon"}, {"Brouillon"}),
        ({"etat": "publiee", "manque": "point"}, {"Sans point"}),
        ({"manque": "horaires", "commune": "houd"}, {"Sans horaires"}),
        ({"manque": "verification"}, {"Vieille", "Brouillon", "Sans point", "Sans horaires"}),
        ({"commune": "785"}, set()),
        ({"commune": "s’t ÀRN"}, set()),
        ({"etiquette": "#Bio"}, {"Neuve"}),
        ({"source": "Mairie"}, {"Neuve"}),
        ({"kind": "marche"}, {"Sans point"}),
        ({"trading_state": "ferme-definitivement"}, {"Vieille"}),
    ],
)
def test_filters(client, volunteer, query, expected):
    today = timezone.localdate()
    new = factories.listing("Neuve", verified_on=today, hours="24/7", tags=["bio"])
    ListingSource.objects.create(
        listing=new, source="Mairie", source_id="1", licence="x", retrieved_at=timezone.now()
    )
    factories.listing(
        "Vieille",
        verified_on=today - timedelta(days=366),
        hours="24/7",
        trading_state="ferme-definitivement",
    )
    factories.listing("Brouillon", live=False, hours="24/7")
    factories.listing("Sans point", lat=None, lng=None, hours="24/7", kind="marche")
    factories.listing("Sans horaires", commune="Houdan")
    assert names(client.get(LIST, query)) == expected


def test_nonsense_in_filters_is_no_error(client, volunteer):
    nonsense = {"category": "x", "etat": "'", "manque": "\x00", "p": "-1", "ordering": "drop"}
    assert client.get(LIST, nonsense).status_code == 200


def test_a_volunteer_edits_and_publishes(client, volunteer):
    houdan = factories.commune("Houdan")
    listing = factories.listing("Ferme", category="cremerie", hours="Sa 09:00-12:00")
    before = ContentVersion.current()
    data = form_data(
        client.get(edit_url(listing)),
        name="La Ferme neuve",
        commune="houdan",
        serves="Houdan (78550)\nRambouillet",
        payment=["especes", "cheque"],
        location="SRID=4326;POINT(1.6 48.79)",
        **{"hours-1": "9h-12h30", "action-publish": "1"},
    )
    answer = client.post(edit_url(listing), data)

    assert answer.status_code == 302, answer.context["form"].errors
    listing.refresh_from_db()
    assert (listing.name, listing.commune, listing.lat, listing.lng) == (
        "La Ferme neuve",
        houdan,
        48.79,
        1.6,
    )
    assert listing.hours == "Tu 09:00-12:30; Sa 09:00-12:00"
    assert listing.payment == ["especes", "cheque"]
    assert {commune.name for commune in listing.serves.all()} == {"Houdan", "Rambouillet"}
    assert "neuv" in SearchEntry.objects.get(object_id=listing.pk).title
    assert ContentVersion.current() > before


def test_a_draft_changes_nothing_outside(client, volunteer):
    listing = factories.listing("Ferme")
    client.post(edit_url(listing), form_data(client.get(edit_url(listing)), name="Autre"))
    listing.refresh_from_db()
    assert listing.name == "Ferme"
    assert listing.has_unpublished_changes
    assert b"Autre" in client.get(edit_url(listing)).content


def test_a_form_that_nobody_changed_changes_nothing(client, volunteer):
    listing = factories.listing(
        "Ferme", category="cremerie", hours="Apr-Oct: Sa 09:00-12:00", tags=["bio"]
    )
    listing.serves.add(listing.commune)
    listing.save()
    data = form_data(client.get(edit_url(listing)), **{"action-publish": "1"})
    client.post(edit_url(listing), data)
    after = Listing.objects.get(pk=listing.pk)
    for field in ("name", "hours", "lat", "lng", "commune", "category", "payment", "slug"):
        assert getattr(after, field) == getattr(listing, field), field
    assert list(after.serves.all()) == [listing.commune]


def test_clearing_the_point_clears_both_numbers(client, volunteer):
    listing = factories.listing("Ferme")
    data = form_data(client.get(edit_url(listing)), location="", **{"action-publish": "1"})
    client.post(edit_url(listing), data)
    listing.refresh_from_db()
    assert (listing.lat, listing.lng) == (None, None)
    assert listing.public_lat == listing.commune.lat


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("location", "SRID=4326;POINT(500 48)", "pas compris"),
        ("location", "x", "pas compris"),
        ("commune", "Trifouilly", "commune inconnue"),
        ("commune", "Saint-Arnoult", "peut être"),
        ("serves", "Houdan\nTrifouilly", "commune inconnue"),
        ("hours-0", "neuf heures moins le quart", "Lundi"),
    ],
)
def test_what_cannot_be_understood_is_said(client, volunteer, field, typed, message):
    factories.commune("Houdan")
    for insee, code in (("14550", "14800"), ("76555", "76490")):
        Commune.objects.get_or_create(
            insee=insee,
            defaults={
                "name": "Saint-Arnoult",
                "slug": f"saint-arnoult-{insee}",
                "postal_codes": code,
                "department": insee[:2],
                "lat": 49.0,
                "lng": 0.1,
            },
        )
    listing = factories.listing("Ferme")
    answer = client.post(
        edit_url(listing), form_data(client.get(edit_url(listing)), **{field: typed})
    )
    assert answer.status_code == 200
    assert message in answer.content.decode()


def test_exceptions_and_stands_understand_french():
    day = date(2026, 12, 24)
    exception = HoursException(start=day, end=day, hours="10h-12h30")
    exception.clean()
    assert exception.hours == "Mo-Su 10:00-12:30"
    exception.hours = "Fermé"
    exception.clean()
    assert exception.hours == ""
    exception.hours = "peut-être"
    with pytest.raises(ValidationError):
        exception.clean()


def test_add_preview_history_and_compare_open(client, volunteer):
    listing = factories.listing("Ferme", category="cremerie")
    first = listing.save_revision()
    data = form_data(client.get(edit_url(listing)), name="Autre")
    client.post(edit_url(listing), data)
    viewset = listing.snippet_viewset
    assert client.get(reverse(viewset.get_url_name("add"))).status_code == 200
    assert (
        client.get(reverse(viewset.get_url_name("history"), args=[listing.pk])).status_code == 200
    )
    compare = reverse(
        viewset.get_url_name("revisions_compare"), args=[listing.pk, first.pk, "latest"]
    )
    assert "Autre" in client.get(compare).content.decode()
    revert = reverse(viewset.get_url_name("revisions_revert"), args=[listing.pk, first.pk])
    assert client.get(revert).status_code == 200
    preview = reverse(viewset.get_url_name("preview_on_edit"), args=[listing.pk])
    assert client.post(preview, data).json()["is_valid"]
    assert "Autre" in client.get(f"{preview}?mode=").content.decode()


def test_an_import_that_wrote_no_revision_is_what_the_form_shows(client, volunteer):
    listing = factories.listing("Ferme")
    listing.save_revision().publish()
    listing = Listing.objects.get(pk=listing.pk)
    listing.phone = "06 39 98 00 00"
    listing.save()
    assert b"06 39 98 00 00" in client.get(edit_url(listing)).content


def test_communes_are_proposed_while_typing(client, volunteer):
    factories.commune("Houdan")
    url = reverse("directory_admin:communes")
    assert "Houdan (78550)" in client.get(url, {"q": "houd"}).json()["communes"]
    assert client.get(url, {"q": "\x00'\""}).status_code == 200


def test_the_address_search_answers_or_says_why_not(client, volunteer):
    factories.commune("Houdan")
    url = reverse("directory_admin:address")
    found = client.get(url, {"q": "Houdan"}).json()
    assert abs(found["lat"] - 48.79) < 0.05
    assert not found["exact"]
    # The tests' address base answers nobody: this is how it looks without network.
    without = client.get(url, {"q": "3 rue du Puits, 78550 Houdan"}).json()
    assert "pour le moment" in without["note"]
    assert not without["exact"]
    assert "à la main" in client.get(url, {"q": "3 rue zzzzqqqq"}).json()["error"]
    assert client.get(url).status_code == 400


def test_the_form_asks_no_third_party_for_scripts(client, volunteer):
    page = client.get(edit_url(factories.listing())).content.decode()
    assert "unpkg" not in page
    assert "js_lib_leaflet/leaflet" in page


def test_several_are_published_and_unpublished_at_once(client, volunteer):
    listings = [factories.listing(live=False), factories.listing(live=False)]
    bulk(client, "publier", listings)
    assert Listing.objects.public().count() == 2
    assert SearchEntry.objects.filter(object_id=listings[0].pk).exists()
    bulk(client, "depublier", listings)
    assert Listing.objects.public().count() == 0
    assert not SearchEntry.objects.filter(object_id=listings[0].pk).exists()


def test_marking_verified_publishes_no_draft(client, volunteer):
    listing = factories.listing("Ferme")
    client.post(edit_url(listing), form_data(client.get(edit_url(listing)), name="Autre"))
    bulk(client, "verifier", [listing])
    listing.refresh_from_db()
    assert (listing.name, listing.verified_on, listing.verified_by) == (
        "Ferme",
        timezone.localdate(),
        "Monique",
    )
    draft = listing.get_latest_revision_as_object()
    assert (draft.name, draft.verified_on) == ("Autre", timezone.localdate())


def test_several_change_their_category_at_once(client, volunteer):
    listings = [factories.listing(category="cremerie"), factories.listing()]
    bakery = factories.category("boulangerie")
    bulk(client, "categorie", listings, category=bakery.pk)
    assert {listing.category for listing in Listing.objects.all()} == {bakery}


def test_everything_in_the_list_is_never_taken_at_once(client, moderator):
    client.force_login(moderator)
    factories.listing()
    url = reverse("wagtail_bulk_action", args=["directory", "listing", "delete"])
    client.post(f"{url}?id=all&next={LIST}")
    assert Listing.objects.count() == 1


def test_the_market_chooser_offers_markets_by_name(client, volunteer):
    factories.listing("Marché de Houdan", kind="marche")
    factories.listing("Marché couvert d’à côté", kind="commerce")
    page = client.get(reverse("market_chooser:choose_results"), {"q": "marche"}).content.decode()
    assert "Marché de Houdan" in page
    assert "à côté" not in page


def test_the_administration_bears_the_sites_name(client, volunteer, monkeypatch):
    # Another test may have remembered its settings under the same content version.
    monkeypatch.setattr("home.versions._kept", {})
    site = SiteSettings.load()
    site.site_name = "Ici, par exemple"
    site.save()
    page = client.get("/gestion/").content.decode()
    assert "Ici, par exemple" in page
    assert "- Wagtail</title>" not in page
