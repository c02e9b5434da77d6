"""What visitors ask reaches a volunteer, who answers once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from directory.models import Listing, ListingRequest, Tombstone
from tests import factories

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/annuaire/demandes/"


@pytest.fixture
def monique(client):
    """A volunteer, logged in."""
    user = factories.user("monique@example.org", display_name="Monique")
    user.groups.add(Group.objects.get(name="Bénévoles"))
    client.force_login(user)
    return user


def ask(listing=None, kind="corriger", days=0, **fields):
    """A request that a visitor sent so many days ago."""
    listing = listing or factories.listing()
    fields = {"message": "Fermé le lundi", "name": "Camille"} | fields
    case = ListingRequest.objects.create(
        listing=listing, listing_name=listing.name, kind=kind, **fields
    )
    sent = timezone.now() - timedelta(days=days)
    ListingRequest.objects.filter(pk=case.pk).update(created_at=sent)
    return case


def handle(client, case, action, answer="", **extra):
    """Press one of the buttons."""
    data = {"action": action, "answer": answer}
    return client.post(reverse("directory_admin:settle", args=[case.pk]), data, **extra)


def test_the_oldest_comes_first_and_the_count_is_said(client, monique):
    ask(factories.listing("Récente"), days=1)
    ask(factories.listing("Ancienne"), days=4)
    page = client.get(QUEUE).content.decode()
    assert "2 demandes attendent, la plus ancienne depuis 4 jours" in page
    assert page.index("Ancienne") < page.index("Récente")
    assert "2 demandes attendent" in client.get("/gestion/").content.decode()


def test_nothing_that_waits_is_said_kindly(client, monique):
    assert "Plus rien n’attend. Merci." in client.get(QUEUE).content.decode()
    assert "Aucune demande n’attend" in client.get("/gestion/").content.decode()


def test_tabs_by_kind(client, monique):
    ask(factories.listing("À corriger"))
    ask(factories.listing("À gérer"), kind="gerer")
    page = client.get(QUEUE, {"genre": "gerer"}).content.decode()
    assert "À gérer" in page
    assert "À corriger" not in page
    assert client.get(QUEUE, {"genre": "'", "p": "x"}).status_code == 200


def test_a_request_shows_who_what_and_the_listing(client, monique):
    case = ask(details={"Concerne": "Les horaires"}, email="camille@example.org")
    page = client.get(reverse("directory_admin:request", args=[case.pk])).content.decode()
    for shown in ("Camille", "camille@example.org", "Les horaires", "Fermé le lundi"):
        assert shown in page
    assert case.listing.get_absolute_url() in page
    assert f"/edit/{case.listing.pk}/" in page
    assert "Retirer la fiche pour de bon" not in page


def test_what_a_visitor_wrote_is_never_html(client, monique):
    case = ask(message="<script>alert(1)</script>", name="<b>x", details={"<i>a": "<i>b"})
    page = client.get(reverse("directory_admin:request", args=[case.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>x" not in page
    assert "<i>" not in page


@pytest.mark.parametrize(("action", "state"), [("faite", "faite"), ("refusee", "refusee")])
def test_done_and_refused_keep_the_answer(client, monique, action, state):
    case = ask()
    handle(client, case, action, "Corrigé avec Odile")
    case.refresh_from_db()
    assert (case.state, case.answer, case.handled_by) == (state, "Corrigé avec Odile", monique)
    assert case.handled_at


def test_the_second_hears_who_was_faster(client, monique):
    case = ask()
    odile = factories.user("odile@example.org", display_name="Odile")
    case.settle("refusee", odile, "Non")
    answer = handle(client, case, "faite", "Oui")
    page = client.get(answer["Location"]).content.decode()
    assert "Odile vient de traiter cette demande." in page
    case.refresh_from_db()
    assert (case.state, case.answer) == ("refusee", "Non")


def test_undo_puts_it_back(client, monique):
    case = ask()
    handle(client, case, "faite", "Fait")
    handle(client, case, "rouvrir", "Fait")
    case.refresh_from_db()
    assert (case.state, case.handled_by) == ("en-attente", None)


def test_after_one_the_next_oldest_opens(client, monique):
    first, second = ask(days=4), ask(days=2)
    answer = handle(client, first, "faite")
    assert answer["Location"] == reverse("directory_admin:request", args=[second.pk])
    assert handle(client, second, "faite")["Location"] == QUEUE


def test_a_removal_takes_the_listing_away(client, monique):
    case = ask(factories.listing("La Ferme"), kind="retirer")
    address = case.listing.get_absolute_url()
    handle(client, case, "retirer", "Demandé par le fermier")
    case.refresh_from_db()
    assert (case.state, case.listing, case.listing_name) == ("faite", None, "La Ferme")
    assert not Listing.objects.exists()
    assert Tombstone.objects.get().reason == "Demandé par le fermier"
    assert client.get(address).status_code == 410
    assert client.get(reverse("directory_admin:request", args=[case.pk])).status_code == 200


def test_only_a_removal_request_removes(client, monique):
    case = ask()
    handle(client, case, "retirer")
    assert Listing.objects.count() == 1
    case.refresh_from_db()
    assert case.state == "en-attente"


def test_a_removal_somebody_else_refused_removes_nothing(client, monique):
    case = ask(kind="retirer")
    case.settle("refusee", factories.user("odile@example.org"), "")
    handle(client, case, "retirer")
    assert Listing.objects.count() == 1


def test_nonsense_changes_nothing(client, monique):
    case = ask()
    for action in ("", "drop", "\x00"):
        handle(client, case, action)
    handle(client, case, "faite", "x" * 3000)
    case.refresh_from_db()
    assert case.state == "en-attente"
    assert client.get(reverse("directory_admin:settle", args=[case.pk])).status_code == 405
    assert client.get("/gestion/annuaire/demandes/999999/").status_code == 404


def test_a_form_from_elsewhere_is_refused(monique):
    from django.test import Client

    case = ask()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(monique)
    assert handle(careful, case, "faite").status_code == 403


def test_the_queue_asks_as_often_for_40_as_for_4(client, monique):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count):
        while ListingRequest.objects.count() < count:
            ask()
        with CaptureQueriesContext(connection) as captured:
            client.get(QUEUE)
        return len(captured)

    client.get(QUEUE)
    assert queries(4) == queries(40)
