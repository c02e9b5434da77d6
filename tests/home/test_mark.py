"""The mark: one drawing, whose needle points where the site's settings say."""

import io
import re

import pytest
from defusedxml import ElementTree
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import Image, ImageDraw

from home import social_card
from home.models import SiteSettings
from home.needle import Rim

pytestmark = pytest.mark.django_db


def settings(needle):
    """Let the needle point somewhere."""
    site = SiteSettings.load()
    site.needle = needle
    site.save()


def drawn(name="", **context):
    """The mark as a template includes it."""
    return render_to_string("components/mark.html", {"name": name, **context})


def test_by_default_it_is_the_drawing_of_the_static_file():
    shown = re.sub(r"\s+", " ", drawn().replace("mark-knockout", "knockout"))
    with open(finders.find("home/mark.svg")) as file:
        kept = re.sub(r"\s+", " ", file.read())
    for part in re.findall(r'd="[^"]+"', kept):
        assert shown.count(part) == kept.count(part)
    assert shown.count("<path") == kept.count("<path")
    assert 'viewBox="0 0 64 64"' in shown
    assert "rotate" not in shown


def test_by_default_the_ring_stands_where_it_stood():
    assert '<g transform="translate(24.64 25.86) scale(1.23)">' in drawn("Fait en Vexin")


@pytest.mark.parametrize("rim", [one for one in Rim if one not in (Rim.SOUTH, Rim.NONE)])
def test_another_rim_turns_the_drawing_and_not_the_name(rim):
    settings(rim)
    plain, named = drawn(), drawn("Fait en Vexin")
    assert re.search(r'<g transform="rotate\(\d+ 32 31\)">', plain)
    assert re.search(
        r'<g transform="translate\(24\.64 25\.86\) scale\(1\.23\) rotate\(\d+ 32 31\)">', named
    )
    assert "rotate" not in named.partition("<circle")[2]
    ElementTree.fromstring(plain)


def test_without_a_needle_the_sign_has_two_whole_legs():
    settings(Rim.NONE)
    assert "M41.5 13 38 47" in drawn()
    assert "M34.3 55" not in drawn()
    assert "M39 12.5" not in drawn()


def test_the_browsers_sign_follows_the_needle(client):
    assert "favicon.svg" in client.get("/").content.decode()
    assert 'href="/favicon.svg"' not in client.get("/").content.decode()
    settings(Rim.NORTH)
    assert 'href="/favicon.svg"' in client.get("/").content.decode()
    answer = client.get("/favicon.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"rotate(180 32 31)" in answer.content
    ElementTree.fromstring(answer.content)
    assert client.post("/favicon.svg").status_code == 405


def test_the_icons_of_telephones_follow_the_needle(client):
    def icons():
        page = client.get("/").content.decode()
        [touch] = re.findall(r'<link rel="apple-touch-icon" href="([^"]+)">', page)
        return touch, [one["src"] for one in client.get("/application.webmanifest").json()["icons"]]

    touch, listed = icons()
    assert touch.startswith("/static/") and all(src.startswith("/static/") for src in listed)
    settings(Rim.NORTH)
    touch, listed = icons()
    assert (touch, listed) == (
        "/icone-180.png",
        ["/icone-192.png", "/icone-512.png", "/icone-512.png"],
    )
    for size in (180, 192, 512):
        answer = client.get(f"/icone-{size}.png")
        assert answer["Content-Type"] == "image/png" and not answer.cookies
        assert Image.open(io.BytesIO(answer.content)).size == (size, size)
    for nonsense in ("/icone-1.png", "/icone-99999.png", "/icone-x.png"):
        assert client.get(nonsense).status_code == 404


@pytest.mark.parametrize("rim", Rim)
def test_a_launcher_that_cuts_a_circle_cuts_nothing_of_the_icon(rim):
    """https://www.w3.org/TR/appmanifest/#icon-masks: a circle of 40 % of the width is safe."""
    image = Image.open(io.BytesIO(social_card.icon(rim, 512))).convert("L")
    ground = image.getpixel((0, 0))
    beyond = Image.new("L", image.size, 255)
    ImageDraw.Draw(beyond).ellipse((51, 51, 461, 461), fill=0)
    outside = [one for one, masked in zip(image.tobytes(), beyond.tobytes(), strict=True) if masked]
    assert max(abs(one - ground) for one in outside) < 12


def test_the_frame_of_every_page_follows_the_needle(client):
    settings(Rim.WEST)
    page = client.get("/").content.decode()
    assert page.count("rotate(90 32 31)") == 2
