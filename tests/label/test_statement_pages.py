"""What pages tell of signed badges, and the sheet of stickers for the window."""

import json

import pypdfium2
import pytest
import zxingcpp

from label import claiming, memberships, qr
from label.claiming import ClaimError, proving, website
from label.models import Membership
from tests import factories
from tests.label import claiming as cast
from tests.label.claiming import client_of
from tests.label.factories import member
from tests.label.test_claims_website import claim, site  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
SITE = "https://www.terre-grise.example/"


def potter(**fields):
    """A member with a site."""
    return member(factories.listing("Atelier de l’Œuvre", website=SITE), **fields)


def answers(response):
    """What the page that checks says."""
    return [part.partition('"')[0] for part in response.content.decode().split('data-answer="')[1:]]


def test_pages_lead_to_what_is_signed(client, settings):
    settings.SITE_URL = "https://label.example"
    one = potter(slug="poterie")
    address = f"https://label.example/badge/{one.code}.json"
    assert f'href="{address}"' in client.get(f"/badge/{one.code}.svg").content.decode()
    page = client.get("/label/membres/poterie/badge/").content.decode()
    assert page.count(f"data-badge-signe=&amp;quot;{address}") or address in page
    assert "terre-grise.example" in page
    verdict = client.get(f"/label/verifier/{one.code}/").content.decode()
    assert f"/badge/{one.code}.json" in verdict
    assert verdict.count("data-verdict") == 1


def test_a_pasted_badge_is_checked(client):
    one = potter()
    raw = client.get(f"/badge/{one.code}.json").content.decode()
    page = "/label/verifier/badge-signe/"
    for asked, answer in (
        ({"badge": f" {raw}\r\n", "site": SITE}, ["genuine"]),
        ({"badge": raw, "site": "copieur.example"}, ["other-site"]),
        ({"badge": raw, "site": "<script>"}, ["undecided"]),
        ({"badge": raw.replace("Œuvre", "Autre")}, ["altered"]),
        ({"badge": "<script>alert(1)</script>"}, ["altered"]),
        ({"badge": "\x00\ud800" + "[" * 5000}, ["altered"]),
        ({"badge": raw + " " * 20_000 + "<script>"}, ["altered"]),
        ({"badge": raw.replace(raw.split('"issuer":"')[1][:9], "https://x")}, ["altered"]),
        ({"badge": ""}, []),
        ({}, []),
    ):
        if "\ud800" in asked.get("badge", ""):
            asked = {"badge": asked["badge"].replace("\ud800", "\ufffd")}
        response = client.get(page, asked)
        assert (response.status_code, answers(response)) == (200, answer)
        assert b"<script>alert" not in response.content
        assert ("signed-facts" in response.content.decode()) == (answer == ["genuine"])
        assert not response.cookies
    memberships.leave(one, None)
    assert answers(client.get(page, {"badge": raw})) == ["revoked"]


def codes_on(pdf):
    """The codes that a telephone reads on the first page, and the page's text."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    found = [one.text for one in zxingcpp.read_barcodes(page.render(scale=3).to_pil())]
    text = page.get_textpage().get_text_range()
    assert len(document) == 1
    assert [round(side) for side in page.get_size()] == [595, 842]
    return found, text


def test_a_sheet_of_stickers_leads_to_the_check():
    person = factories.user("solene@example.org")
    one = potter(user=person)
    client = client_of(person)
    factories.user("autre@example.org")
    one.listing.managers.create(user=person, role="gestion")
    address = f"/mon-espace/label/{one.pk}/autocollants.pdf"
    assert address in client.get("/mon-espace/").content.decode()
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    found, text = codes_on(response.content)
    assert set(found) == {qr.verify_url(one.code)}
    assert len(found) == 11
    assert "Œuvre" in text
    assert f"Vérifier : {qr.verify_url(one.code).partition('//')[2].rstrip('/')}" in text
    assert client.get(address).content == response.content, "the same bytes"
    assert client.post(address).status_code == 405


def test_stickers_are_for_ones_own_membership_of_today(client, stranger):
    person = factories.user("solene@example.org")
    one = member(holder="Zoé", user=person)
    address = f"/mon-espace/label/{one.pk}/autocollants.pdf"
    assert client.get(address).status_code == 302
    assert client_of(stranger).get(address).status_code == 404
    memberships.leave(one, person)
    assert client_of(person).get(address).status_code == 404


def test_a_volunteer_prints_them_for_a_member(moderator, client):
    one = potter()
    address = f"/gestion/label/membre/{one.pk}/autocollants/"
    mine = client_of(moderator)
    assert mine.get(address)["Content-Type"] == "application/pdf"
    case = mine.get(f"/gestion/label/membre/{one.pk}/").content.decode()
    assert one.statements.get().number in case
    assert address in case
    assert client.get(address).status_code == 302
    memberships.revoke(one, moderator, "motif")
    assert mine.get(address).status_code == 302


@pytest.mark.parametrize(
    "name",
    ["A" * 120, "L’Œuvre d’Éloïse " * 7, "🐐", "\x00\x1b\u202e", "日本語のお店", '<&">', "-" * 120],
)
def test_any_name_makes_a_sheet(name):
    from label import stickers

    one = Membership(holder=name, code="D2C5E6H8KV", since=memberships.timezone.localdate())
    found, _ = codes_on(stickers.sheet(one))
    assert len(found) == 11


def test_a_name_is_drawn_as_it_is_read():
    """Accents typed as signs of their own stand on their letters; what is cut off is seen to be."""
    from label import stickers

    def text(name):
        one = Membership(holder=name, code="D2C5E6H8KV", since=memberships.timezone.localdate())
        return codes_on(stickers.sheet(one))[1]

    assert text("Che\u0300vrerie").count("Ch\u00e8vrerie") == 11
    assert "…" not in text("L’Œuvre d’Éloïse")
    long = text("Association des producteurs et artisans réunis de la haute vallée " * 3)
    assert long.count("…") == 9


def test_a_file_signed_for_the_claim_proves_the_website(site, claim):  # noqa: F811
    response = client_of(claim.user).get(f"/label/demande/{claim.number}/site/fichier-signe/")
    assert "attachment" in response["Content-Disposition"]
    assert response.content == proving.website_file(claim)
    site.says(response.content.decode(), website.FILE)
    proving.look_at_website(claim)
    assert proving.standing(claim)


def test_the_file_is_for_who_asks(claim, client, stranger):  # noqa: F811
    address = f"/label/demande/{claim.number}/site/fichier-signe/"
    assert client.get(address).status_code == 302
    assert client_of(stranger).get(address).status_code == 404


def test_a_public_badge_proves_nothing_about_who_asks(site, claim, client):  # noqa: F811
    one = member(claim.listing)
    raw = client.get(f"/badge/{one.code}.json").content.decode()
    site.says(raw, website.FILE)
    with pytest.raises(ClaimError, match="tout le monde peut copier"):
        proving.look_at_website(claim)
    assert not proving.standing(claim)


def test_another_claims_file_proves_nothing(site, claim):  # noqa: F811
    other = cast.begun(cast.potter("autre@example.org"), claim.listing)
    elsewhere = cast.begun(claim.user, cast.pottery(slug="autre", website="https://autre.example/"))
    right = proving.website_file(claim).decode()
    changed = json.loads(right)
    changed["request"]["claim"] = other.number
    for wrong in (
        proving.website_file(other).decode(),
        proving.website_file(elsewhere).decode(),
        right.replace(claim.number, other.number),
        json.dumps(changed),
        json.dumps(json.loads(right)),
        right[:-2],
        "",
        "[" * 9000,
    ):
        site.says(wrong, website.FILE)
        with pytest.raises(ClaimError):
            proving.look_at_website(claim)
        claiming.codes.ClaimCode.objects.filter(claim=claim).update(used_at=None)
    assert not proving.standing(claim)
