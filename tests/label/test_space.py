"""/mon-espace/: who may open what, and what a producer changes from a phone."""

import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from directory.models import HoursException, Listing, ListingManager, ListingPhoto, MarketStand
from home.models import Photo
from label.models import Membership, Post
from tests import factories
from tests.label.factories import member, post
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
TODAY = timezone.localdate()


@pytest.fixture
def producer(db):
    """Denis, who looks after « Poterie des Étangs »."""
    return factories.user("denis@example.org", display_name="Denis")


@pytest.fixture
def mine(producer):
    """The listing that Denis looks after."""
    made = factories.listing(
        "Poterie des Étangs", slug="mienne", category="ceramiste", hours="24/7"
    )
    ListingManager.objects.create(user=producer, listing=made)
    return made


@pytest.fixture
def other(db):
    """A listing that somebody else looks after."""
    made = factories.listing("Ferme d’un autre", slug="autre", phone="0199001234")
    ListingManager.objects.create(user=factories.user("autre@example.org"), listing=made)
    return made


@pytest.fixture
def volunteer(db):
    """Odile, who may change any listing and nothing else."""
    made = factories.user("odile@example.org", display_name="Odile")
    made.groups.add(Group.objects.get(name="Bénévoles"))
    return made


def typed(response, **changes):
    """What a browser would send of the form, with these fields changed."""
    form = BeautifulSoup(response.content, "html.parser").select_one(
        "main form.space-form, main form"
    )
    data = {}
    for field in form.select("input, select, textarea"):
        name = field.get("name")
        if not name or field.get("type") == "file":
            continue
        if field.get("type") == "checkbox":
            if field.has_attr("checked"):
                data[name] = "on"
        elif field.name == "select":
            data[name] = next((o["value"] for o in field.select("option[selected]")), "")
        elif field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        else:
            data[name] = field.get("value", "")
    return data | changes


def picture(name="IMG_1.JPG", size=(64, 48)):
    """A photo as a telephone sends it, with its place in it."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "zorglublieu"
    Image.new("RGB", size, "olive").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


LISTING_PAGES = ["", "texte/", "horaires/", "marches/", "photos/"]
OWN_PAGES = ["", "publier/", "publications/", "mes-donnees/", "mes-donnees/supprimer/"]


@pytest.mark.parametrize("name", [*OWN_PAGES, *(f"fiche/mienne/{one}" for one in LISTING_PAGES)])
def test_every_page_asks_who_you_are_and_is_kept_nowhere(client, producer, mine, name):
    address = f"/mon-espace/{name}"
    asked = client.get(address)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/compte/connexion/?next=/mon-espace/")
    assert asked["Cache-Control"] == "private, no-store"
    client.force_login(producer)
    shown = client.get(address)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "private, no-store"
    assert shown["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", LISTING_PAGES)
@pytest.mark.parametrize("who", ["manager of another listing", "stranger"])
def test_a_listing_does_not_exist_for_those_who_do_not_look_after_it(
    client, producer, mine, other, stranger, name, who
):
    client.force_login(producer if who.startswith("manager") else stranger)
    address = f"/mon-espace/fiche/autre/{name}"
    assert client.get(address).status_code == 404
    data = {"phone": "0199009999", "faire": "publier", "photo": "1", "trading_state": "ouvert"}
    assert client.post(address, data).status_code in (404, 405)
    other.refresh_from_db()
    assert (other.phone, other.hours) == ("0199001234", "")


def test_a_manager_who_was_taken_off_may_do_nothing_more(client, producer, mine):
    client.force_login(producer)
    ListingManager.objects.all().delete()
    assert client.get("/mon-espace/fiche/mienne/").status_code == 404
    answer = client.get("/mon-espace/")
    assert answer.status_code == 200
    assert "Retrouver ma fiche" in answer.content.decode()


def test_text_is_seen_before_it_is_published_and_published_at_once(client, producer, mine):
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/texte/"
    data = typed(
        client.get(address),
        summary="Bols et tasses",
        products="Bols\nTasses, bols",
        description="Au bord de l’eau.",
        phone="01 99 00 12 34",
        website="poterie.example",
        faire="voir",
    )
    seen = client.post(address, data)
    assert seen.status_code == 200
    assert "Bols et tasses" in seen.content.decode()
    assert "Rien n’est encore publié" in seen.content.decode()
    mine.refresh_from_db()
    assert mine.summary == ""
    again = client.post(address, typed(seen, faire="reprendre"))
    assert "Au bord de l’eau." in again.content.decode()
    done = client.post(address, typed(seen, faire="publier"))
    assert done.status_code == 302
    mine = Listing.objects.get(pk=mine.pk)
    assert (mine.summary, mine.phone) == ("Bols et tasses", "01 99 00 12 34")
    assert sorted(mine.products.names()) == ["bols", "tasses"]
    assert "Bols et tasses" in client.get("/annuaire/fiche/mienne/").content.decode()
    revision = mine.latest_revision
    assert revision.user == producer
    assert mine.revisions.count() == 2


def test_hours_and_closures_are_typed_in_french(client, producer, mine):
    over = HoursException(start=date(2020, 1, 1), end=date(2020, 1, 2), note="vieux")
    mine.exceptions = [over]
    mine.save()
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/horaires/"
    start = TODAY + timedelta(days=10)
    data = typed(
        client.get(address),
        **{
            "hours": "mardi au vendredi 9h-12h30\nsamedi 9h-13h",
            "fermetures-0-start": start.isoformat(),
            "fermetures-0-end": (start + timedelta(days=7)).isoformat(),
            "fermetures-0-note": "Congés",
            "fermetures-1-start": (start + timedelta(days=20)).isoformat(),
            "fermetures-1-hours": "10h-12h",
            "faire": "publier",
        },
    )
    assert client.post(address, data).status_code == 302
    mine = Listing.objects.get(pk=mine.pk)
    assert mine.hours == "Tu-Fr 09:00-12:30; Sa 09:00-13:00"
    assert [(one.note, one.hours) for one in mine.exceptions.all()] == [
        ("vieux", ""), ("Congés", ""), ("", "Mo-Su 10:00-12:00"),
    ]  # fmt: skip
    # As it stands, saved again, nothing changes; a tick takes one away.
    shown = client.get(address)
    assert client.post(address, typed(shown, faire="publier")).status_code == 302
    again = Listing.objects.get(pk=mine.pk)
    assert again.hours == mine.hours
    assert again.exceptions.count() == 3
    gone = typed(client.get(address), **{"fermetures-0-DELETE": "on", "faire": "publier"})
    client.post(address, gone)
    assert [one.note for one in Listing.objects.get(pk=mine.pk).exceptions.all()] == ["vieux", ""]


def test_what_is_not_understood_is_asked_again_and_nothing_typed_is_lost(client, producer, mine):
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/horaires/"
    data = typed(
        client.get(address),
        **{
            "hours": "quand il fait beau",
            "hours_note": "Sonnez fort",
            "fermetures-0-start": "2030-05-10",
            "fermetures-0-end": "2030-05-01",
            "fermetures-0-note": "Foire",
            "faire": "publier",
        },
    )
    answer = client.post(address, data)
    assert answer.status_code == 422
    text = answer.content.decode()
    for kept in ("quand il fait beau", "Sonnez fort", "Foire", "La fin vient avant le début"):
        assert kept in text
    mine.refresh_from_db()
    assert mine.hours == "24/7"


def test_stands_are_markets_we_know_or_other_places(client, producer, mine):
    market = factories.listing("Marché du Samedi", kind="marche", hours="Sa 08:00-12:30")
    mine.stands = [MarketStand(market=market, hours="Sa[1] 08:00-12:00")]
    mine.save()
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/marches/"
    data = typed(
        client.get(address),
        **{
            "lieux-1-place": "Au fournil de Sonchamp",
            "lieux-1-hours": "vendredi 17h-19h",
            "faire": "publier",
        },
    )
    assert client.post(address, data).status_code == 302
    stands = list(Listing.objects.get(pk=mine.pk).stands.all())
    assert [(one.market, one.place, one.hours) for one in stands] == [
        (market, "", "Sa[1] 08:00-12:00"),
        (None, "Au fournil de Sonchamp", "Fr 17:00-19:00"),
    ]
    wrong = typed(client.get(address), **{"lieux-2-hours": "samedi 9h-12h", "faire": "publier"})
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert "Choisissez un marché ou écrivez le lieu" in answer.content.decode()
    secret = factories.listing("zorglubmarche", kind="marche", live=False)
    assert "zorglubmarche" not in client.get(address).content.decode()
    forged = typed(client.get(address), **{"lieux-2-market": str(secret.pk), "faire": "publier"})
    assert client.post(address, forged).status_code == 422


def test_photos_come_from_the_phone_without_where_they_were_taken(client, producer, mine):
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/photos/"
    for alt in ("Deux bols", ""):
        sent = {"photo": picture(), "alt": alt, "faire": "publier"}
        assert client.post(address, sent).status_code == 302
    mine = Listing.objects.get(pk=mine.pk)
    first, second = (row.photo for row in mine.photos.all())
    assert first.alt_text == "Deux bols"
    assert b"zorglublieu" not in first.file.read()
    assert first.uploaded_by_user == producer
    assert "Deux bols" in client.get("/annuaire/fiche/mienne/").content.decode()
    client.post(address, {"numero": second.pk, "faire": "premiere"})
    order = [row.photo_id for row in Listing.objects.get(pk=mine.pk).photos.all()]
    assert order == [second.pk, first.pk]
    client.post(address, {"numero": second.pk, "faire": "retirer"})
    assert [row.photo_id for row in Listing.objects.get(pk=mine.pk).photos.all()] == [first.pk]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff"])
def test_what_is_no_photo_is_refused_in_french(client, producer, mine, content):
    client.force_login(producer)
    sent = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    answer = client.post("/mon-espace/fiche/mienne/photos/", {"photo": sent, "faire": "publier"})
    assert answer.status_code == 422
    assert not Photo.objects.exists()


def test_a_photo_of_another_listing_cannot_be_touched(client, producer, mine, other):
    theirs = webmag.photo()
    other.photos = [ListingPhoto(photo=theirs)]
    other.save()
    client.force_login(producer)
    for asked in ("retirer", "premiere", "zorglub"):
        sent = {"numero": theirs.pk, "faire": asked}
        assert client.post("/mon-espace/fiche/mienne/photos/", sent).status_code == 422
    assert Listing.objects.get(pk=other.pk).photos.count() == 1


def test_a_draft_of_a_volunteer_gets_the_change_too_and_is_not_published(client, producer, mine):
    mine.name = "zorglubbrouillon"
    mine.save_revision()
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/texte/"
    data = typed(client.get(address), summary="Bols", faire="publier")
    assert client.post(address, data).status_code == 302
    kept = Listing.objects.get(pk=mine.pk)
    assert (kept.name, kept.summary) == ("Poterie des Étangs", "Bols")
    draft = kept.get_latest_revision_as_object()
    assert (draft.name, draft.summary) == ("zorglubbrouillon", "Bols")


def test_a_listing_that_a_volunteer_holds_is_left_alone(client, producer, mine):
    Listing.objects.filter(pk=mine.pk).update(locked=True)
    client.force_login(producer)
    address = "/mon-espace/fiche/mienne/texte/"
    answer = client.post(address, typed(client.get(address), summary="Bols", faire="publier"))
    assert answer.status_code == 409
    assert "Bols" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.summary == ""


def test_a_volunteer_types_for_somebody_who_reads_with_whom(client, producer, mine, volunteer):
    client.force_login(volunteer)
    assert "Poterie des Étangs" in client.get("/mon-espace/?q=poterie").content.decode()
    address = "/mon-espace/fiche/mienne/texte/"
    assert "Vous saisissez pour" in client.get(address).content.decode()
    client.post(address, typed(client.get(address), summary="Bols", faire="publier"))
    client.post("/mon-espace/publier/?fiche=mienne", {
        "listing": mine.pk, "text": "Four ouvert", "fiche": "mienne",
    })  # fmt: skip
    client.force_login(producer)
    assert "Saisi avec Odile" in client.get("/mon-espace/").content.decode()
    assert "saisi avec Odile" in client.get("/mon-espace/publications/").content.decode()


def test_the_search_for_others_is_for_volunteers(client, producer, mine, other):
    client.force_login(producer)
    assert "Ferme d’un autre" not in client.get("/mon-espace/?q=ferme").content.decode()


def test_a_member_leaves_and_prolongs_by_one_button_and_nobody_elses(client, producer, mine, other):
    own = member(mine, until=TODAY + timedelta(days=10))
    theirs = member(other, until=TODAY + timedelta(days=10))
    client.force_login(producer)
    assert "Quitter le label" in client.get("/mon-espace/").content.decode()
    for act in ("quitter", "prolonger"):
        assert client.post(f"/mon-espace/label/{theirs.pk}/{act}/").status_code == 404
        assert client.get(f"/mon-espace/label/{own.pk}/{act}/").status_code == 405
    client.post(f"/mon-espace/label/{own.pk}/prolonger/")
    own.refresh_from_db()
    assert own.until > TODAY + timedelta(days=300)
    client.post(f"/mon-espace/label/{own.pk}/quitter/")
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.state, theirs.state) == (Membership.State.LEFT, Membership.State.ACTIVE)


def test_the_home_of_ones_space_takes_as_many_queries_for_one_listing_as_for_many(
    client, producer, mine, django_assert_max_num_queries
):
    for _ in range(8):
        made = factories.listing()
        ListingManager.objects.create(user=producer, listing=made)
        post("Bonjour", listing=made)
    client.force_login(producer)
    client.get("/mon-espace/")
    with django_assert_max_num_queries(14):
        client.get("/mon-espace/")
    assert Post.objects.count() == 8


def test_who_comes_after_somebody_renews_neither_their_words_nor_their_badge(
    client, producer, mine
):
    theirs = member(
        mine,
        user=factories.user("avant@example.org"),
        state=Membership.State.ENDED,
        until=TODAY - timedelta(days=9),
    )
    client.force_login(producer)
    assert "prolonger" not in client.get("/mon-espace/").content.decode()
    assert client.post(f"/mon-espace/label/{theirs.pk}/prolonger/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == Membership.State.ENDED
