"""The label in the administration: who may decide, and what each button does."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from directory.moderation.volunteers import NAME
from label.models import Charter, Fact, Membership
from tests import factories
from tests.label.factories import charter, member

pytestmark = pytest.mark.django_db
State = Membership.State
REASON = "canari-motif"


@pytest.fixture
def volunteer(client):
    """Odile, of the group « Bénévoles », logged in."""
    person = factories.user("benevole@example.org", display_name="Odile")
    person.groups.add(Group.objects.get(name=NAME))
    client.force_login(person)
    return person


@pytest.fixture
def waiting():
    """A potter who has signed."""
    person = factories.user("potiere@example.org")
    return member(
        factories.listing("Poterie"), user=person, state=State.WAITING, since=None, slug="poterie"
    )


def decide(client, membership, act, **more):
    """Press a button of the member's page."""
    return client.post(f"/gestion/label/membre/{membership.pk}/decider/", {"action": act, **more})


def test_a_volunteer_accepts_somebody(client, volunteer, waiting):
    page = client.get(f"/gestion/label/membre/{waiting.pk}/").content.decode()
    assert "Accepter" in page
    assert decide(client, waiting, "accepter").status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.ACTIVE
    assert waiting.events.last().by == volunteer
    assert client.get("/label/membres/poterie/").status_code == 200


def test_refusing_and_taking_away_need_a_reason_that_nobody_else_reads(client, volunteer, waiting):
    assert decide(client, waiting, "refuser").status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING
    decide(client, waiting, "refuser", answer=REASON, reply="Merci quand même.")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.REFUSED, REASON)
    assert REASON in client.get(f"/gestion/label/membre/{waiting.pk}/").content.decode()
    client.logout()
    for address in ("/label/", "/label/membres/", "/label/membres/poterie/"):
        assert REASON not in client.get(address).content.decode()


def test_the_second_of_two_volunteers_is_told(client, volunteer, waiting):
    decide(client, waiting, "accepter")
    response = client.post(
        f"/gestion/label/membre/{waiting.pk}/decider/",
        {"action": "refuser", "answer": REASON},
        follow=True,
    )
    assert "Odile vient de traiter cette demande." in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == State.ACTIVE


@pytest.mark.parametrize("act", ["", "supprimer", "x" * 500])
def test_no_other_button_does_anything(client, volunteer, waiting, act):
    assert decide(client, waiting, act).status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_see_and_decide_nothing(client, stranger, waiting, method):
    for person in (None, stranger):
        if person:
            client.force_login(person)
        for address in (
            f"/gestion/label/membre/{waiting.pk}/",
            f"/gestion/label/membre/{waiting.pk}/decider/",
            f"/gestion/label/charte/{waiting.charter_id}/publier/",
            "/gestion/label/membres/",
            "/gestion/label/faits/",
            "/gestion/label/charte/",
        ):
            assert getattr(client, method)(address).status_code in (302, 403), address
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


def test_a_volunteer_signs_with_somebody_who_has_no_account(client, volunteer):
    charter()
    listing = factories.listing("La Forge")
    page = client.get("/gestion/label/membres/add/")
    assert page.status_code == 200
    fields = {"holder": "La Forge", "listing": listing.pk, "story": "Je forge."}
    blank = dict.fromkeys(("trade", "commune", "photo", "phone", "email", "website"), "")
    response = client.post("/gestion/label/membres/add/", fields | blank)
    made = Membership.objects.get()
    assert response.url == f"/gestion/label/membre/{made.pk}/"
    assert (made.state, made.listing, made.user) == (State.WAITING, listing, None)
    assert made.events.get().by == volunteer
    again = client.post("/gestion/label/membres/add/", fields | blank)
    assert "déjà signée" in again.content.decode()
    assert Membership.objects.count() == 1


def test_the_commune_of_somebody_without_listing_is_typed_not_picked_from_thousands(
    client, volunteer
):
    charter()
    commune = factories.commune()
    page = client.get("/gestion/label/membres/add/").content.decode()
    assert len(page) < 200_000
    assert f'<option value="{commune.pk}"' not in page
    fields = dict.fromkeys(("listing", "trade", "photo", "phone", "email", "website", "story"), "")
    fields |= {"holder": "Reliures de la Sente", "commune": "Nulle part"}
    assert "commune inconnue" in client.post("/gestion/label/membres/add/", fields).content.decode()
    client.post("/gestion/label/membres/add/", fields | {"commune": "Rambouillet"})
    made = Membership.objects.get()
    assert (made.holder, made.commune) == ("Reliures de la Sente", commune)
    edit = client.get(f"/gestion/label/membres/edit/{made.pk}/").content.decode()
    assert "Rambouillet (78120)" in edit


def test_the_lists_open(client, volunteer, waiting):
    Fact.objects.create(listing=waiting.listing, kind="visite")
    for address, leads_to in (
        ("membres", f"/gestion/label/membre/{waiting.pk}/"),
        ("faits", f"/gestion/label/faits/edit/{Fact.objects.get().pk}/"),
        ("charte", "version 1"),
    ):
        assert leads_to in client.get(f"/gestion/label/{address}/").content.decode()
    assert "Poterie" in client.get("/gestion/label/membres/?q=poterie").content.decode()
    assert "Poterie" in client.get("/gestion/label/membres/?state=en-attente").content.decode()


def test_a_volunteer_notes_what_was_checked(client, volunteer, waiting):
    assert client.get("/gestion/label/faits/add/").status_code == 200
    fields = {"listing": waiting.listing_id, "kind": "visite", "on": "2026-11-02", "detail": ""}
    client.post("/gestion/label/faits/add/", fields)
    assert Fact.objects.get().by == volunteer


def test_nobody_deletes_a_member_or_a_charter(client, moderator, waiting):
    client.force_login(moderator)
    for address in ("membres", "charte"):
        pk = waiting.pk if address == "membres" else waiting.charter_id
        client.post(f"/gestion/label/{address}/delete/{pk}/")
    assert Membership.objects.count() == Charter.objects.count() == 1


def test_a_charter_is_published_once_and_then_stays(client, moderator):
    client.force_login(moderator)
    first = charter()
    draft = charter(title="La charte, revue", published_at=None)
    assert "Publier" in client.get("/gestion/label/charte/").content.decode()
    publish = reverse("label_admin:publish_charter", args=[draft.pk])
    assert client.get(publish).status_code == 200
    client.post(publish)
    draft.refresh_from_db()
    assert Charter.objects.current() == draft
    moment = draft.published_at
    client.post(publish)
    draft.refresh_from_db()
    assert draft.published_at == moment
    edit = f"/gestion/label/charte/edit/{first.pk}/"
    form = {"title": "Autre", "promises": "", "text": '{"blocks": [], "entityMap": {}}'}
    assert "écrivez-en une nouvelle" in client.post(edit, form).content.decode()
    first.refresh_from_db()
    assert first.title == "La charte"


def test_volunteers_do_not_write_charters(client, volunteer):
    draft = charter(published_at=None)
    publish = reverse("label_admin:publish_charter", args=[draft.pk])
    assert client.post(publish).status_code == 302
    draft.refresh_from_db()
    assert draft.published_at is None
