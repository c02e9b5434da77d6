"""/mon-espace/label/…: a member without listing looks after their label page themselves."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from directory.models import Category
from home.models import Photo
from label.models import Fact, HeldPhoto, Membership
from tests import factories
from tests.label.factories import member
from tests.label.test_space import picture, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
State = Membership.State


@pytest.fixture
def binder(db):
    """Ondine, who binds books at her table."""
    return factories.user("ondine@example.org", display_name="Ondine")


@pytest.fixture
def mine(binder):
    """What Ondine signed: no shop, no workshop to visit."""
    return member(
        user=binder,
        holder="Reliures Ondine",
        slug="reliures",
        trade=Category.objects.get(slug="ceramiste"),
        commune=factories.commune(),
    )


@pytest.fixture
def volunteer(db):
    """Odile."""
    made = factories.user("odile@example.org", display_name="Odile")
    made.groups.add(Group.objects.get(name="Bénévoles"))
    return made


def page(one):
    """Where words, photo and contacts are."""
    return f"/mon-espace/label/{one.pk}/page/"


def places(one):
    """Where one says where one may be met."""
    return f"/mon-espace/label/{one.pk}/lieux/"


def shown(client):
    """The label page as visitors get it."""
    return client.get("/label/membres/reliures/").content.decode().replace("\xa0", " ")


def test_words_photo_and_contacts_are_seen_before_they_are_published(client, binder, mine):
    client.force_login(binder)
    assert page(mine) in client.get("/mon-espace/").content.decode()
    said = {"story": "Je recouds vos livres.", "website": "reliures.example", "alt": "Un livre"}
    sent = typed(client.get(page(mine)), **said, photo=picture(), faire="voir")
    seen = client.post(page(mine), sent)
    assert seen.status_code == 200
    text = seen.content.decode()
    for said in ("Aperçu", "Je recouds vos livres.", "Un livre", "reliures.example"):
        assert said in text
    assert "Je recouds" not in shown(client)
    assert "Un livre" not in shown(client)
    back = client.post(page(mine), typed(seen, faire="reprendre"))
    assert "Votre photo est gardée" in back.content.decode()
    assert client.post(page(mine), typed(back, faire="publier")).status_code == 302
    for said in ("Je recouds vos livres.", "Un livre", "reliures.example"):
        assert said in shown(client)
    assert not HeldPhoto.objects.exists()
    assert Photo.objects.count() == 1


def test_an_error_loses_neither_words_nor_photo(client, binder, mine):
    client.force_login(binder)
    sent = {"story": "Je recouds.", "email": "pas une adresse", "photo": picture()}
    answer = client.post(page(mine), sent | {"faire": "publier"})
    assert answer.status_code == 422
    assert "Je recouds." in answer.content.decode()
    assert "Votre photo est gardée" in answer.content.decode()
    again = typed(answer, email="bonjour@reliures.example", faire="publier")
    assert client.post(page(mine), again).status_code == 302
    mine.refresh_from_db()
    assert mine.photo
    assert mine.email == "bonjour@reliures.example"


def test_the_photo_goes_when_asked_and_stays_otherwise(client, binder, mine):
    client.force_login(binder)
    client.post(page(mine), {"photo": picture(), "alt": "Un livre", "faire": "publier"})
    client.post(page(mine), typed(client.get(page(mine)), story="Bonjour", faire="publier"))
    mine.refresh_from_db()
    assert mine.photo.alt_text == "Un livre"
    gone = typed(client.get(page(mine)), sans_photo="on", faire="voir")
    seen = client.post(page(mine), gone)
    assert "Un livre" not in seen.content.decode()
    client.post(page(mine), typed(seen, faire="publier"))
    mine.refresh_from_db()
    assert mine.photo is None


def test_where_to_meet_them_stands_on_the_label_page(client, binder, mine):
    market = factories.listing("Marché du Samedi", kind="marche", hours="Sa 08:00-12:30")
    secret = factories.listing("zorglubmarche", kind="marche", live=False)
    client.force_login(binder)
    said = {
        "lieux-TOTAL_FORMS": "1",
        "lieux-INITIAL_FORMS": "0",
        "lieux-0-market": str(market.pk),
        "lieux-0-hours": "samedi 9h-11h",
    }
    seen = client.post(places(mine), said | {"faire": "voir"})
    assert "Marché du Samedi" in seen.content.decode()
    assert "Marché du Samedi" not in shown(client)
    assert client.post(places(mine), typed(seen, faire="publier")).status_code == 302
    text = shown(client)
    assert "Marché du Samedi" in text
    assert "Samedi, où ?" in text
    assert mine.stands.get().hours == "Sa 09:00-11:00"
    # As it stands, saved again, nothing changes; a tick takes it away.
    client.post(places(mine), typed(client.get(places(mine)), faire="publier"))
    assert mine.stands.get().hours == "Sa 09:00-11:00"
    wrong = client.post(places(mine), said | {"lieux-0-hours": "quand il pleut", "faire": "voir"})
    assert wrong.status_code == 422
    assert "quand il pleut" in wrong.content.decode()
    forged = {**said, "lieux-0-market": str(secret.pk), "faire": "publier"}
    assert client.post(places(mine), forged).status_code == 422
    gone = typed(client.get(places(mine)), **{"lieux-0-DELETE": "on", "faire": "publier"})
    client.post(places(mine), gone)
    assert not mine.stands.exists()


@pytest.mark.parametrize("where", [page, places])
def test_the_page_of_another_does_not_exist(client, binder, mine, stranger, where):
    client.force_login(stranger)
    assert client.get(where(mine)).status_code == 404
    for asked in ("publier", "voir"):
        assert client.post(where(mine), {"story": "À moi", "faire": asked}).status_code == 404
    client.logout()
    assert client.get(where(mine)).status_code == 302
    mine.refresh_from_db()
    assert mine.story == ""


@pytest.mark.parametrize("where", [page, places])
@pytest.mark.parametrize("state", [State.LEFT, State.ENDED, State.REVOKED, State.REFUSED])
def test_whoever_is_no_member_changes_nothing(client, binder, mine, where, state):
    Membership.objects.filter(pk=mine.pk).update(state=state)
    client.force_login(binder)
    assert client.get(where(mine)).status_code == 404
    assert where(mine) not in client.get("/mon-espace/").content.decode()


def test_a_member_with_a_listing_changes_the_listing_instead(client, binder):
    one = member(factories.listing(), user=binder)
    client.force_login(binder)
    assert client.get(page(one)).status_code == 404


def test_whoever_waits_prepares_their_page(client, binder, mine):
    Membership.objects.filter(pk=mine.pk).update(state=State.WAITING, since=None)
    client.force_login(binder)
    sent = typed(client.get(page(mine)), story="Je recouds.", faire="voir")
    seen = client.post(page(mine), sent)
    assert "vous aura accueilli" in seen.content.decode()
    client.post(page(mine), typed(seen, faire="publier"))
    assert client.get("/label/membres/reliures/").status_code == 404
    assert Membership.objects.get().story == "Je recouds."


def test_a_photo_kept_for_one_is_nobody_elses(client, binder, mine, volunteer):
    client.force_login(volunteer)
    client.post(page(mine), {"photo": picture(), "faire": "voir"})
    theirs = HeldPhoto.objects.get()
    client.force_login(binder)
    for number in (theirs.pk, "9" * 30, "x", "-1", ""):
        client.post(page(mine), {"gardee": number, "faire": "publier"})
        mine.refresh_from_db()
        assert mine.photo is None
    assert HeldPhoto.objects.get() == theirs


def test_what_nobody_comes_back_for_is_deleted_with_its_file(
    client, binder, mine, django_capture_on_commit_callbacks
):
    client.force_login(binder)
    client.post(page(mine), {"photo": picture(), "faire": "voir"})
    held = HeldPhoto.objects.get()
    storage, name = held.photo.file.storage, held.photo.file.name
    assert HeldPhoto.objects.forget_old() == 0
    HeldPhoto.objects.update(held_at=timezone.now() - timedelta(days=3))
    client.post(page(mine), {"gardee": held.pk, "faire": "publier"})
    mine.refresh_from_db()
    assert mine.photo is None
    with django_capture_on_commit_callbacks(execute=True):
        assert HeldPhoto.objects.forget_old() == 1
    assert not Photo.objects.exists()
    assert not storage.exists(name)


def test_facts_are_of_a_member_without_listing_too(client, mine):
    Fact.objects.create(membership=mine, kind="visite", detail="à sa table")
    assert "Rencontré sur place, à sa table" in shown(client)


def test_a_volunteer_types_for_a_member_and_visitors_read_with_whom(
    client, binder, mine, volunteer
):
    client.force_login(volunteer)
    asked = client.get(page(mine))
    assert "Vous saisissez pour" in asked.content.decode()
    client.post(page(mine), typed(asked, story="Je recouds.", faire="publier"))
    client.logout()
    assert "Saisi avec Odile" in shown(client)
    client.force_login(binder)
    assert "Saisi avec Odile" in client.get("/mon-espace/").content.decode()
    client.post(page(mine), typed(client.get(page(mine)), story="À moi.", faire="publier"))
    client.logout()
    assert "Saisi avec" not in shown(client)
