"""A publication's picture comes through the door, without what telephones write into it."""

import io
import zlib
from dataclasses import replace

import pytest
from django.test import override_settings
from PIL import Image

from home.models import Photo
from label.collecting import photos
from label.collecting.entries import Entry, Picture
from tests.outside import Server, page, says

pytestmark = pytest.mark.django_db
ENTRY = Entry(
    guid="1",
    url="https://ferme.example/1",
    canonical="https://ferme.example/1",
    title="Fromages",
    author="La ferme du Gué",
    licence="CC-BY-4.0",
    network="Mastodon",
)


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    """Files of a test lie apart."""
    settings.MEDIA_ROOT = tmp_path


def image(size=(200, 100), kind="JPEG", **how):
    """An image's bytes."""
    file = io.BytesIO()
    Image.new("RGB", size, "orange").save(file, kind, **how)
    return file.getvalue()


def taken(*answers, alt="", fallback="Une publication"):
    """The photo of an entry whose pictures are answered so."""
    servers = [Server(says(answer)) for answer in answers]
    pictures = tuple(Picture(f"{server.url}/a.jpg", alt) for server in servers)
    try:
        with override_settings(ALLOW_PRIVATE_FETCH=[server.entry for server in servers]):
            return photos.take(replace(ENTRY, pictures=pictures), fallback)
    finally:
        for server in servers:
            server.close()


def test_a_picture_is_kept_with_its_author_and_what_it_shows():
    photo = taken(page(image(), content_type="image/jpeg"), alt="Trois fromages")
    assert (photo.credit, photo.licence) == ("La ferme du Gué", "CC-BY-4.0")
    assert photo.alt_text == "Trois fromages"
    assert (photo.width, photo.height) == (200, 100)
    assert photo.collection.name == photos.NAME


def test_a_picture_without_words_takes_those_that_are_offered():
    assert taken(page(image())).alt_text == "Une publication"


def test_nothing_of_the_telephone_is_kept():
    exif = Image.Exif()
    exif[0x010F] = "Telephone secret"
    content = image(exif=exif) + b"<script>alert(1)</script>"
    assert b"secret" in content
    with taken(page(content)).file.open() as file:
        kept = file.read()
    assert b"secret" not in kept
    assert b"script" not in kept


def test_the_type_that_a_server_says_counts_for_nothing():
    photo = taken(page(image(kind="PNG"), content_type="text/html"))
    assert photo.file.name.endswith(".png")


def bomb():
    """A PNG of 60,000 by 60,000 pixels in a few hundred bytes."""
    content = bytearray(image((64, 64), "PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    "answer",
    [
        page(b"<svg onload='alert(1)'/>", content_type="image/svg+xml"),
        page(b"<html></html>", content_type="image/jpeg"),
        page(image()[:300]),
        page(image(kind="GIF")),
        page(image((1, 1))),
        page(image((800, 20))),
        page(bomb()),
        page(b""),
        page(image(), "404 Not Found"),
        page(b"", "302 Found", location="http://127.0.0.1:1/a.jpg"),
        page(image(), x_robots_tag="noindex"),
        b"",
    ],
    ids=range(12),
)
def test_what_is_no_picture_leaves_a_line_in_the_log_and_no_photo(answer, caplog):
    caplog.set_level("INFO", "label.collecting.photos")
    assert taken(answer) is None
    assert not Photo.objects.exists()
    assert "Image non reprise" in caplog.text


def test_the_next_picture_stands_in_for_a_broken_one():
    assert taken(page(b"", "404 Not Found"), page(image())) is not None


def test_nobody_inside_is_asked():
    server = Server(says(page(image())))
    try:
        assert photos.take(replace(ENTRY, pictures=(Picture(server.url),)), "") is None
        assert server.connections == 0
    finally:
        server.close()


def test_an_entry_without_pictures_has_no_photo():
    assert photos.take(ENTRY, "") is None


def test_collected_photos_are_not_offered_for_articles():
    theirs = taken(page(image()))
    own = Photo(title="À nous", file=theirs.file)
    own.save()
    assert list(photos.without_collected(Photo.objects.all())) == [own]


def test_their_collection_is_made_once():
    assert photos.collection() == photos.collection()
