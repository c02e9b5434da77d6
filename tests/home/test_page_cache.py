"""What anonymous visitors get from the page cache, and who never does."""

import gzip

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.views.decorators.cache import never_cache

from config.urls import urlpatterns as site_urls
from home import page_cache
from home.models import ContentVersion
from home.versions import ask_again, content_version
from tests import factories

made = []


def page(request):
    """A page that says how often it was made."""
    made.append(request.get_full_path())
    return HttpResponse(f"<p>page {len(made)}</p>" + " " * 1000)


def broken(request):
    """A page that is not there."""
    made.append(request.path)
    return HttpResponse("rien", status=404)


def with_cookie(request):
    """A page that sets a cookie."""
    made.append(request.path)
    response = HttpResponse("biscuit")
    response.set_cookie("choix", "1")
    return response


def with_session(request):
    """A page that looks into the session."""
    made.append(request.path)
    return HttpResponse(str(request.session.get("name")))


@never_cache
def form(request):
    """A page with a form."""
    made.append(request.path)
    return TemplateResponse(request, "403.html")


def large(request):
    """A page beyond what is kept."""
    made.append(request.path)
    return HttpResponse("x" * (page_cache.LARGEST_BODY + 1))


urlpatterns = [
    path("essai/", page),
    path("essai/rien/", broken),
    path("essai/biscuit/", with_cookie),
    path("essai/session/", with_session),
    path("essai/formulaire/", form),
    path("essai/grande/", large),
    path("", include(site_urls)),
]


@pytest.fixture(autouse=True)
def trial_pages(settings, db):
    """The pages above, none of them made yet, at one moment of the clock."""
    settings.ROOT_URLCONF = __name__
    made.clear()


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until a test moves it."""
    moment = [1_800_000_000.0]
    monkeypatch.setattr(page_cache.time, "time", lambda: moment[0])
    return moment


def test_a_page_is_made_once(client, clock):
    first, second = client.get("/essai/"), client.get("/essai/")
    assert first.content == second.content
    assert len(made) == 1


def test_a_hit_asks_the_database_for_the_version_only(client, clock, django_assert_num_queries):
    client.get("/essai/")
    with django_assert_num_queries(1):
        client.get("/essai/")


def test_the_order_of_parameters_and_empty_ones_make_no_other_page(client, clock):
    client.get("/essai/?q=miel&ou=Dourdan")
    client.get("/essai/?ou=Dourdan&q=miel&categorie=&page=")
    assert len(made) == 1


def test_another_value_is_another_page(client, clock):
    for query in ("", "?q=miel", "?q=pain", "?q=miel&page=2"):
        client.get(f"/essai/{query}")
    assert len(made) == 4


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=lettre",
        "lat=48.6&lng=1.8",
        "bbox=1,48,2,49",
        "q=miel&q=pain",
        f"q={'x' * page_cache.LONGEST_QUERY}",
    ],
)
def test_what_would_fill_the_cache_is_not_kept(client, clock, query):
    for _ in range(2):
        response = client.get(f"/essai/?{query}")
        assert "ETag" not in response
    assert len(made) == 2


def test_a_place_where_somebody_stands_is_for_them_alone(client, clock):
    response = client.get("/essai/?lat=48.6&lng=1.8")
    assert response["Cache-Control"] == page_cache.ONE_VISITOR


def test_a_change_of_content_renews_all_pages(client, clock):
    client.get("/essai/")
    ContentVersion.bump()
    client.get("/essai/")
    assert len(made) == 2


def test_the_clock_renews_pages_because_hours_show(client, clock):
    client.get("/essai/")
    clock[0] += page_cache.SLOT_SECONDS
    client.get("/essai/")
    assert len(made) == 2


def test_a_304_comes_before_the_view_and_the_cache(client, clock):
    etag = client.get("/essai/")["ETag"]
    page_cache.caches["default"].clear()
    response = client.get("/essai/", headers={"if-none-match": f'"autre", {etag}'})
    assert (response.status_code, response.content, len(made)) == (304, b"", 1)
    assert response["ETag"] == etag


def test_an_old_etag_gets_the_new_page(client, clock):
    etag = client.get("/essai/")["ETag"]
    ContentVersion.bump()
    assert client.get("/essai/", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("nonsense", ["*", '"', "W/", "\x00", '"a' * 500])
def test_nonsense_for_an_etag_is_no_match(client, clock, nonsense):
    assert client.get("/essai/", headers={"if-none-match": nonsense}).status_code == 200


def test_head_answers_like_get_without_a_body(client, clock):
    client.get("/essai/")
    head = client.head("/essai/")
    assert (head.status_code, head.content, len(made)) == (200, b"", 1)


def test_browsers_ask_again_and_shared_caches_vary_on_the_encoding_only(client, clock):
    for _ in range(2):
        response = client.get("/essai/")
        assert response["Cache-Control"] == "no-cache, s-maxage=60"
        assert response["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in response.headers


def test_pages_are_compressed_for_those_who_understand_it(client, clock):
    plain = client.get("/essai/")
    small = client.get("/essai/", headers={"accept-encoding": "gzip, br"})
    refused = client.get("/essai/", headers={"accept-encoding": "gzip;q=0, br"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content == refused.content
    assert int(small["Content-Length"]) == len(small.content) < len(plain.content)
    assert len(made) == 1


@pytest.mark.parametrize("address", ["rien", "biscuit", "session", "formulaire", "grande"])
def test_what_is_not_a_page_for_everybody_is_not_kept(client, clock, address):
    for _ in range(2):
        client.get(f"/essai/{address}/")
    assert len(made) == 2


def test_somebody_with_a_session_neither_fills_nor_reads_the_cache(client, clock, stranger):
    client.get("/essai/")
    client.force_login(stranger)
    response = client.get("/essai/")
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    client.logout()
    client.get("/essai/")
    assert len(made) == 2


def test_a_post_goes_to_the_view(client, clock):
    client.get("/essai/")
    client.post("/essai/")
    assert len(made) == 2


def test_a_wrong_host_is_refused_on_a_hit_too(client, clock, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get("/essai/").status_code == 200
    assert client.get("/essai/", headers={"host": "autre.example"}).status_code == 400


def test_nothing_is_kept_while_somebody_writes_templates(client, clock, settings):
    settings.DEBUG = True
    client.get("/essai/")
    client.get("/essai/")
    assert len(made) == 2


@pytest.mark.parametrize("address", ["/", "/annuaire/", "/annuaire/commune/", "/robots.txt"])
def test_the_sites_own_pages_are_for_everybody(client, clock, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["ETag"]
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_a_listing_that_changes_shows_at_once(client, clock):
    shop = factories.listing("La Ferme du Pré", summary="Œufs")
    assert "Œufs" in client.get(shop.get_absolute_url()).content.decode()
    shop.summary = "Volailles"
    shop.save()
    assert "Volailles" in client.get(shop.get_absolute_url()).content.decode()


def test_a_listing_taken_back_is_gone_at_once(client, clock):
    shop = factories.listing()
    etag = client.get(shop.get_absolute_url())["ETag"]
    shop.unpublish()
    answer = client.get(shop.get_absolute_url(), headers={"if-none-match": etag})
    assert answer.status_code == 404


def test_the_version_is_known_anew_after_a_change_of_our_own(db):
    ask_again()
    before = content_version()
    ContentVersion.bump()
    assert content_version() > before


def test_two_changes_at_the_same_moment_still_differ(db, monkeypatch):
    monkeypatch.setattr("home.models.versions.time.time_ns", lambda: 1_800_000_000_000_000_000)
    ContentVersion.bump()
    first = ContentVersion.current()
    ContentVersion.bump()
    assert ContentVersion.current() > first


def test_the_first_visit_writes_nothing(client):
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
