"""What browsers may do with our answers: every kind of answer says so."""

import pytest
from django.urls import reverse

from home.models import HomePage
from tests import factories

ANSWERS = ["/", "/annuaire/", "/annuaire/?page=x", "/nulle-part/", "/sante/", "/robots.txt"]


@pytest.fixture(autouse=True)
def database(db):
    """Pages need one."""


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_of_the_site_is_strict(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


def test_a_304_is_as_strict_as_its_page(client):
    first = client.get("/annuaire/")
    second = client.get("/annuaire/", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 304
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"):
        assert second[name] == first[name]


def test_an_error_of_ours_is_as_strict(client, monkeypatch):
    def fail(*_args):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("directory.search.results.search", fail)
    response = client.get("/annuaire/?q=panne")
    assert response.status_code == 500
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_the_administration_may_run_wagtails_inline_scripts_and_cannot_be_framed(client, moderator):
    client.force_login(moderator)
    headers = client.get(reverse("wagtailadmin_home")).headers
    assert "script-src 'self' 'unsafe-inline'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert "no-store" in headers["Cache-Control"]


def test_a_preview_can_be_framed_by_the_administration_alone(client, moderator):
    client.force_login(moderator)
    page = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    data |= {"slug": page.slug, "title": page.title}
    for formset in form.formsets.values():
        data |= {field.html_name: field.value() for field in formset.management_form}
    assert client.post(address, data).json()["is_valid"]
    response = client.get(f"{address}?mode=")
    assert response.status_code == 200
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/annuaire/", "/annuaire/commune/", "/nulle-part/"])
def test_public_pages_set_no_cookie_and_hold_no_posting_form(client, address):
    response = client.get(address)
    assert not response.cookies
    assert b'method="post"' not in response.content.lower()


def test_two_people_through_one_cache_see_nothing_of_each_other(client, moderator):
    factories.listing()
    anonymous = client.get("/annuaire/").content
    client.force_login(moderator)
    response = client.get("/annuaire/")
    assert response["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get("/annuaire/").content == anonymous
    assert b"odile" not in anonymous
