"""What other sites show of ours: framed by anybody, without cookie, form or session."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import URLPattern, URLResolver, get_resolver

from directory.models import Listing
from label import embedding
from tests import factories
from tests.label import claiming as cast
from tests.label.factories import item, member, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
FRAMED = ["/embed/mur", "/embed/carte"]


def page(answer):
    """What was answered, read."""
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("address", FRAMED)
def test_any_site_may_frame_it_and_it_holds_no_form(client, address):
    item()
    for _ in ("made", "kept"):
        answer = client.get(address)
        assert answer.status_code == 200 and not answer.cookies
        assert "X-Frame-Options" not in answer
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors * file:" in policy and "form-action 'none'" in policy
        assert "unsafe" not in policy and "default-src 'none'" in policy
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert not page(answer).select("form, input, button[type=submit]")
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304 and "X-Frame-Options" not in again
    assert "frame-ancestors *" in again["Content-Security-Policy"]


def simple_addresses(patterns, prefix=""):
    """Every address of the site without a parameter."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^").removesuffix(r"\Z").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from simple_addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and not re.search(r"[<(\\\[?*]", route):
            yield f"/{route}"


def test_nothing_else_may_be_framed(client):
    addresses = sorted(set(simple_addresses(get_resolver().url_patterns)) - set(FRAMED))
    assert len(addresses) > 60
    others = ["/embed/", "/embed/mur/", "/embed/autre", "/embed/fait-ici.js", "/embed/muret"]
    for address in [*others, *addresses]:
        answer = client.get(address)
        assert answer.get("X-Frame-Options") == "DENY", address
        assert "frame-ancestors 'none'" in answer.get("Content-Security-Policy", ""), address


@pytest.mark.parametrize("address", FRAMED)
def test_somebody_with_a_session_sees_what_all_see(client, address):
    item()
    anonymous = client.get(address)
    known = cast.client_of(cast.volunteer()).get(address)
    assert known.content == anonymous.content and not known.cookies
    assert "cookie" not in known.get("Vary", "").lower()


@pytest.mark.parametrize("address", FRAMED)
def test_it_is_read_only(client, address):
    assert client.post(address).status_code == 405


def numbers(client, **parameters):
    """The numbers of the collected publications in an embedded wall."""
    found = page(client.get("/embed/mur", parameters)).select("[data-item]")
    return {int(one["data-item"]) for one in found}


def test_the_wall_is_narrowed_as_asked(client):
    potter = factories.listing(category="ceramiste")
    baker = factories.listing(category="cremerie", commune="Houdan")
    member(potter)
    pot, cheese = item("", "poterie", listing=potter), item("", "lait", listing=baker)
    bare = item()
    assert numbers(client) == {pot.pk, cheese.pk, bare.pk}
    assert numbers(client, etiquette="#Poterie") == {pot.pk}
    assert numbers(client, categorie="ceramiste") == {pot.pk}
    assert numbers(client, categorie=factories.category("ceramiste").parent.slug) == {pot.pk}
    assert numbers(client, commune="houdan") == numbers(client, commune="78310") == {cheese.pk}
    assert numbers(client, label="1") == {pot.pk}
    assert numbers(client, categorie="cremerie", label="1") == set()
    assert len(numbers(client, nombre="2")) == 2
    assert numbers(client, inconnu="x") == {pot.pk, cheese.pk, bare.pk}


def test_it_shows_posts_as_well_and_links_open_outside(client):
    made = post("Bonjour")
    found = page(client.get("/embed/mur"))
    assert found.select_one(f"[data-post='{made.pk}']") and found.base["target"] == "_blank"


@pytest.mark.parametrize("address", FRAMED)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "rose"),
        ("categorie", "n-existe-pas"),
        ("commune", "nulle-part"),
        ("commune", "\x00"),
        ("label", "oui"),
        ("nombre", "0"),
        ("nombre", "NaN"),
        ("nombre", "10000"),
        ("rayon", "-1"),
        ("etiquette", "x" * 61),
    ],
)
def test_an_impossible_value_is_said_and_leads_to_the_site(client, address, name, value):
    answer = client.get(address, {name: value})
    assert answer.status_code == 400
    found = page(answer)
    told = found.select_one("[role=alert] p").get_text()
    assert told.startswith(name) and found.select_one(".embed-foot a")
    assert "X-Frame-Options" not in answer and not answer.cookies


@pytest.mark.parametrize("theme", ["auto", "clair", "sombre"])
def test_the_theme_is_the_hosts_to_choose(client, theme):
    assert page(client.get(f"/embed/mur?theme={theme}")).html["data-theme"] == theme


def test_the_two_themes_have_the_very_colours_of_the_site():
    def tokens(text):
        return dict(re.findall(r"(--[\w-]+): ([^;]+);", text))

    def families(text):
        return dict(re.findall(r"\.family-(\w+) \{ --family: ([^;]+); \}", text))

    site = Path(finders.find("home/css/site.css")).read_text()
    own = Path(finders.find("home/css/embedded.css")).read_text()
    light, _, dark = site.partition("@media (prefers-color-scheme: dark)")
    dark_tokens, _, rest = dark.partition("/* A family's colour")
    light_families, _, dark_families = rest.partition("@media (prefers-color-scheme: dark)")
    clear, _, sombre = own.partition(':root[data-theme="sombre"]')
    assert tokens(dark_tokens)
    changing = tokens(dark_tokens).keys()
    assert {name: tokens(clear)[name] for name in changing} == {
        name: tokens(light)[name] for name in changing
    }
    assert tokens(dark_tokens).items() <= tokens(sombre).items()
    assert families(clear) == families(light_families) and len(families(clear)) == 12
    assert families(sombre) == families(dark_families.split("@layer")[0])


def test_the_map_looks_where_the_addresses_are(client):
    factories.listing(category="ceramiste")
    factories.listing(category="cremerie", commune="Houdan")
    view = page(client.get("/embed/carte")).find("listing-map")
    west, south, east, north = map(float, view["data-home"].split(","))
    lats, lngs = zip(*Listing.objects.values_list("lat", "lng"), strict=True)
    # With room around them, so that no sign is cut off.
    assert west < min(lngs) < max(lngs) < east and south < min(lats) < max(lats) < north
    here = page(client.get("/embed/carte?commune=houdan")).find("listing-map")
    assert here["data-lat"].startswith("48.7") and "data-home" not in here.attrs
    only = page(client.get("/embed/carte?categorie=ceramiste")).select_one(".embed-foot")
    assert "1 adresse" in only.get_text()


def test_the_map_of_nobody_still_answers(client):
    assert client.get("/embed/carte?categorie=ceramiste").status_code == 200


@pytest.mark.parametrize("number", [10, 1000])
def test_the_map_takes_as_many_queries_however_many_there_are(
    client, django_assert_max_num_queries, number
):
    from directory.models import Listing

    commune = factories.commune()
    Listing.objects.bulk_create(
        Listing(name=f"F{one}", slug=f"f{one}", live=True, commune=commune, lat=48.6, lng=1.8)
        for one in range(number)
    )
    client.get("/")
    with django_assert_max_num_queries(12):
        assert client.get("/embed/carte").status_code == 200


def test_the_script_keeps_its_address_and_is_a_script(client):
    answer = client.get("/embed/fait-ici.js")
    assert answer["Content-Type"].startswith("text/javascript") and not answer.cookies
    assert b"document.currentScript" in answer.content
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["ETag"]


def lines(answer):
    """The two texts to copy."""
    return [area.get_text() for area in page(answer).select("textarea")]


def test_what_is_chosen_is_what_is_copied_and_shown(client):
    factories.listing(category="ceramiste")
    chosen = {"theme": "sombre", "etiquette": "#Noël", "categorie": "ceramiste", "label": "1"}
    answer = client.get("/integrer/", chosen | {"quoi": "mur", "hauteur": "500"})
    frame, script = lines(answer)
    wanted = "/embed/mur?theme=sombre&etiquette=no%C3%ABl&categorie=ceramiste&label=1"
    tag = BeautifulSoup(frame, "html.parser").iframe
    assert tag["src"] == settings.SITE_URL + wanted and tag["height"] == "500" and tag["title"]
    assert tag.a["href"] == f"{settings.SITE_URL}/mur/"
    place = BeautifulSoup(script, "html.parser").div
    assert place["data-fait-ici"] == "mur" and place["data-theme"] == "sombre"
    assert script.count("\n") == 1 and f'src="{settings.SITE_URL}/embed/fait-ici.js"' in script
    assert page(answer).select_one("iframe")["src"] == tag["src"]
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY" and not answer.cookies
    assert client.get(wanted).status_code == 200


def test_without_a_choice_it_is_the_wall_as_it_is(client):
    frame, _ = lines(client.get("/integrer/"))
    assert f'src="{settings.SITE_URL}/embed/mur"' in frame


@pytest.mark.parametrize("query", ["quoi=x", "hauteur=9", "categorie=x", "commune=%00", "theme=x"])
def test_an_impossible_choice_is_named(client, query):
    answer = client.get(f"/integrer/?{query}")
    assert answer.status_code == 400 and page(answer).select_one("[role=alert]")
    assert len(lines(answer)) == 2


def test_words_of_an_address_cannot_break_out_of_the_lines(client):
    answer = client.get("/integrer/", {"etiquette": '"><script>alert(1)</script>'})
    assert b"<script>alert" not in answer.content
    frame, script = lines(answer)
    assert "<script>alert" not in frame and "<script>alert" not in script


def test_usual_values_are_left_out():
    assert embedding.Asked().parameters == {}
    assert embedding.Asked(number=3, theme="clair").parameters == {"theme": "clair", "nombre": "3"}
