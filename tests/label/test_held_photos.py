"""Photos on their way: kept through errors and previews, on no page before one says so."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from directory.models import Listing, ListingManager
from home.models import Photo, User
from label import claiming
from label.models import HeldPhoto, Post
from label.space import photo_forms
from tests import factories
from tests.label.factories import member
from tests.label.test_space import picture, typed
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
PHOTOS, WRITE = "/mon-espace/fiche/mienne/photos/", "/mon-espace/publier/"
PUBLIC = "/annuaire/fiche/mienne/"


@pytest.fixture(autouse=True)
def mine(client):
    """« Poterie des Étangs », looked after by Denis, who is logged in and bears the label."""
    producer = factories.user("denis@example.org", display_name="Denis")
    made = factories.listing("Poterie des Étangs", slug="mienne", category="ceramiste")
    ListingManager.objects.create(user=producer, listing=made)
    member(made, user=producer)
    client.force_login(producer)
    return made


def bomb():
    """A small file of 48 million pixels."""
    file = io.BytesIO()
    Image.new("1", (8000, 6000)).save(file, "PNG")
    return file.getvalue()


def test_a_photo_of_a_listing_is_seen_before_it_is_published(client, mine):
    seen = client.post(PHOTOS, {"photo": picture(), "alt": "Deux bols", "faire": "voir"})
    assert seen.status_code == 200
    assert "Rien n’est encore publié" in seen.content.decode()
    assert "Deux bols" in seen.content.decode()
    assert "Deux bols" not in client.get(PUBLIC).content.decode()
    again = client.post(PHOTOS, typed(seen, faire="reprendre"))
    assert "Votre photo est gardée" in again.content.decode()
    assert "Deux bols" not in client.get(PUBLIC).content.decode()
    last = typed(again, alt="Trois bols", faire="publier")
    assert client.post(PHOTOS, last).status_code == 302
    assert "Trois bols" in client.get(PUBLIC).content.decode()
    # Tapped twice: it is there once, and the second answer says why nothing happened.
    second = client.post(PHOTOS, last)
    assert second.status_code == 422
    assert "voyez si elle est déjà en ligne" in second.content.decode()
    assert Listing.objects.get(pk=mine.pk).photos.count() == 1
    assert Photo.objects.count() == 1


def test_a_photo_of_a_post_is_kept_through_an_error(client, mine):
    sent = {"listing": mine.pk, "text": "", "photo": picture(), "alt": "Deux bols"}
    answer = client.post(WRITE, sent)
    assert answer.status_code == 422
    assert "Votre photo est gardée" in answer.content.decode()
    assert "choisissez-la de nouveau" not in answer.content.decode()
    seen = client.post(WRITE, typed(answer, text="Four ouvert", faire="voir"))
    assert "Four ouvert" in seen.content.decode()
    assert "Deux bols" in seen.content.decode()
    assert not Post.objects.exists()
    assert client.post(WRITE, typed(seen, faire="publier")).status_code == 302
    told = Post.objects.get()
    assert told.photo.alt_text == "Deux bols"
    assert b"zorglublieu" not in told.photo.file.read()
    assert not HeldPhoto.objects.exists()
    assert Photo.objects.count() == 1


def test_somebody_who_thinks_better_of_it_publishes_without(client, mine):
    answer = client.post(WRITE, {"listing": mine.pk, "text": "", "photo": picture()})
    sent = typed(answer, text="Four ouvert", sans_photo="on", faire="voir")
    seen = client.post(WRITE, sent)
    client.post(WRITE, typed(seen, faire="publier"))
    assert Post.objects.get().photo is None
    assert not Photo.objects.exists()


def test_another_photo_takes_the_place_of_the_kept_one(client):
    first = client.post(WRITE, {"text": "", "photo": picture()})
    client.post(WRITE, typed(first, text="") | {"photo": picture(size=(32, 32))})
    assert HeldPhoto.objects.get().photo.width == 32
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [bomb(), b"GIF89a" + bytes(20), b"<svg onload=alert(1)>", b"\xff\xd8\xff<script>", b"%PDF-1.7"],
    ids=["bomb", "gif", "svg", "polyglot", "pdf"],
)
@pytest.mark.parametrize("address", [PHOTOS, WRITE, "label page"])
def test_what_is_no_photo_is_kept_nowhere(client, address, content):
    if address == "label page":
        own = member(user=User.objects.get(email="denis@example.org"), slug="denis")
        address = f"/mon-espace/label/{own.pk}/page/"
    sent = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    answer = client.post(address, {"photo": sent, "text": "Bonjour", "faire": "publier"})
    assert answer.status_code == 422
    assert not Photo.objects.exists()
    assert not Post.objects.exists()


def test_nobody_fills_the_disk_with_photos(client, monkeypatch):
    monkeypatch.setattr(photo_forms, "UPLOADS", 2)
    for _ in range(4):
        answer = client.post(PHOTOS, {"photo": picture(), "faire": "voir"})
    assert answer.status_code == 422
    assert "réessayez dans une heure" in answer.content.decode()
    assert Photo.objects.count() == 2


def test_a_kept_photo_of_somebody_else_is_not_there(client, mine, stranger):
    theirs = HeldPhoto.objects.create(user=stranger, photo=webmag.photo(uploaded_by_user=stranger))
    sent = {"listing": mine.pk, "text": "Bonjour", "gardee": theirs.pk, "alt": "À moi"}
    client.post(WRITE, sent | {"faire": "publier"})
    assert Post.objects.get().photo is None
    assert client.post(PHOTOS, {"gardee": theirs.pk, "faire": "publier"}).status_code == 422
    theirs.photo.refresh_from_db()
    assert theirs.photo.alt_text != "À moi"
    assert HeldPhoto.objects.get() == theirs


def test_what_somebody_asked_for_waits_in_their_space(client):
    other = factories.listing("La Forge", slug="forge")
    claiming.begin(User.objects.get(email="denis@example.org"), other)
    text = client.get("/mon-espace/").content.decode()
    assert "La Forge" in text
    assert "Pas encore envoyée" in text


def test_badge_and_card_are_at_hand(client):
    text = client.get("/mon-espace/").content.decode()
    assert "/badge/" in text
    assert "La carte pour l’étal" in text
