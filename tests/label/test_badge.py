"""The badge and its check: what it says, to whom, and that it lets nobody in."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from label.badge import lines
from label.codes import LENGTH, LETTERS, new_code, spelled, understood
from label.models import Membership
from tests import factories
from tests.label.factories import member

pytestmark = pytest.mark.django_db
State = Membership.State
YESTERDAY = timezone.localdate() - timedelta(days=1)
REASON = "canari-motif"
CASES = [
    ({}, "genuine", 200, 200),
    ({"state": State.LEFT}, "expired", 200, 410),
    ({"state": State.ENDED}, "expired", 200, 410),
    ({"until": YESTERDAY}, "expired", 200, 410),
    ({"state": State.REVOKED}, "revoked", 200, 410),
    ({"state": State.WAITING, "since": None}, "unknown", 404, 404),
    ({"state": State.REFUSED, "since": None}, "unknown", 404, 404),
]
ODD = ["x", "%00", "..", "%2e%2e", "é", "🧀", "<script>", "A" * 5000, "'", "0" * 10, "a%0d%0ab"]


def verdicts(response):
    """What the page says, each element that says so."""
    html = response.content.decode()
    return [part.partition('"')[0] for part in html.split('data-verdict="')[1:]]


@pytest.mark.parametrize(("fields", "verdict", "status", "image"), CASES)
def test_a_check_tells_the_verdict(client, fields, verdict, status, image):
    one = member(holder="Nom du membre", reason=REASON, **fields)
    response = client.get(f"/label/verifier/{one.code}/")
    assert (verdicts(response), response.status_code) == ([verdict], status)
    assert ("Nom du membre" in response.content.decode()) == (verdict == "genuine")
    badge = client.get(f"/badge/{one.code}.svg")
    assert (badge.status_code, badge["Content-Type"]) == (image, "image/svg+xml")
    assert ("Nom du membre" in badge.content.decode()) == (verdict == "genuine")
    assert REASON not in badge.content.decode() + response.content.decode()


@pytest.mark.parametrize("odd", ODD)
def test_odd_codes_are_unknown_and_never_an_error(client, odd):
    page = client.get(f"/label/verifier/{odd}/")
    assert page.status_code == 404
    assert verdicts(page) in (["unknown"], [])
    assert client.get(f"/badge/{odd}.svg").status_code == 404
    typed = client.get("/label/verifier/", {"code": odd}, follow=True)
    assert typed.status_code == 404
    assert verdicts(typed) == ["unknown"]


def test_case_spaces_and_look_alikes_are_forgiven(client):
    one = member(code="D2C5E6H8KV")
    for typed in ("d2c5e6h8kv", "D2C5 E6H 8KV", "O2C5-E6H-8KU", "ozcse6hbku", " d2c5e6h8kv "):
        response = client.get("/label/verifier/", {"code": typed}, follow=True)
        assert verdicts(response) == ["genuine"], typed
    assert client.get(f"/label/verifier/{one.spelled_code}/").status_code == 200


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    found = understood(typed)
    assert found == "" or (len(found) == LENGTH and set(found) <= set(LETTERS))


@given(st.integers())
def test_a_code_is_understood_as_itself(_number):
    code = new_code()
    assert understood(code) == understood(spelled(code)) == understood(code.lower()) == code


@given(st.text(min_size=1, max_size=120))
def test_a_name_fits_its_badge(name):
    for size, width, most in (("moyenne", 24, 2), ("grande", 15, 3)):
        found = lines(name, size)
        assert len(found) <= most
        assert all(len(line) <= width for line in found)


@pytest.mark.parametrize("size", ["petite", "moyenne", "grande", "énorme", ""])
@pytest.mark.parametrize("ground", ["clair", "sombre", "x"])
@pytest.mark.parametrize("ink", ["", "une"])
def test_every_badge_is_a_well_formed_drawing_without_script(client, size, ground, ink):
    one = member(factories.listing('Pots & "Cie" <b>'))
    badge = client.get(f"/badge/{one.code}.svg", {"taille": size, "fond": ground, "encre": ink})
    drawing = ElementTree.fromstring(badge.content)  # noqa: S314 -- our own answer
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<script" not in badge.content
    assert b"style=" not in badge.content


def test_the_name_and_needle_of_the_stamp_come_from_the_settings(client):
    from home.models import SiteSettings

    settings = SiteSettings.load()
    settings.label_name = "Fait en Beauce"
    settings.save()
    assert "Fait en Beauce" in client.get(f"/badge/{member().code}.svg").content.decode()


def test_the_qr_leads_to_the_check(settings):
    import segno

    from label import qr

    settings.SITE_URL = "https://label.example"
    url = qr.verify_url("D2C5E6H8KV")
    assert url == "https://label.example/label/verifier/D2C5E6H8KV/"
    path, modules = qr.modules(url)
    code = segno.make(url, error="m", micro=False)
    assert modules == code.symbol_size(border=0)[0] + 2 * qr.QUIET
    dark = sum(sum(1 for module in row if module) for row in code.matrix)
    assert sum(int(part.partition("v")[0]) for part in path.split("h")[1::2]) == dark


def test_an_embedded_badge_sets_no_cookie_and_keeps_the_frame_headers(client):
    one = member()
    response = client.get(f"/badge/{one.code}.svg")
    assert not response.cookies
    assert response["X-Frame-Options"] == "DENY"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    again = client.get(f"/badge/{one.code}.svg", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_only_a_codes_own_address_is_kept(client, django_assert_max_num_queries):
    one = member(code="D2C5E6H8KV")
    for address in ("/label/verifier/{}/", "/badge/{}.svg"):
        client.get(address.format(one.code))
        with django_assert_max_num_queries(1):
            client.get(address.format(one.code))
        typed = client.get(address.format("d2c5-e6h-8kv"))
        assert typed.status_code == 200
        assert typed["Cache-Control"] == "no-cache"


def test_a_badge_is_never_kept_beyond_a_change(client, moderator):
    from label import memberships

    one = member()
    before = client.get(f"/badge/{one.code}.svg")
    memberships.revoke(one, moderator, REASON)
    after = client.get(f"/badge/{one.code}.svg", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 410
    assert "max-age" not in after["Cache-Control"]


def test_the_badges_page_offers_lines_to_paste(client, settings):
    settings.SITE_URL = "https://label.example"
    one = member(slug="poterie", holder='Pots & "Cie"')
    html = client.get("/label/membres/poterie/badge/").content.decode()
    assert f"https://label.example/badge/{one.code}.svg" in html
    assert f"https://label.example/label/verifier/{one.code}/" in html
    assert "&amp;quot;Cie&amp;quot;" in html, "escaped for the page it is pasted into, and here"


@pytest.mark.parametrize(
    "name",
    ["\x08\x1bCloche", "\ufffe\uffff", '"></title></svg><script>', "]]>&#0;<!--", "𝕬" * 120, " "],
)
def test_a_badge_is_well_formed_whatever_the_name(client, name):
    one = member(holder=name)
    for size in ("petite", "moyenne", "grande"):
        svg = client.get(f"/badge/{one.code}.svg", {"taille": size}).content
        assert b"<script" not in svg
        ElementTree.fromstring(svg)  # noqa: S314 -- our own answer
