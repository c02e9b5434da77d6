"""What is kept of a photo that somebody uploads."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from home.models import Photo
from home.uploads import clean_photo

GPS = 0x8825
ORIENTATION = 0x0112
MAKER = 0x010F


def picture(kind="JPEG", size=(60, 40), name="ferme.jpg", **options):
    """A small red picture as an uploaded file."""
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **options)
    return ContentFile(written.getvalue(), name=name)


def telephone_photo():
    """What a telephone held upright makes: turned, and with the place where it was."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKER] = "Telephone de Madame Untel"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 38.0, 40.0), 3: "E", 4: (1.0, 49.0, 51.0)})
    return picture(exif=exif)


def saved(file):
    """The photo as it stands in the storage."""
    photo = Photo(title="La ferme", file=file)
    photo.save()
    return Photo.objects.get(pk=photo.pk)


def test_the_place_and_the_owner_of_a_telephone_are_not_kept(db):
    photo = saved(telephone_photo())
    kept = photo.file.read()
    assert b"Untel" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_turned_photo_is_stored_upright(db):
    photo = saved(telephone_photo())
    assert (photo.width, photo.height) == (40, 60)
    assert Image.open(photo.file).size == (40, 60)


def test_what_hides_behind_the_pixels_is_not_kept(db):
    file = ContentFile(picture().read() + b"<script>alert(1)</script>", name="ferme.jpg")
    assert b"script" not in saved(file).file.read()


def test_the_name_tells_nothing(db):
    photo = saved(picture(name="chez-madame-untel.jpg"))
    assert "untel" not in photo.file.name
    assert photo.file.name.startswith("original_images/")


def test_the_suffix_follows_from_what_the_file_is(db):
    assert saved(picture("JPEG", name="menteur.png")).file.name.endswith(".jpg")


def test_size_and_hash_are_those_of_what_is_kept(db):
    photo = saved(telephone_photo())
    assert photo.file_size == photo.file.size
    assert photo.file_hash


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_formats_stay_what_they_are(kind):
    assert Image.open(clean_photo(picture(kind))).format == kind


@pytest.mark.parametrize("mode", ["P", "CMYK", "I;16", "1", "LA"])
def test_unusual_colours_are_understood(mode):
    written = io.BytesIO()
    Image.new(mode, (8, 8)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert Image.open(clean_photo(written)).size == (8, 8)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture(size=(300, 300)).read()[:900],
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"%PDF-1.4",
    ],
    ids=["empty", "three bytes", "svg", "truncated", "gif", "pdf"],
)
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(ValidationError):
        clean_photo(ContentFile(content, name="ferme.jpg"))


def test_too_many_pixels_are_refused_before_they_are_decoded(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    with pytest.raises(ValidationError, match="trop grande"):
        clean_photo(picture(size=(40, 40)))


def upload(client, file):
    """Send a photo through the administration's form."""
    return client.post(reverse("wagtailimages:add"), {"title": "La ferme", "file": file})


def test_a_volunteer_uploads_a_photo(client, moderator):
    client.force_login(moderator)
    assert upload(client, telephone_photo()).status_code == 302
    assert not Image.open(Photo.objects.get().file).getexif()


@pytest.mark.parametrize(
    "file",
    [
        picture("JPEG", name="menteur.png"),
        ContentFile(picture(size=(300, 300)).read()[:900], name="coupee.jpg"),
        ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name="dessin.svg"),
    ],
    ids=["lies about its type", "truncated", "svg"],
)
def test_a_volunteer_is_told_what_is_wrong_with_a_photo(client, moderator, file):
    client.force_login(moderator)
    file.seek(0)
    assert upload(client, file).status_code == 200
    assert not Photo.objects.exists()


def test_several_photos_are_sent_at_once_and_their_words_afterwards(client, moderator):
    client.force_login(moderator)
    script = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    sent = client.post(reverse("wagtailimages:add_multiple"), {"files[]": picture()}, **script)
    assert sent.json()["success"], sent.content
    photo = Photo.objects.get()
    edit = reverse("wagtailimages:edit_multiple", args=[photo.pk])
    assert client.post(edit, {}, **script).json()["success"] is False
    words = {f"image-{photo.pk}-{name}": "Un four" for name in ("title", "alt_text", "tags")}
    assert client.post(edit, words, **script).json()["success"]
    photo.refresh_from_db()
    assert (photo.title, photo.alt_text) == ("Un four", "Un four")
