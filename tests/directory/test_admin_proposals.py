"""Proposals and corrections in front of a volunteer: publish, apply, ask back, refuse, undo."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from directory.importing.merge import merge
from directory.models import Listing, ListingRequest, ListingSource, Tombstone
from directory.moderation import changes
from home import mailing
from home.models import OutgoingMail
from tests import factories
from tests.forms import filled

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/annuaire/demandes/"
FACTS = {
    "name": "Ferme du Grand Orme",
    "summary": "Œufs et volailles",
    "street": "3 route de Guiperreux",
    "postal_code": "78120",
    "commune": "78517",
    "category": "cremerie",
    "hide_address": False,
    "hours": "Fr 16:00-19:00",
    "hours_words": "",
    "phone": "01 99 00 12 34",
    "website": "https://grand-orme.example",
    "lat": 48.65,
    "lng": 1.82,
}


@pytest.fixture
def monique(client):
    """A volunteer, logged in."""
    user = factories.user("monique@example.org", display_name="Monique")
    user.groups.add(Group.objects.get(name="Bénévoles"))
    client.force_login(user)
    return user


@pytest.fixture
def proposal(categories):
    """A confirmed proposal."""
    factories.commune()
    return ListingRequest.objects.create(
        kind="proposer",
        listing_name=FACTS["name"],
        facts=dict(FACTS),
        email="lise@example.org",
        message="Portail vert.",
    )


@pytest.fixture
def farm(categories):
    """A published listing."""
    return factories.listing(
        "Ferme du Gué",
        hours="Sa 09:00-12:30",
        phone="06 39 98 00 01",
        street="3 rue du Gué",
        postal_code="78120",
    )


@pytest.fixture
def correction(farm):
    """A correction of two fields."""
    return ListingRequest.objects.create(
        kind="corriger",
        listing=farm,
        listing_name=farm.name,
        email="zoe@example.org",
        changes={
            "hours": {"before": "Sa 09:00-12:30", "after": "Sa 09:00-18:00"},
            "phone": {"before": "06 39 98 00 01", "after": "06 39 98 00 02"},
        },
    )


def page_of(client, case):
    """The case's page, with common spaces."""
    page = client.get(reverse("directory_admin:request", args=[case.pk])).content.decode()
    return page.replace("&nbsp;", " ").replace("\xa0", " ")


def press(client, case, action, **fields):
    """Press a button; a proposal sends its facts along, as its form shows them."""
    data = {"action": action, "seen": case.state}
    if case.kind == "proposer":
        shown = {key: value for key, value in FACTS.items() if value}
        data |= shown | {
            "commune": "Rambouillet (78120)",
            "kind": "producteur",
            "category": str(factories.category("cremerie").pk),
            "hours": "vendredi 16h-19h",
        }
    else:
        data |= {"prendre": list(case.changes)}
        data |= {"hours": "samedi 9h-18h", "phone": "06 39 98 00 02"}
    return client.post(reverse("directory_admin:settle", args=[case.pk]), data | fields)


def test_a_proposal_becomes_a_listing_that_the_search_finds(client, monique, proposal):
    page = page_of(client, proposal)
    for shown in ("Portail vert.", "lise@example.org", "3 route de Guiperreux", "Rien qui lui"):
        assert shown in page
    assert "du vendredi" in page or "le vendredi" in page
    press(client, proposal, "publier", reply="Merci : [lien]", answer="Appelée")

    listing = Listing.objects.public().get()
    assert (listing.name, listing.hours, listing.lat) == (FACTS["name"], "Fr 16:00-19:00", 48.65)
    source = ListingSource.objects.get()
    assert (source.source, source.licence) == ("Proposition d’un habitant", "ODbL-1.0")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.listing, proposal.handled_by) == ("faite", listing, monique)
    client.logout()
    assert listing.slug in client.get("/annuaire/", {"q": "grand orme"}).content.decode()
    mailing.send_due()
    assert mail.outbox[0].to == ["lise@example.org"]
    assert listing.get_absolute_url() in mail.outbox[0].body
    assert "Appelée" not in mail.outbox[0].body and "Monique" not in mail.outbox[0].body


def test_undo_makes_it_a_draft_again_and_publishing_again_makes_no_second_one(
    client, monique, proposal
):
    press(client, proposal, "publier")
    press(client, proposal, "rouvrir")
    assert not Listing.objects.public().exists()
    proposal.refresh_from_db()
    assert proposal.state == "en-attente"
    press(client, proposal, "publier", name="Ferme du Vieil Orme")
    assert Listing.objects.public().get().name == "Ferme du Vieil Orme"
    assert Listing.objects.count() == ListingSource.objects.count() == 1


def test_a_draft_opens_in_the_editor_and_shows_nowhere(client, monique, proposal):
    answer = press(client, proposal, "brouillon", reply="Merci")
    listing = Listing.objects.get()
    assert answer["Location"].endswith(f"/edit/{listing.pk}/")
    assert not listing.live
    assert not OutgoingMail.objects.exists()
    client.logout()
    assert client.get(listing.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"commune": "Nulle-Part"}, {"hours": "parfois"}, {"phone": "12"}, {"kind": "x"}],
)
def test_what_the_editor_would_refuse_is_not_published(client, monique, proposal, wrong):
    answer = press(client, proposal, "publier", **wrong)
    assert answer.status_code == 422
    assert not Listing.objects.exists()
    proposal.refresh_from_db()
    assert proposal.state == "en-attente"


def test_look_alikes_drafts_and_removed_ones_are_told_to_the_moderator(client, monique, proposal):
    factories.listing("La ferme du grand orme", live=False)
    Tombstone.objects.create(slug="partie", match_key="ferme du grand orme|78120")
    ListingRequest.objects.create(kind="proposer", listing_name="Twin", facts=FACTS)
    page = page_of(client, proposal)
    assert "La ferme du grand orme</a>, Rambouillet (brouillon)" in page
    assert "a été retirée pour de bon" in page
    assert "Proposée aussi" in page


def test_a_question_goes_out_and_its_answer_puts_the_proposal_back(client, monique, proposal):
    press(client, proposal, "precision", reply="")
    proposal.refresh_from_db()
    assert proposal.state == "en-attente"
    press(client, proposal, "precision", reply="Est-ce ouvert l’hiver ?")
    proposal.refresh_from_db()
    assert proposal.state == "precision"
    assert "Ferme du Grand Orme" in client.get(QUEUE, {"etat": "precision"}).content.decode()
    assert "Ferme du Grand Orme" not in client.get(QUEUE).content.decode()

    mailing.send_due()
    link = re.search(r"http://[^/]+(/\S+preciser/\S+)", mail.outbox[0].body)[1]
    client.logout()
    assert "ouvert l’hiver" in client.get(link).content.decode()
    assert client.post(link, filled(message="")).status_code == 422
    client.post(link, filled(message="Oui, sauf en janvier."))
    proposal.refresh_from_db()
    assert proposal.state == "en-attente"
    assert "Portail vert." in proposal.message and "sauf en janvier" in proposal.message
    assert "Merci" in client.get(link).content.decode()


def test_a_refusal_is_mailed_with_its_reason(client, monique, proposal):
    press(client, proposal, "refusee", reply="Bonjour, c’est hors de notre territoire.")
    mailing.send_due()
    assert "hors de notre territoire" in mail.outbox[0].body
    assert not Listing.objects.exists()
    proposal.refresh_from_db()
    assert proposal.reply == "Bonjour, c’est hors de notre territoire."


def test_what_nobody_confirmed_is_not_in_the_list(client, monique, proposal):
    ListingRequest.objects.update(state="a-confirmer")
    for state in ("", "traitees", "precision"):
        assert "Grand Orme" not in client.get(QUEUE, {"etat": state}).content.decode()
    assert client.get(reverse("directory_admin:request", args=[proposal.pk])).status_code == 404
    assert press(client, proposal, "publier").status_code == 404


@pytest.mark.parametrize("action", ["publier", "brouillon", "refusee", "precision"])
def test_the_second_moderator_hears_who_was_faster(client, monique, proposal, action):
    odile = factories.user("odile@example.org", display_name="Odile")
    proposal.settle("refusee", odile)
    proposal.state = "en-attente"
    answer = press(client, proposal, action, reply="Non")
    assert (
        "Odile vient de traiter cette demande." in client.get(answer["Location"]).content.decode()
    )
    assert not Listing.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_before_and_after_stand_side_by_side_and_one_press_takes_them(client, monique, correction):
    page = page_of(client, correction)
    assert "<del>" in page and "<ins>" in page
    assert "Changé entre-temps" not in page
    answer = press(client, correction, "appliquer", reply="Merci : [lien]")
    assert answer["Location"] == QUEUE
    listing = Listing.objects.get()
    assert (listing.hours, listing.phone) == ("Sa 09:00-18:00", "06 39 98 00 02")
    assert listing.revisions.count() == 2
    assert client.get(listing.get_absolute_url()).status_code == 200
    history = client.get(
        reverse(listing.snippet_viewset.get_url_name("history"), args=[listing.pk])
    )
    assert "Correction d’un visiteur reprise" in history.content.decode()
    mailing.send_due()
    assert mail.outbox[0].to == ["zoe@example.org"]


def test_only_what_is_ticked_is_taken_and_it_can_be_reworded(client, monique, correction):
    press(client, correction, "appliquer", prendre=["hours"], hours="samedi 9h-17h", phone="x")
    listing = Listing.objects.get()
    assert (listing.hours, listing.phone) == ("Sa 09:00-17:00", "06 39 98 00 01")


def test_what_changed_since_is_told(client, monique, correction):
    Listing.objects.update(phone="06 39 98 00 09", hours="Sa 09:00-18:00")
    page = page_of(client, correction)
    assert "Changé entre-temps" in page and "06 39 98 00 09" in page
    assert "La fiche le dit déjà" in page


def test_undo_puts_back_what_still_stands(client, monique, correction):
    press(client, correction, "appliquer")
    Listing.objects.update(phone="06 39 98 00 09")
    press(client, correction, "rouvrir")
    listing = Listing.objects.get()
    assert (listing.hours, listing.phone) == ("Sa 09:00-12:30", "06 39 98 00 09")
    correction.refresh_from_db()
    assert correction.state == "en-attente"


@pytest.mark.parametrize("wrong", [{"prendre": []}, {"hours": "parfois"}, {"phone": "12"}])
def test_nothing_taken_or_not_understood_changes_nothing(client, monique, correction, wrong):
    assert press(client, correction, "appliquer", **wrong).status_code == 422
    assert Listing.objects.get().phone == "06 39 98 00 01"


def test_a_locked_listing_is_not_touched(client, monique, correction):
    Listing.objects.update(locked=True)
    answer = press(client, correction, "appliquer")
    assert answer.status_code == 422
    assert "verrouillée" in answer.content.decode()
    correction.refresh_from_db()
    assert correction.state == "en-attente"


def test_a_draft_that_waits_keeps_its_own_changes_and_gets_these(client, monique, correction):
    listing = Listing.objects.get()
    listing.summary = "En préparation"
    listing.save_revision()
    press(client, correction, "appliquer")
    listing = Listing.objects.get()
    assert (listing.summary, listing.phone) == ("", "06 39 98 00 02")
    draft = listing.get_latest_revision_as_object()
    assert (draft.summary, draft.phone) == ("En préparation", "06 39 98 00 02")


def test_another_street_loses_the_old_point(client, monique, correction):
    correction.changes = {"street": {"before": "3 rue du Gué", "after": "9 rue du Gué"}}
    correction.save()
    press(client, correction, "appliquer", street="9 rue du Gué")
    listing = Listing.objects.get()
    assert (listing.street, listing.lat) == ("9 rue du Gué", None)
    press(client, correction, "rouvrir")
    listing.refresh_from_db()
    assert (listing.street, listing.lat is None) == ("3 rue du Gué", False)


def test_an_import_takes_an_applied_value_for_a_person_s(client, monique, correction):
    listing = Listing.objects.get()
    old = {"phone": listing.phone, "hours": listing.hours}
    ListingSource.objects.create(
        listing=listing, source="Mairie", source_id="1", imported_values=old, licence="LO",
        retrieved_at=timezone.now(),
    )  # fmt: skip
    press(client, correction, "appliquer")
    listing.refresh_from_db()
    present = {"phone": listing.phone, "hours": listing.hours}
    assert merge(old, present, old).changes == {}
    newer = merge(old, present, {"phone": "06 39 98 00 77", "hours": "Su 09:00-10:00"})
    assert newer.changes == {} and set(newer.conflicts) == {"phone", "hours"}


def test_marks_are_words_and_never_html():
    before, after = changes.compared("lundi <b>9 h</b>", "lundi <script>10 h</script>")
    assert str(before) == "lundi <del>&lt;b&gt;9</del> <del>h&lt;/b&gt;</del>"
    assert "<script>" not in after


def test_a_stranger_cannot_decide(client, proposal, stranger):
    client.force_login(stranger)
    assert press(client, proposal, "publier").status_code in (302, 403)
    assert not Listing.objects.exists()
