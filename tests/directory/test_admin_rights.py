"""Who may do what in the directory's administration."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from directory.models import Listing, ListingRequest, NotDuplicate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def urls(categories):
    """Every page of the directory's administration."""
    listing = factories.listing(category="cremerie")
    case = ListingRequest.objects.create(
        listing=listing, listing_name=listing.name, kind="retirer", message="x"
    )
    bulk = [
        reverse("wagtail_bulk_action", args=["directory", "listing", action]) + f"?id={listing.pk}"
        for action in ("publier", "depublier", "verifier", "categorie", "delete")
    ]
    return [
        "/gestion/annuaire/fiches/",
        "/gestion/annuaire/fiches/add/",
        f"/gestion/annuaire/fiches/edit/{listing.pk}/",
        f"/gestion/annuaire/fiches/history/{listing.pk}/",
        "/gestion/annuaire/categories/",
        "/gestion/annuaire/etiquettes/",
        "/gestion/annuaire/retirees/",
        "/gestion/annuaire/demandes/",
        f"/gestion/annuaire/demandes/{case.pk}/",
        f"/gestion/annuaire/demandes/{case.pk}/traiter/",
        "/gestion/annuaire/doublons/",
        "/gestion/annuaire/doublons/non/",
        "/gestion/annuaire/doublons/reunir/",
        "/gestion/annuaire/communes/?q=ho",
        "/gestion/annuaire/adresse/?q=Rambouillet",
        *bulk,
    ]


def refused(answer):
    """Whether somebody was sent away."""
    return answer.status_code == 403 or (
        answer.status_code == 302
        and ("/compte/connexion/" in answer["Location"] or answer["Location"] in ("/gestion/", "/"))
    )


def unchanged():
    """Whether all is as the fixture made it."""
    return (
        Listing.objects.public().count() == 1
        and ListingRequest.objects.waiting().count() == 1
        and not NotDuplicate.objects.exists()
    )


def test_strangers_are_refused_everywhere(client, stranger, urls):
    client.force_login(stranger)
    for url in urls:
        assert refused(client.get(url)), url
        assert refused(client.post(url, {"action": "retirer"})), url
    assert unchanged()


def test_the_anonymous_are_refused_everywhere(client, urls):
    for url in urls:
        assert refused(client.get(url)), url
        assert refused(client.post(url, {"action": "retirer"})), url
    assert unchanged()


def test_somebody_with_the_admin_but_without_the_directory_is_refused(client, stranger, urls):
    group = Group.objects.create(name="Rédaction")
    group.permissions.add(
        Group.objects.get(name="Bénévoles").permissions.get(codename="access_admin")
    )
    stranger.groups.add(group)
    client.force_login(stranger)
    for url in urls:
        if "delete" in url:
            client.post(url)
            continue
        answer = client.post(url, {"action": "retirer"})
        assert refused(answer) or "bulk" in url, url
        assert refused(client.get(url)) or "bulk" in url, url
    assert unchanged()
    assert "demande" not in client.get("/gestion/").content.decode()


def test_volunteers_reach_the_directory_and_nothing_else(client, urls):
    user = factories.user("monique@example.org")
    user.groups.add(Group.objects.get(name="Bénévoles"))
    client.force_login(user)
    for url in urls:
        if any(word in url for word in ("traiter", "non/", "reunir", "delete")):
            continue
        assert client.get(url).status_code == 200, url
    for url in ("/gestion/users/", "/gestion/groups/", "/gestion/settings/home/sitesettings/1/"):
        assert refused(client.get(url)), url
    client.post(next(url for url in urls if "delete" in url))
    assert Listing.objects.count() == 1


def test_rights_that_somebody_took_away_stay_away():
    from directory.moderation.volunteers import make_group

    group = Group.objects.get(name="Bénévoles")
    group.permissions.clear()
    make_group()
    assert not group.permissions.exists()
