"""What the worker does by the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config import rounds
from directory.models import ListingRequest
from home.models import HomePage, OutgoingMail, PlainPage
from tests import factories


def test_each_round_comes_when_its_time_has_come():
    done, now = [], [0]

    def fail():
        done.append("fails")
        raise RuntimeError

    watch = rounds.Rounds([(60, lambda: done.append("often")), (100, fail)], lambda: now[0])
    for moment in (0, 59, 60, 99, 100, 120):
        now[0] = moment
        watch.run()
    assert done == ["often", "fails", "often", "fails", "often"]


@pytest.mark.django_db
def test_a_planned_page_appears(client, monkeypatch):
    page = PlainPage(title="Fête du pain", slug="fete-du-pain", live=False)
    HomePage.objects.get().add_child(instance=page)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert client.get("/fete-du-pain/").status_code == 404
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    rounds.publish_what_is_due()

    assert client.get("/fete-du-pain/").status_code == 200


@pytest.mark.django_db
def test_who_asked_is_forgotten_a_year_after_the_answer():
    listing = factories.listing()
    long_ago = timezone.now() - timedelta(days=400)
    for handled in (long_ago, timezone.now(), None):
        ListingRequest.objects.create(
            listing=listing,
            listing_name=listing.name,
            kind="gerer",
            message="C’est chez moi",
            details={"Téléphone": "06 39 98 00 01"},
            reply="Bonjour Zoé",
            facts={"phone": "06 39 98 00 01"},
            name="Zoé",
            email="zoe@gue.example",
            handled_at=handled,
        )

    rounds.forget_who_asked()

    fields = ("name", "email", "details", "reply", "facts")
    kept = list(ListingRequest.objects.order_by("pk").values_list(*fields))
    assert kept[0] == ("", "", {}, "", {})
    assert all(name == "Zoé" for name, *_ in kept[1:])


@pytest.mark.django_db
def test_tidying_runs_on_this_engine():
    rounds.tidy()


@pytest.mark.django_db
def test_what_nobody_confirmed_is_forgotten_after_a_week_and_old_mails_too():
    for days in (6, 8):
        sent = timezone.now() - timedelta(days=days)
        case = ListingRequest.objects.create(
            kind="proposer", listing_name=f"Ferme {days}", state="a-confirmer"
        )
        ListingRequest.objects.filter(pk=case.pk).update(created_at=sent)
    mail = OutgoingMail.objects.create(recipient="a@b.example", subject="x", body="x")
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=31))

    rounds.forget_what_nobody_confirmed()

    assert ListingRequest.objects.get().listing_name == "Ferme 6"
    assert not OutgoingMail.objects.filter(pk=mail.pk).exists()
