"""Nothing unpublished comes out of any public answer, for nobody and for a stranger."""

import html
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from directory import geometry
from directory.models import Commune, Listing, ListingRequest
from tests.attack import canaries
from tests.attack.canaries import (
    CANARIES,
    CODES,
    HIDDEN_DIGITS,
    HIDDEN_LAT,
    HIDDEN_LNG,
    HIDDEN_SLUG,
    LISTING_ENDS,
)
from tests.directory.importing import export_text
from tests.forms import filled

SEEDS = [
    "/",
    "/annuaire/",
    "/annuaire/?ouvert=1",
    "/annuaire/?q=fromage&ou=Rambouillet",
    "/annuaire/?genre=marche",
    "/annuaire/commune/",
    "/annuaire/commune/rambouillet/",
    "/marches/",
    "/marches/texte/",
    "/marches/autour/agenda.ics",
    "/annuaire/fiche/partie/",
    "/annuaire/fiche/reprise/",
    "/sitemap.xml",
    "/robots.txt",
    "/sante/",
    "/nulle-part/",
    "/annuaire/proposer/",
    "/annuaire/proposer/suggestions/?commune=zorglub",
    "/annuaire/demande/envoyee/",
    "/annuaire/demande/confirmer/x/",
    "/a-propos/",
    f"/{CANARIES['page']}/",
    "/magazines/",
    "/magazines/bissac/prochain/",
    "/magazines/retiree/",
    "/magazines/retiree/perdu/",
    "/magazines/commune/rambouillet/",
    "/magazines/etiquette/fromage/",
    "/recherche/",
    "/recherche/?q=fromage",
    "/recherche/suggestions/?q=fromage",
    "/flux/articles.rss",
    "/flux/articles.atom",
    "/flux/magazine/bissac.rss",
    "/flux/magazine/retiree.rss",
    "/flux/commune/rambouillet.atom",
    "/flux/etiquette/fromage.atom",
    "/fait-ici/",
    "/fait-ici/fromages/",
    "/fait-ici/fromages/?vue=membres",
    "/fait-ici/fabrique/",
    "/flux/fait-ici/fromages.rss",
    "/flux/fait-ici/fabrique.atom",
    "/flux/mur.rss",
    "/flux/mur.atom",
    "/flux/mur/mot/fromage.rss",
    "/mur/?etiquette=fromage",
    "/embed/mur",
    "/embed/mur?etiquette=fromage&nombre=24",
    "/embed/carte",
    "/embed/fiche/partie",
    "/embed/fiche/reprise",
    "/embed/article/bissac/prochain",
    "/embed/article/retiree/perdu",
    "/embed/fait-ici/fabrique",
    *(f"/embed/membre/{state}" for state in CODES),
    *(f"/oembed?url={settings.SITE_URL}/label/membres/{state}/" for state in CODES),
    f"/oembed?url={settings.SITE_URL}/annuaire/fiche/partie/",
    f"/oembed?url={settings.SITE_URL}/magazines/bissac/prochain/",
    f"/oembed?url={settings.SITE_URL}/magazines/retiree/perdu/&format=xml",
    f"/oembed?url={settings.SITE_URL}/fait-ici/fabrique/",
    "/api/v1/items",
    "/api/v1/items?tag=fromage",
    "/label/mots/fromage/",
    "/label/publications/1/",
    "/label/publications/2/",
    "/label/",
    "/label/membres/",
    "/label/membres/reprise/",
    *(f"/label/membres/{state}/" for state in CODES),
    *(f"/label/verifier/{code}/" for code in CODES.values()),
    *(f"/badge/{code}.svg?taille=grande" for code in CODES.values()),
    "/label/charte/",
    "/label/charte/2/",
    "/annuaire/?label=1",
    "/api/v1/listings?label=1",
    "/api/v1/openapi.json",
    "/api/v1/articles",
    "/api/v1/articles?q=fromage",
    "/api/v1/listings",
    "/api/v1/listings?q=fromage",
    "/api/v1/listings?commune=78517",
    "/api/v1/listings?tag=mis78",
    "/api/v1/listings/reprise",
    "/api/v1/listings/partie",
    "/carte/0/0/0.json",
    "/carte/9/258/175.json",
    "/carte/14/8275/5628.json",
]
# How a machine says where else to ask.
JSON_LINK = re.compile(r'"(?:next|href|url)":"([^"]+)"')
LINK = re.compile(r'(?:(?:href|src|action)="|content="(?=http))([^"]+)"|<loc>([^<]+)</loc>')
# Walked elsewhere (static), or closed to these two (the administration).
LEFT_OUT = ("/static/", "/media/", "/gestion/")
MOST = 600


@pytest.fixture(autouse=True)
def planted(categories, db):
    """The site with its canaries."""
    canaries.plant()


@pytest.fixture(params=["anonymous", "stranger"])
def walker(request, stranger):
    """Nobody, and somebody with an account and no rights."""
    client = Client()
    if request.param == "stranger":
        client.force_login(stranger)
    return client


def crawl(client):
    """Ask for all that is linked from the seeds and from the addresses of all listings.

    Yields (address, everything in the answer as text).
    """
    waiting = [*SEEDS, *addresses_of_listings()]
    seen = set(waiting)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code < 500, address
        body = b"" if answer.streaming else answer.content
        text = "\n".join([*(f"{k}: {v}" for k, v in answer.items()), body.decode(errors="replace")])
        yield address, text
        for link in links(address, text) - seen:
            seen.add(link)
            waiting.append(link)
        assert len(seen) < MOST


def addresses_of_listings():
    """Each address of each listing, also of those that nobody may see: they may be guessed."""
    ends = ("", "contact.vcf", "qr.svg", "apercu.png", "corriger/", "gerer/", "retirer/", "merci/")
    listings = Listing.objects.exclude(slug__contains="zorglub")
    pages = [
        listing.get_absolute_url() + end
        for listing in listings
        for end in (*ends, "ou-me-trouver.ics")
    ]
    pages += [f"/api/v1/listings/{listing.slug}" for listing in listings]
    return [*pages, *(f"/marches/{listing.slug}.ics" for listing in listings)]


def links(address, text):
    """The site's own addresses in an answer, without fragments."""
    found = set()
    named = [attribute or location for attribute, location in LINK.findall(text)]
    for name in [*named, *JSON_LINK.findall(text)]:
        parts = urlsplit(urljoin(address, html.unescape(name)))
        ours = not parts.netloc or f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL
        # Each filter by itself, not all their combinations.
        one = "&" not in parts.query
        # One day leads to the next, for more than a year: not on and on.
        one = one and not ("jour=" in address and "jour=" in parts.query)
        if ours and one and parts.path.startswith("/") and not parts.path.startswith(LEFT_OUT):
            found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def test_no_answer_holds_a_canary(walker):
    answers = dict(crawl(walker))
    assert len(answers) > 60
    told = [
        (address, name)
        for address, text in answers.items()
        for name, word in CANARIES.items()
        # The page that is asked for by its secret name may repeat that name.
        if word in unquote(text).casefold() and word not in address
    ]
    assert told == []


def test_no_answer_holds_a_hidden_point(walker):
    told = [
        (address, digits)
        for address, text in crawl(walker)
        for digits in HIDDEN_DIGITS
        if digits in text
    ]
    assert told == []


def test_searching_for_a_canary_finds_nothing(walker):
    for word in CANARIES.values():
        for parameter in ("q", "ou", "etiquette"):
            page = walker.get("/annuaire/", {parameter: word}).content.decode()
            assert "data-listing" not in page, (parameter, word)


def test_asking_anything_else_for_a_canary_finds_nothing(walker):
    for word in CANARIES.values():
        assert walker.get("/api/v1/articles", {"q": word}).json()["items"] == [], word
        assert walker.get("/api/v1/listings", {"q": word}).json()["features"] == [], word
        assert walker.get("/recherche/suggestions/", {"q": word}).json()["suggestions"] == [], word
        page = walker.get("/recherche/", {"q": word}).content.decode()
        assert "data-listing" not in page and "data-article" not in page, word
        for path in ("/magazines/etiquette/", "/magazines/auteur/", "/magazines/bissac/"):
            assert walker.get(f"{path}{word}/").status_code == 404, (path, word)
        for path in ("/flux/etiquette/", "/flux/auteur/"):
            assert walker.get(f"{path}{word}.rss").status_code == 404, (path, word)


def test_a_misspelt_canary_is_not_corrected_towards_the_secret(walker):
    for word in CANARIES.values():
        almost = word[:-1]
        page = walker.get("/annuaire/", {"q": almost}).content.decode().casefold()
        assert almost in page and word not in page


def test_proposing_what_is_proposed_or_drafted_reveals_nothing(walker):
    for word in ("proposal name", "unconfirmed proposal", "draft name", "withdrawn"):
        sent = filled(
            "proposer", name=f"Ferme {CANARIES[word]}", commune="Rambouillet", email="a@b.example"
        )
        answer = walker.post("/annuaire/proposer/", sent)
        assert answer["Location"] == "/annuaire/demande/envoyee/", word


def test_the_addresses_of_unpublished_things_do_not_exist(walker):
    for listing in Listing.objects.filter(live=False):
        for end in LISTING_ENDS:
            answer = walker.get(listing.get_absolute_url() + end)
            assert answer.status_code == 404, (listing.name, end)
            assert listing.name not in answer.content.decode()
    assert walker.get(f"/{CANARIES['page']}/").status_code == 404


@pytest.mark.parametrize("form", ["csv", "geojson", "jsonld", "xlsx"])
def test_exports_hold_no_canary_and_no_hidden_point(form, capfd, tmp_path):
    text = export_text(form, tmp_path)
    assert HIDDEN_SLUG in text
    assert [name for name, word in CANARIES.items() if word in text] == []
    assert [digits for digits in HIDDEN_DIGITS if digits in text] == []


def test_a_stranger_gets_nothing_of_the_administration(stranger):
    client = Client()
    client.force_login(stranger)
    draft = Listing.objects.get(name__contains=CANARIES["draft name"])
    for address in (
        "/gestion/",
        "/gestion/pages/",
        "/gestion/annuaire/demandes/",
        *(f"/gestion/annuaire/demandes/{case.pk}/" for case in ListingRequest.objects.all()),
        "/gestion/snippets/directory/listing/",
        f"/gestion/snippets/directory/listing/edit/{draft.pk}/",
        f"/gestion/snippets/directory/listing/history/{draft.pk}/",
        "/gestion/images/",
        "/gestion/documents/",
        "/gestion/users/",
        "/gestion/api/main/pages/",
        "/gestion/reports/site-history/",
    ):
        answer = client.get(address, follow=True)
        text = answer.content.decode()
        assert answer.status_code in (200, 403, 404), address
        assert [name for name, word in CANARIES.items() if word in text] == [], address


# --- Where exactly is the hidden workshop? ------------------------------------------------------


def shown_distances(client, lat, lng, **more):
    """{slug: kilometres} as a search around a point tells them."""
    page = client.get("/annuaire/", {"lat": lat, "lng": lng, **more}).content.decode()
    cards = re.findall(r'data-listing="([^"]+)"(.*?)</article>', page, re.DOTALL)
    values = {slug: re.search(r'<data value="([\d.,]+)"', card) for slug, card in cards}
    return {slug: float(v[1].replace(",", ".")) for slug, v in values.items() if v}


@pytest.mark.parametrize("km", [0.1, 0.5, 1, 2])
def test_a_tiny_circle_around_the_exact_point_is_empty(client, km):
    # « Rien à moins de … Les plus proches » may name it, as far away as its commune.
    told = shown_distances(client, HIDDEN_LAT, HIDDEN_LNG, rayon=km, q="Caché")
    assert told.get(HIDDEN_SLUG, 5) >= 5
    for size in (0.0001, 0.001, 0.01):
        west, east = HIDDEN_LNG - size, HIDDEN_LNG + size
        box = f"{west},{HIDDEN_LAT - size},{east},{HIDDEN_LAT + size}"
        page = client.get("/annuaire/", {"bbox": box}).content.decode()
        assert f'data-listing="{HIDDEN_SLUG}"' not in page


def test_distances_from_anywhere_lead_to_the_commune_and_not_to_the_house(client):
    commune = Commune.objects.get(insee="78517")
    for north in (-0.04, 0, 0.03):
        for east in (-0.05, 0, 0.02):
            lat, lng = HIDDEN_LAT + north, HIDDEN_LNG + east
            told = shown_distances(client, lat, lng, q="Atelier Caché", rayon=50)[HIDDEN_SLUG]
            true = geometry.distance_km(lat, lng, commune.lat, commune.lng)
            assert told == pytest.approx(true, abs=0.006)


def test_the_edge_of_the_circle_is_the_commune_s_too(client):
    commune = Commune.objects.get(insee="78517")
    lat, lng = HIDDEN_LAT, HIDDEN_LNG
    edge = geometry.distance_km(lat, lng, commune.lat, commune.lng)
    near = shown_distances(client, lat, lng, q="Atelier Caché", rayon=edge * 0.98, tri="nom")
    wide = shown_distances(client, lat, lng, q="Atelier Caché", rayon=edge * 1.02)
    assert near == {} or near[HIDDEN_SLUG] > edge * 0.98
    assert HIDDEN_SLUG in wide


def test_order_by_distance_tells_no_more_than_the_distance(client):
    """Two hidden listings of one commune stand side by side, in the order of their names."""
    twin = Listing.objects.get(slug=HIDDEN_SLUG)
    assert (twin.public_lat, twin.public_lng) == (twin.commune.lat, twin.commune.lng)
    for lat, lng in [(HIDDEN_LAT, HIDDEN_LNG), (48.7, 1.7), (48.6, 1.95)]:
        page = client.get("/annuaire/", {"lat": lat, "lng": lng, "rayon": 50}).content.decode()
        order = re.findall(r'data-listing="([^"]+)"', page)
        assert order.index(HIDDEN_SLUG) < order.index("savons-sans-visite")
