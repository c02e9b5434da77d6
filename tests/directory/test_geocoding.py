"""Where is it: communes without network, addresses through a real local server."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from directory.models import Commune
from directory.places import address_base, geocoding

TERRITORY = ["78517", "78537", "78486"]
ADDRESS = "12 rue de la Paix, Rambouillet"

pytestmark = pytest.mark.django_db


def feature(label="12 Rue de la Paix 78120 Rambouillet", lng=1.83, lat=48.64, **properties):
    defaults = {"label": label, "citycode": "78517", "score": 0.9, "type": "housenumber"}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lng, lat]},
        "properties": defaults | properties,
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def address_server(settings):
    """Serve one answer as the national address base would; yields what was asked."""

    @contextmanager
    def serve(body=b"", status=200, delay=0.0, drip=0.0, location=""):
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append((urlsplit(self.path), dict(self.headers)))
                time.sleep(delay)
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.end_headers()
                for i in range(0, len(body), 65_536) if not drip else range(len(body)):
                    try:
                        self.wfile.write(body[i : i + (1 if drip else 65_536)])
                        self.wfile.flush()
                    except OSError:
                        return
                    time.sleep(drip)

            def log_message(self, *_args):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/geocodage"
        try:
            yield asked
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    return serve


@pytest.mark.parametrize(
    ("text", "label", "precision"),
    [
        ("st arnoult", "Saint-Arnoult-en-Yvelines", "commune"),
        ("Rambouillet", "Rambouillet", "commune"),
        ("78120 Rambouillet", "Rambouillet", "commune"),
        ("78120", "Rambouillet (78120)", "postal_code"),
        ("75007", "Paris 7e Arrondissement (75007)", "postal_code"),
        ("ramboulet", "Rambouillet", "commune"),
    ],
)
def test_communes_and_postal_codes_need_no_network(text, label, precision):
    place = geocoding.locate(text, TERRITORY).place
    assert (place.label, place.precision, place.approximate) == (label, precision, False)
    assert place.lat == place.commune.lat


def test_homonyms_are_offered():
    answer = geocoding.locate("saint-arnoult", TERRITORY)
    assert answer.place.commune.pk == "78537"
    assert "Saint-Arnoult (Oise)" in [commune.label for commune in answer.alternatives]


def test_an_unambiguous_commune_has_no_alternatives():
    assert geocoding.locate("Ablis", TERRITORY).alternatives == []


def test_an_address_comes_from_the_address_base(address_server, settings):
    with address_server(collection(feature())) as asked:
        place = geocoding.locate(ADDRESS, TERRITORY).place
    assert (place.lat, place.lng, place.precision) == (48.64, 1.83, "address")
    assert place.commune == Commune.objects.get(pk="78517")
    url, headers = asked[0]
    assert url.path == "/geocodage/search"
    assert parse_qs(url.query)["q"] == [ADDRESS]
    assert settings.SITE_URL in headers["User-Agent"]


def test_the_same_address_is_asked_once(address_server):
    with address_server(collection(feature())) as asked:
        geocoding.locate(ADDRESS, TERRITORY)
        geocoding.locate("12  RUE de la Paix, Rambouillet", TERRITORY)
    assert len(asked) == 1


def test_without_network_the_commune_stands_in_and_says_so():
    place = geocoding.locate(ADDRESS, TERRITORY).place
    assert place.commune.pk == "78517"
    assert place.approximate
    assert place.note == "Adresse non vérifiée pour le moment : position de la commune."


@pytest.mark.parametrize(
    ("text", "insee"),
    [
        ("12 rue de la Paix 78120 Rambouillet", "78517"),
        ("12 rue de la paix rambouillet", "78517"),
        ("3 place de l’église, st arnoult", "78537"),
        ("12 rue de Paris, 78730 St Arnoult en Yvelines", "78537"),
        ("5 rue du Bac 75007 Paris", "75107"),
    ],
)
def test_the_commune_of_an_address_is_recognised(text, insee):
    assert geocoding.locate(text, TERRITORY).place.commune.pk == insee


def test_a_street_named_after_a_town_does_not_lead_there():
    answer = geocoding.locate("12 rue de Paris", TERRITORY)
    assert answer.place is None
    assert answer.note == "Pour le moment, seules les communes et les codes postaux sont reconnus."


def test_the_territorys_street_goes_before_anothers(address_server):
    far = feature("12 Rue de Paris 29200 Brest", -4.49, 48.39, citycode="29019", score=0.8)
    near = feature("12 Rue de Paris 78120 Rambouillet", score=0.75)
    with address_server(collection(far, near)):
        assert geocoding.locate("12 rue de Paris", TERRITORY).place.commune.pk == "78517"


def test_a_hit_far_from_the_commune_named_is_not_believed(address_server):
    with address_server(collection(feature("12 Rue de la Paix 29200 Brest", -4.49, 48.39))):
        place = geocoding.locate(ADDRESS, TERRITORY).place
    assert place.commune.pk == "78517"
    assert place.note == "Adresse introuvable : position de la commune."


def test_an_unknown_place_is_said_plainly(address_server):
    with address_server(collection()):
        answer = geocoding.locate("Xyzzyx-les-Bains", TERRITORY)
    assert answer.place is None
    assert answer.note == ""


BAD_BODIES = {
    "no JSON": b"<html>Bad gateway</html>",
    "empty": b"",
    "a list": b"[]",
    "null features": b'{"features": null}',
    "features of text": b'{"features": "abc"}',
    "features without geometry": b'{"features": [{}]}',
    "letters for numbers": collection(feature(lng="x", lat="y")),
    "no number": b'{"features": [{"geometry": {"coordinates": [NaN, NaN]}, "properties": {}}]}',
    "out of range": collection(feature(lng=1e300, lat=999)),
    "swapped": collection(feature(lng=48.64, lat=1.83)),
    "outside of France": collection(feature(lng=-73.9, lat=40.7)),
    "no label": collection(feature(label=None)),
    "score of text": collection(feature(score="beaucoup")),
    "deep": b"[" * 100_000,
    "huge": b'{"features": [' + b" " * 3_000_000 + b"]}",
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_senseless_answer_leaves_the_commune(address_server, body):
    with address_server(body):
        place = geocoding.locate(ADDRESS, TERRITORY).place
    assert (place.lat, place.lng) == (place.commune.lat, place.commune.lng)
    assert place.approximate


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500, 503])
def test_an_error_of_the_service_leaves_the_commune(address_server, status):
    with address_server(b"no", status=status, location="http://127.0.0.1:1/"):
        assert geocoding.locate(ADDRESS, TERRITORY).place.approximate


@pytest.mark.parametrize("slow", [{"delay": 0.6}, {"drip": 0.05}])
def test_a_slow_service_is_not_waited_for_and_left_alone_for_a_while(
    address_server, monkeypatch, slow
):
    monkeypatch.setattr(address_base, "TIMEOUT", 0.2)
    with address_server(collection(feature()), **slow) as asked:
        start = time.monotonic()
        assert geocoding.locate(ADDRESS, TERRITORY).place.approximate
        assert geocoding.locate("14 rue de la Paix, Rambouillet", TERRITORY).place.approximate
        assert time.monotonic() - start < 1.5
    assert len(asked) == 1


def test_an_address_known_before_is_still_known_offline(address_server):
    with address_server(collection(feature())):
        geocoding.locate(ADDRESS, TERRITORY)
        address_base.caches["default"].set(address_base.DOWN, True, 60)
        assert geocoding.locate(ADDRESS, TERRITORY).place.precision == "address"


@pytest.mark.parametrize(
    "text", ["", "\x00", "12 rue\x00", "x" * 10_000, "'\"; --", "🧀", "(((", "%s%s%s", "\u202e"]
)
def test_hostile_text_has_no_place(text):
    assert geocoding.locate(text, TERRITORY).place is None


def test_an_import_gets_an_exact_point_or_none_and_hears_of_a_missing_network(address_server):
    with address_server(collection(feature())):
        assert geocoding.address_point(ADDRESS) == (48.64, 1.83)
    with address_server(collection(feature(type="municipality"))):
        assert geocoding.address_point(ADDRESS) is None
    with pytest.raises(OSError):
        geocoding.address_point("14 rue de la Paix, Rambouillet")


def test_the_beginning_of_too_many_names_is_no_place():
    answer = geocoding.locate("la", TERRITORY)
    assert answer.place is None
    assert answer.alternatives


def test_a_position_is_named_after_its_commune():
    place = geocoding.here(48.6452, 1.8297)
    assert (place.label, place.precision) == ("Rambouillet", "point")
    assert geocoding.here(0, 0).commune is None
