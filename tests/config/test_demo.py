"""The demo as it is loaded: alive, hidden from search engines, and only once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.demo import accounts, loading
from directory.models import Listing, ListingRequest
from home.models import Photo, SiteSettings, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_pictures(monkeypatch):
    """Making forty drawings in all sizes takes a minute; here the listings go without."""
    monkeypatch.setattr(loading, "load_photos", dict)


def test_the_demo_loads_once_into_an_empty_site(client, no_pictures):
    call_command("load_demo")

    assert Listing.objects.public().count() == 120
    assert ListingRequest.objects.waiting().count() == 7
    assert SiteSettings.load().hidden_from_search_engines
    page = client.get("/").content.decode()
    assert "Samedi matin" in page
    assert "Démonstration" in page
    assert client.get("/label/").status_code == 200

    with pytest.raises(CommandError):
        call_command("load_demo")
    call_command("load_demo", if_empty=True)
    assert Listing.objects.count() == 120


def test_a_drawing_becomes_a_photo_in_all_its_sizes(monkeypatch):
    one = {"fromager": "Linogravure : des fromages"}
    monkeypatch.setattr(loading, "read", lambda name: one)
    photos = loading.load_photos()
    assert Photo.objects.get() == photos["fromager"]
    assert photos["fromager"].renditions.count() == 12


def test_the_demo_logins_work_and_are_for_this_machine_only(client, settings):
    logins = dict(accounts.load_accounts())
    assert client.login(username="admin@example.org", password=logins["admin@example.org"])
    assert not User.objects.get(email="moderation@example.org").is_superuser

    User.objects.all().delete()
    settings.ON_LOOPBACK = False
    assert accounts.load_accounts() == []


def test_the_demo_survives_the_way_through_a_workbook(no_pictures, tmp_path):
    call_command("load_demo")
    path, archive = tmp_path / "demo.xlsx", tmp_path / "demo.csv"

    def exports():
        for format, file in (("xlsx", path), ("csv", archive)):
            call_command("export_listings", format=format, out=file, stdout=StringIO())
        return path.read_bytes(), archive.read_bytes()

    before = exports()
    public = Listing.objects.filter(live=True).count()
    Listing.objects.all().delete()
    out = StringIO()
    call_command("import_listings", str(path), stdout=out, stderr=StringIO())
    assert f"rows={public} created={public}" in out.getvalue()
    assert exports() == before
