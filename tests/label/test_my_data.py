"""One's data: taken away whole, and an account that closes: what goes, what stays."""

import io
import json
import zipfile

import pytest
from django.contrib.auth import get_user_model

from directory.models import Listing, ListingManager, ListingPhoto
from home.models import Photo
from label.models import HeldPhoto, Membership, MemberStand, Post
from tests import factories
from tests.label.factories import member, post
from tests.webmag import factories as webmag
from webmag.models import Author

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
User = get_user_model()
DELETE = "/mon-espace/mes-donnees/supprimer/"


@pytest.fixture
def producer(db):
    """Denis, with a listing, posts, a label and an article."""
    made = factories.user("denis@example.org", display_name="Denis")
    listing = factories.listing("Poterie des Étangs", slug="mienne", products=["bols"])
    listing.photos = [ListingPhoto(photo=webmag.photo("Tour"))]
    listing.save()
    ListingManager.objects.create(user=made, listing=listing)
    one = member(listing, user=made)
    photo = webmag.photo("Four", uploaded_by_user=made)
    post("Four ouvert #pain", listing=listing, author=made, membership=one, photo=photo)
    author = webmag.author("Denis Vauquelin", user=made)
    webmag.article("Le four", "Il chauffe.", by=author)
    return made


@pytest.fixture
def stranger_too(db):
    """Somebody else, with words of their own."""
    made = factories.user("zorglub@example.org", display_name="zorglubnom")
    listing = factories.listing("zorglubferme", phone="0199001234")
    ListingManager.objects.create(user=made, listing=listing)
    post("zorglubpost", listing=listing, author=made)
    return made


def archive(client):
    """The downloaded ZIP."""
    answer = client.post("/mon-espace/mes-donnees/telecharger/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_everything_somebody_put_in_comes_out_and_nothing_of_others(client, producer, stranger_too):
    membership = Membership.objects.get()
    membership.reason = "zorglubmotif"
    membership.save()
    client.force_login(producer)
    taken = archive(client)
    read = {name: taken.read(name) for name in taken.namelist()}
    data = {name: json.loads(text) for name, text in read.items() if name.endswith(".json")}
    assert data["compte.json"]["email"] == "denis@example.org"
    (listing,) = data["fiches.json"]
    assert (listing["slug"], listing["name"]) == ("mienne", "Poterie des Étangs")
    assert "bols" in listing["products"]
    (told,) = data["publications.json"]
    assert (told["texte"], told["mots_diese"]) == ("Four ouvert #pain", ["pain"])
    assert data["label.json"][0]["etat"] == "Membre"
    assert data["articles.json"][0]["texte"].strip() == "Il chauffe."
    for name in (listing["photos"][0]["fichier"], told["photo"]):
        assert read[name].startswith(b"\x89PNG")
    assert not any(b"zorglub" in content for content in read.values())


def test_a_member_without_listing_takes_contacts_places_and_waiting_photos_along(client):
    lise = factories.user("lise@example.org")
    mine = member(user=lise, phone="06 39 98 40 18", email="lise@atelier.example")
    Membership.objects.filter(pk=mine.pk).update(
        website="https://lise.example/", commune=factories.commune().pk
    )
    market = factories.listing("Marché de Houdan", kind="marche")
    MemberStand.objects.create(membership=mine, market=market, hours="Sa 08:00-12:30", note="allée")
    MemberStand.objects.create(membership=mine, place="Salle des fêtes")
    HeldPhoto.objects.create(user=lise, photo=webmag.photo("Vase"))
    other = factories.user("zorglub@example.org")
    HeldPhoto.objects.create(user=other, photo=webmag.photo("zorglub"))
    client.force_login(lise)
    taken = archive(client)
    (label,) = json.loads(taken.read("label.json"))
    assert (label["telephone"], label["email"]) == ("06 39 98 40 18", "lise@atelier.example")
    assert (label["site"], label["commune"]) == ("https://lise.example/", "Rambouillet")
    assert [one["ou"] for one in label["lieux"]] == ["Marché de Houdan", "Salle des fêtes"]
    assert label["lieux"][0]["quand"] == "Sa 08:00-12:30"
    (waiting,) = json.loads(taken.read("photos.json"))
    assert taken.read(waiting["fichier"]).startswith(b"\x89PNG")
    assert len([name for name in taken.namelist() if name.startswith("photos/")]) == 1


def test_a_lost_file_does_not_keep_the_rest_back(client, producer):
    for photo in Photo.objects.all():
        photo.file.storage.delete(photo.file.name)
    client.force_login(producer)
    assert "fiches.json" in archive(client).namelist()


def test_somebody_without_anything_gets_an_archive_too(client, stranger):
    client.force_login(stranger)
    assert json.loads(archive(client).read("fiches.json")) == []


def test_downloading_is_no_plain_link(client, producer):
    client.force_login(producer)
    assert client.get("/mon-espace/mes-donnees/telecharger/").status_code == 405
    client.logout()
    assert client.post("/mon-espace/mes-donnees/telecharger/").status_code == 302


def test_what_goes_and_what_stays_is_said_before(client, producer):
    client.force_login(producer)
    text = client.get(DELETE).content.decode()
    for said in ("Votre publication", "Votre label", "Poterie des Étangs", "Denis Vauquelin"):
        assert said in text
    assert User.objects.filter(pk=producer.pk).exists()


@pytest.mark.parametrize("word", ["", "oui", "supprime", "x" * 100])
def test_nothing_goes_without_the_word(client, producer, word):
    client.force_login(producer)
    assert client.post(DELETE, {"word": word}).status_code == 422
    assert User.objects.filter(pk=producer.pk).exists()
    assert Post.objects.count() == 1


def test_the_account_goes_and_the_signature_stays(client, producer):
    client.force_login(producer)
    shop = Listing.objects.get(slug="mienne")
    assert client.post(DELETE, {"word": " Supprimer "}).status_code == 200
    assert not User.objects.filter(pk=producer.pk).exists()
    assert not Post.objects.exists()
    assert not Photo.objects.filter(title="Four").exists()
    assert Photo.objects.filter(title="Tour").exists()
    assert Membership.objects.get().state == Membership.State.LEFT
    shop.refresh_from_db()
    assert shop.live
    assert not shop.labelled
    assert not ListingManager.objects.exists()
    assert Author.objects.get().name == "Denis Vauquelin"
    assert client.get("/mon-espace/").status_code == 302
    article = client.get("/magazines/").content.decode()
    assert "Denis Vauquelin" in article


def test_the_signature_goes_when_asked(client, producer):
    client.force_login(producer)
    client.post(DELETE, {"word": "supprimer", "forget_signature": "on"})
    assert "Denis Vauquelin" not in client.get("/magazines/").content.decode()
    assert "Le four" in client.get("/magazines/").content.decode()


def test_a_label_that_another_manager_answers_for_stays(client, producer):
    shop = Listing.objects.get(slug="mienne")
    ListingManager.objects.create(user=factories.user("aide@example.org"), listing=shop)
    client.force_login(producer)
    client.post(DELETE, {"word": "supprimer"})
    assert Membership.objects.get().state == Membership.State.ACTIVE


def test_the_only_administrator_cannot_go(client, moderator):
    client.force_login(moderator)
    answer = client.post(DELETE, {"word": "supprimer"})
    assert answer.status_code == 422
    assert "seule personne à administrer" in answer.content.decode()


def test_what_was_typed_for_somebody_stays_and_is_said_before(client, producer, stranger_too):
    theirs = Listing.objects.get(slug="zorglubferme")
    kept = post("Agneaux nés", listing=theirs, author=producer)
    client.force_login(producer)
    said = client.get(DELETE).content.decode()
    assert "Votre publication" in said
    assert "1 publication que vous avez saisie pour quelqu’un" in said
    client.post(DELETE, {"word": "supprimer"})
    kept.refresh_from_db()
    assert kept.author is None
    assert kept.is_published
    assert not Post.objects.filter(text__startswith="Four ouvert").exists()
    assert "Agneaux nés" in client.get(theirs.get_absolute_url()).content.decode()


def test_posts_of_others_for_ones_listing_stay_and_are_said_before(client, producer):
    shop = Listing.objects.get(slug="mienne")
    helper = factories.user("aide@example.org")
    ListingManager.objects.create(user=helper, listing=shop)
    kept = post("Raku dimanche", listing=shop, author=helper)
    client.force_login(producer)
    assert "1 publication que d’autres ont écrite" in client.get(DELETE).content.decode()
    client.post(DELETE, {"word": "supprimer"})
    assert list(Post.objects.all()) == [kept]
    assert "Raku dimanche" in client.get(shop.get_absolute_url()).content.decode()


def test_a_post_that_is_gone_leaves_its_page_and_the_walls(client, producer):
    told = Post.objects.get()
    address = told.get_absolute_url()
    client.force_login(producer)
    client.post(DELETE, {"word": "supprimer"})
    assert client.get(address).status_code == 404
    shop = client.get("/annuaire/fiche/mienne/").content.decode()
    assert "Four ouvert" not in shop
    assert "Tour" in shop


def test_a_page_of_somebody_without_listing_is_emptied(client):
    person = factories.user("ondine@example.org")
    photo = webmag.photo("Presse", uploaded_by_user=person)
    waiting = webmag.photo("Pas encore en ligne", uploaded_by_user=person)
    HeldPhoto.objects.create(user=person, photo=waiting)
    one = member(
        user=person,
        story="Je recouds.",
        phone="0199001234",
        email="o@reliures.example",
        website="https://reliures.example/",
        photo=photo,
    )
    MemberStand.objects.create(membership=one, place="Chez moi")
    client.force_login(person)
    client.post(DELETE, {"word": "supprimer"})
    one.refresh_from_db()
    assert (one.story, one.phone, one.email, one.website, one.photo) == ("", "", "", "", None)
    assert one.state == Membership.State.LEFT
    assert not one.stands.exists()
    assert not Photo.objects.exists()
