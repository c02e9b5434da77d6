"""Photos in a bucket: the same rules as on a disk, and nobody but the site gets into it."""

import importlib.util
import subprocess
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.documents.models import Document

from config.photo_storage import LOCAL, photo_storage
from home import pictures
from home.models import Photo
from label.models import HeldPhoto
from tests import factories
from tests.bucket import bucket_server, somebody_elses_url
from tests.home.test_uploads import picture, saved


@pytest.fixture
def server():
    with bucket_server() as running:
        yield running


SERVERS = ["ours", "folder", *(["theirs"] if somebody_elses_url() else [])]


@pytest.fixture(params=SERVERS)
def bucket(request, settings, server, db):
    """The site keeps its files in a bucket; gives its S3_URL."""
    url = server.url
    if request.param == "folder":
        url = url.replace("/photos?", "/photos/annuaire/medias?")
    if request.param == "theirs":
        url = somebody_elses_url()
    settings.STORAGES = settings.STORAGES | {"default": photo_storage(url)}
    return url


def without_key(url, name):
    """What somebody who has the bucket's address but no key is answered."""
    split = urlsplit(url)
    address = f"{split.scheme}://{split.netloc.rpartition('@')[2]}{split.path}/{name}"
    try:
        return urllib.request.urlopen(address, timeout=5).status  # noqa: S310 -- our own server
    except urllib.error.HTTPError as error:
        return error.code


def test_a_photo_goes_into_the_bucket_and_its_sizes_come_out_of_the_site(client, bucket):
    photo = saved(picture())
    made = pictures.make_all(photo)
    assert default_storage.exists(photo.file.name)
    for rendition in made.values():
        assert rendition.url.startswith("/media/images/")
        response = client.get(rendition.url)
        assert response.status_code == 200
        assert (
            b"".join(response.streaming_content) == default_storage.open(rendition.file.name).read()
        )
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "immutable" in response["Cache-Control"]
        assert response["Content-Type"] == f"image/{rendition.url.rpartition('.')[2]}".replace(
            "jpg", "jpeg"
        )


def test_an_original_in_the_bucket_is_for_staff_alone(client, moderator, bucket):
    photo = saved(picture())
    assert client.get(photo.file.url).status_code == 404
    client.force_login(moderator)
    response = client.get(photo.file.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_held_photo_is_on_no_page_and_the_bucket_itself_is_closed(client, bucket):
    photo = saved(picture())
    HeldPhoto.objects.create(user=factories.user("tenu@example.org"), photo=photo)
    renditions = pictures.make_all(photo).values()
    assert client.get(photo.file.url).status_code == 404
    for name in [photo.file.name, *(one.file.name for one in renditions)]:
        assert without_key(bucket, name) == 403


def test_a_photo_that_goes_leaves_nothing_in_the_bucket(bucket, django_capture_on_commit_callbacks):
    photo = saved(picture())
    names = [photo.file.name, *(one.file.name for one in pictures.make_all(photo).values())]
    with django_capture_on_commit_callbacks(execute=True):
        Photo.objects.get(pk=photo.pk).delete()
    assert [name for name in names if default_storage.exists(name)] == []


def test_a_document_comes_through_the_site_as_an_attachment(client, bucket):
    document = Document.objects.create(title="Liste", file=ContentFile(b"a;b", "liste.csv"))
    response = client.get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"a;b"
    assert response["Content-Disposition"].startswith("attachment")


def test_the_bucket_does_what_a_disk_does(bucket):
    name = default_storage.save("essai/été à 2.txt", ContentFile(b"abc"))
    assert default_storage.size(name) == 3
    assert default_storage.open(name).read() == b"abc"
    assert default_storage.get_modified_time(name).tzinfo
    folders, files = default_storage.listdir("essai")
    assert name.removeprefix("essai/") in files and folders == []
    assert "essai" in default_storage.listdir("")[0]
    # Names that are taken get an ending, as on a disk.
    other = default_storage.save("essai/été à 2.txt", ContentFile(b"d"))
    assert other != name
    for one in (name, other):
        default_storage.delete(one)
        default_storage.delete(one)
        assert not default_storage.exists(one)
    with pytest.raises(FileNotFoundError):
        default_storage.open(name)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "a/../../b", "a\0b", "a/./b", "..\\b"]
)
def test_a_name_does_not_climb_out_of_the_bucket(bucket, server, name):
    before = len(server.asked)
    with pytest.raises(SuspiciousFileOperation):
        default_storage.open(name)
    assert len(server.asked) == before


@pytest.mark.parametrize(
    "path", ["images/..%2fsecret", "images/%00.jpg", "images/rien.jpg", "sante/x.jpg"]
)
def test_hostile_addresses_find_nothing_in_a_bucket(client, bucket, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_wrong_key_is_noticed_and_shows_nothing(client, settings, server, db):
    photo = "http://cle-de-test:autre@"
    wrong = photo + server.url.partition("@")[2]
    settings.STORAGES = settings.STORAGES | {"default": photo_storage(wrong)}
    with pytest.raises(ConnectionError):
        default_storage.save("images/x.jpg", ContentFile(b"x"))
    assert server.objects == {}
    assert client.get("/sante/").json()["storage"] == "failed"


def test_while_the_bucket_is_down_a_photo_is_not_said_to_be_gone(client, settings, db):
    nobody = "http://k:s@127.0.0.1:9/photos"
    settings.STORAGES = settings.STORAGES | {"default": photo_storage(nobody)}
    response = client.get("/media/images/x.jpg")
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert client.get("/sante/").status_code == 503


def test_a_bucket_that_works_is_well(client, bucket):
    assert client.get("/sante/").json()["storage"] == "ok"


def test_without_the_setting_files_stay_on_the_disk():
    assert photo_storage("") == LOCAL


@pytest.mark.parametrize(
    "url",
    [
        "s3://k:s@h/b",
        "https://h/b",
        "https://k:s@h/",
        "https://k@h/b",
        "https://k:s@h:x/b",
        "photos",
    ],
)
def test_a_setting_that_says_too_little_is_told_so_without_the_secret(url):
    with pytest.raises(ImproperlyConfigured, match="S3_URL") as told:
        photo_storage(url.replace(":s@", ":TRESSECRET@"))
    assert "TRESSECRET" not in str(told.value)


def test_what_a_setting_says():
    options = photo_storage("https://k%2Fy:s%2B%40@[::1]:9000/b/a/c?region=gra")["OPTIONS"]
    assert options == {
        "endpoint": "https://[::1]:9000",
        "bucket": "b",
        "folder": "a/c",
        "region": "gra",
        "key": "k/y",
        "secret": "s+@",
    }


def test_without_the_package_the_setting_is_refused_in_french(monkeypatch):
    monkeypatch.setattr("config.photo_storage.find_spec", lambda _: None)
    with pytest.raises(ImproperlyConfigured, match="pas installé"):
        photo_storage("https://k:s@h/b")


def test_the_package_is_not_loaded_where_no_bucket_is_set(settings):
    code = "import django; django.setup(); import sys; print('obstore' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR
    )
    assert said.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("url", "lists"),
    [("", ["requirements.txt"]), ("https://k:s@h/b", ["requirements.txt", "requirements-s3.txt"])],
)
def test_the_package_is_installed_only_where_a_bucket_is_set(monkeypatch, settings, url, lists):
    monkeypatch.setenv("S3_URL", url)
    place = settings.BASE_DIR / "bin" / "environment.py"
    spec = importlib.util.spec_from_file_location("environment", place)
    environment = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(environment)
    assert environment.needed() == lists
    assert all((settings.BASE_DIR / name).exists() for name in lists)
