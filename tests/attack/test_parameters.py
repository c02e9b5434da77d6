"""Nonsense in any address or form: a page with a message, never an error of ours."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Tombstone
from tests import factories
from tests.attack.canaries import LISTING_ENDS
from tests.attack.nonsense import BOXES, NUMBERS, PARAMETERS, RAW_QUERIES, WORDS

TRACES = ("Traceback", "OperationalError", "DataError", "sqlite3.", "psycopg", "site-packages")
ODD_PATHS = [
    "%00",
    "%ff",
    "%2e%2e%2f",
    "..",
    "a%00b",
    "%0d%0aSet-Cookie:a",
    "é",
    "🧀",
    "'",
    '"',
    "<script>",
    "-",
    "_",
    "0",
    "None",
    "a" * 5000,
    "a/b/c",
    "%25",
    "\\",
    "con:",
]
NAUGHTY = [word for word in WORDS if word.strip()]


@pytest.fixture(autouse=True)
def some_listings(categories):
    """A little of each, so that queries have something to run into."""
    factories.listing(
        "Chèvrerie du Perray",
        slug="chevrerie",
        category="fromager-fermier",
        products=["chèvre frais"],
        tags=["mis78"],
        hours="24/7",
    )
    factories.listing("Atelier Terre Rouge", category="ceramiste", lat=None, lng=None)
    factories.listing("Marché de Dourdan", commune="Dourdan", kind="marche", category="marche")
    Tombstone.objects.create(slug="retiree")


def text_of(client, address, allowed=(200, 400), **extra):
    """The answer's text, of one of the statuses allowed, and without a trace of our insides."""
    answer = client.get(address, **extra)
    assert answer.status_code in allowed, (address[:200], answer.status_code)
    text = answer.content.decode()
    assert not [trace for trace in TRACES if trace in text], address[:200]
    return text


def query(**values):
    """A query string; lone surrogates go as the bytes that a broken client would send."""
    return urlencode(values, errors="surrogatepass")


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_search_survives_nonsense_in_each_parameter(client, name):
    for value in PARAMETERS[name]:
        text = text_of(client, f"/annuaire/?{query(**{name: value})}")
        assert "<h1" in text


@pytest.mark.parametrize("value", NUMBERS)
def test_a_search_survives_nonsense_beside_sensible_values(client, value):
    for wrong in ("lat", "lng", "rayon", "page"):
        sensible = {"q": "chèvre", "lat": "48.64", "lng": "1.83", "ouvert": "1"}
        text_of(client, f"/annuaire/?{query(**(sensible | {wrong: value}))}")


@pytest.mark.parametrize("raw", RAW_QUERIES, ids=lambda raw: raw[:30])
def test_a_search_survives_a_broken_query(client, raw):
    text_of(client, f"/annuaire/?{raw}")


@pytest.mark.parametrize("value", ["NaN", "inf", "1e999", "abc", "-1", "501"])
def test_an_impossible_radius_is_told_and_not_guessed(client, value):
    answer = client.get("/annuaire/", {"ou": "Rambouillet", "rayon": value})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("box", [box for box in BOXES if box != "1,48,1,48"])
def test_an_impossible_piece_of_map_is_told(client, box):
    answer = client.get("/annuaire/", {"bbox": box})
    assert answer.status_code == 400
    assert "partie de carte" in answer.content.decode() or len(box) > 100


def test_unknown_parameters_change_nothing(client):
    plain = client.get("/annuaire/?q=chèvre").content
    assert client.get("/annuaire/?q=chèvre&utm_source=x&fbclid=%ff").content == plain


def test_what_was_typed_comes_back_as_text_only(client):
    evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    for name in ("q", "ou", "etiquette"):
        text = text_of(client, f"/annuaire/?{query(**{name: evil})}")
        assert "<img src=x" not in text and "<script>alert" not in text
    for name in ("jour", "ou"):
        text = text_of(client, f"/marches/?{query(**{name: evil})}")
        assert "<img src=x" not in text and "<script>alert" not in text


@pytest.mark.parametrize(
    "address",
    [
        "/annuaire/commune/rambouillet/",
        "/annuaire/categorie/fromage-lait-oeufs/",
        "/annuaire/commune/rambouillet/fromager-fermier/",
        "/annuaire/commune/",
        "/marches/",
        "/marches/texte/",
        "/marches/autour/agenda.ics",
        "/annuaire/fiche/chevrerie/",
        "/magazines/",
        "/recherche/",
        "/recherche/suggestions/",
        "/flux/articles.rss",
        "/api/v1/articles",
        "/",
    ],
)
def test_pages_of_places_survive_any_page_number(client, address):
    for value in PARAMETERS["page"]:
        text_of(client, f"{address}?{query(page=value)}", allowed=(200, 400, 404))
    for raw in RAW_QUERIES:
        text_of(client, f"{address}?{raw}", allowed=(200, 400, 404))


@pytest.mark.parametrize("odd", ODD_PATHS, ids=lambda odd: odd[:12])
def test_odd_paths_are_pages_that_do_not_exist(client, odd):
    path = quote(odd, safe="%/")
    for before, after in [
        ("/", "/"),
        ("/annuaire/", "/"),
        ("/annuaire/fiche/", "/"),
        ("/annuaire/fiche/", "/contact.vcf"),
        ("/annuaire/fiche/", "/qr.svg"),
        ("/annuaire/fiche/", "/corriger/"),
        ("/annuaire/commune/", "/"),
        ("/annuaire/commune/rambouillet/", "/"),
        ("/annuaire/categorie/", "/"),
        ("/magazines/", "/"),
        ("/magazines/bissac/", "/"),
        ("/magazines/etiquette/", "/"),
        ("/magazines/auteur/", "/"),
        ("/magazines/bissac/rubrique/", "/"),
        ("/flux/etiquette/", ".rss"),
    ]:
        text_of(client, before + path + after, allowed=(400, 404))


@pytest.mark.parametrize(
    "odd", ["//evil.example/", "//evil.example", "/\\\\evil.example", "/%2F%2Fevil.example"]
)
def test_no_address_leads_to_another_site(client, odd):
    answer = client.get(odd)
    to = answer.get("Location", "/")
    assert to.startswith("/") and not to.startswith(("//", "/\\")), to


@pytest.mark.parametrize(
    "path",
    [
        "../db.sqlite3",
        "%2e%2e/secret-key",
        "..%2fsecret-key",
        "/etc/passwd",
        "%00",
        "original_images/",
    ],
)
def test_media_gives_no_other_file(client, path):
    answer = client.get(f"/media/{path}", follow=True)
    assert answer.status_code in (400, 404)


def test_a_removed_listing_answers_410_at_each_of_its_addresses(client):
    for end in LISTING_ENDS:
        text_of(client, f"/annuaire/fiche/retiree/{end}", allowed=(410,))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/annuaire/",
        "/annuaire/fiche/chevrerie/",
        "/annuaire/fiche/chevrerie/contact.vcf",
        "/annuaire/commune/rambouillet/",
        "/annuaire/fiche/chevrerie/merci/",
        "/annuaire/fiche/chevrerie/corriger/",
        "/annuaire/proposer/",
        "/annuaire/proposer/suggestions/",
        "/annuaire/demande/envoyee/",
        "/annuaire/demande/confirmer/x/",
        "/sante/",
        "/magazines/",
        "/recherche/",
        "/recherche/suggestions/",
        "/flux/articles.atom",
        "/api/v1/articles",
    ],
)
def test_other_methods_never_break_anything(client, address):
    for method in ("post", "put", "patch", "delete", "options", "trace", "head"):
        answer = getattr(client, method)(address)
        assert answer.status_code < 500, (method, address)


def test_odd_headers_never_break_a_page(client):
    for name in ("HTTP_HOST", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_COOKIE",
                 "HTTP_IF_MODIFIED_SINCE", "HTTP_X_FORWARDED_FOR", "HTTP_REFERER",
                 "HTTP_RANGE", "HTTP_ACCEPT_ENCODING"):  # fmt: skip
        for value in ("", "\x00", "é", "🧀".encode().decode("latin-1"), "a" * 9000, "*", '"', ",,"):
            answer = client.get("/annuaire/", **{name: value})
            assert answer.status_code < 500, (name, value[:20])


pairs = st.dictionaries(
    st.sampled_from([*PARAMETERS, "page[]", "Q"]),
    st.one_of(
        st.sampled_from(WORDS + NUMBERS + BOXES),
        st.text(max_size=60),
        st.floats().map(str),
        st.integers().map(str),
        st.lists(st.floats(), min_size=4, max_size=4).map(lambda box: ",".join(map(str, box))),
        st.sampled_from(["48.64", "1.83", "Rambouillet", "78120", "distance", "marche", "1"]),
    ),
    max_size=6,
)


@given(pairs)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_mixture_of_parameters_breaks_a_search(client, values):
    text_of(client, f"/annuaire/?{query(**values)}")
