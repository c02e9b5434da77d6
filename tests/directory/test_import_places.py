"""Addresses without a point are looked up once, and no import fails for want of a network."""

import pytest

from directory.importing.places import Locator
from directory.models import Listing
from tests import factories
from tests.directory.importing import run_import, write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
HEADER = "id;nom;adresse;cp;ville;lat;lng"


class AddressBase:
    """Stands in for the national address base; `online` can be switched."""

    def __init__(self):
        self.asked = []
        self.online = True

    def __call__(self, text):
        self.asked.append(text)
        if not self.online:
            raise OSError("no network")
        return None if "Inconnue" in text else (48.65, 1.84)


@pytest.fixture
def base(monkeypatch):
    factories.commune("Rambouillet")
    base = AddressBase()
    monkeypatch.setattr(Locator.__init__, "__defaults__", (base,))
    return base


@pytest.fixture
def file(tmp_path):
    return write_csv(
        tmp_path,
        HEADER,
        "1;A;3 rue du Puits;78120;Rambouillet;;",
        "2;B;5 rue Inconnue;78120;Rambouillet;;",
        "3;C;7 rue Haute;78120;Rambouillet;48.66;1.85",
        "4;D;;78120;Rambouillet;;",
        "5;E;9 rue Sans Ville;;;;",
    )


def test_only_what_has_no_point_is_asked_for(base, file):
    run_import(file)
    assert base.asked == ["3 rue du Puits, 78120 rambouillet", "5 rue Inconnue, 78120 rambouillet"]
    found = Listing.objects.get(name="A")
    assert (found.lat, found.lng) == (48.65, 1.84)
    lost = Listing.objects.get(name="B")
    assert lost.lat is None
    assert lost.public_lat == lost.commune.lat


def test_an_address_that_was_found_is_not_asked_for_again(base, file):
    run_import(file)
    base.asked.clear()
    assert run_import(file).summary["unchanged"] == 5
    assert base.asked == ["5 rue Inconnue, 78120 rambouillet"]


def test_without_network_it_is_asked_once_and_made_good_later(base, file):
    base.online = False
    offline = run_import(file)
    assert (offline.summary["created"], offline.code) == (5, 0)
    assert len(base.asked) == 1
    assert "la base des adresses ne répond pas : 2 adresses sans point" in offline.err

    base.online = True
    later = run_import(file)
    assert (later.summary["updated"], later.summary["unchanged"]) == (1, 4)
    assert Listing.objects.get(name="A").lat == 48.65
