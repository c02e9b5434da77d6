"""Links to pages without photo are shown with a drawn card where they are shared."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from home.models import SiteSettings
from home.needle import Rim
from home.social_card import FOREST, MARGIN, PAPER, broken, card, fitted, type_of
from tests import factories
from tests.label.factories import member


def picture(answer):
    """The PNG of an answer, decoded."""
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    image = Image.open(io.BytesIO(answer.content))
    image.load()
    return image.convert("RGB")


def test_a_listing_without_photo_has_a_card(client, categories):
    listing = factories.listing("L’Œuf d’Or", category="cremerie")
    page = client.get(listing.get_absolute_url()).content.decode()
    address = f"{listing.get_absolute_url()}apercu.png"
    assert f'og:image" content="http://127.0.0.1:8000{address}"' in page
    answer = client.get(address)
    assert picture(answer).size == (1200, 630)
    assert len(answer.content) < 80_000
    assert answer["ETag"] and "s-maxage" in answer["Cache-Control"] and not answer.cookies
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_a_member_has_one_and_the_mark_tells_it(client, categories):
    listing = factories.listing("La Terre grise")
    plain = client.get(f"{listing.get_absolute_url()}apercu.png").content
    theirs = member(listing)
    stamped = picture(client.get(f"/label/membres/{theirs.slug}/apercu.png"))
    assert stamped.tobytes() != Image.open(io.BytesIO(plain)).convert("RGB").tobytes()
    alone = member(holder="Odile", commune=factories.commune())
    page = client.get(alone.get_absolute_url()).content.decode()
    assert f"/label/membres/{alone.slug}/apercu.png" in page
    picture(client.get(f"/label/membres/{alone.slug}/apercu.png"))


def test_what_is_not_published_has_none(client, db):
    hidden = factories.listing("Brouillon", live=False)
    assert client.get(f"{hidden.get_absolute_url()}apercu.png").status_code == 404
    gone = member(state="partie")
    assert client.get(f"/label/membres/{gone.slug}/apercu.png").status_code in (404, 410)
    assert client.get("/annuaire/fiche/rien/apercu.png").status_code == 404


def test_a_new_name_draws_a_new_card(client, db):
    listing = factories.listing("Avant")
    address = f"{listing.get_absolute_url()}apercu.png"
    before = client.get(address).content
    listing.name = "Après"
    listing.save()
    assert client.get(address).content != before


def test_the_needle_follows_the_settings(client, db):
    listing = factories.listing("La Ferme")
    address = f"{listing.get_absolute_url()}apercu.png"
    south = picture(client.get(address))
    site = SiteSettings.load()
    site.needle = Rim.NORTH
    site.save()
    assert picture(client.get(address)).tobytes() != south.tobytes()


@pytest.mark.parametrize("rim", Rim.values)
def test_the_mark_is_drawn_for_every_rim(rim):
    image = Image.open(io.BytesIO(card("Ferme", rim=rim))).convert("RGB")
    forest = tuple(int(FOREST[n : n + 2], 16) for n in (1, 3, 5))
    near = sum(
        all(abs(a - b) < 12 for a, b in zip(pixel, forest, strict=True))
        for pixel in image.crop((MARGIN, 380, MARGIN + 200, 630)).get_flattened_data()
    )
    assert 8_000 < near < 20_000


@settings(max_examples=25)
@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_the_name_is_nothing_leaves_the_card(title, detail):
    image = Image.open(io.BytesIO(card(title, detail))).convert("RGB")
    assert image.size == (1200, 630)
    paper = tuple(int(PAPER[n : n + 2], 16) for n in (1, 3, 5))
    edge = image.crop((1176, 0, 1200, 630)).getcolors()
    assert [colour for _, colour in edge] == [paper]


def test_a_long_name_is_set_smaller_and_breaks_between_words():
    font, lines = fitted("La Ferme de l’Œuf d’Or et des Volailles élevées en plein champ", 1056)
    assert font.size < 92 and " ".join(lines) == (
        "La Ferme de l’Œuf d’Or et des Volailles élevées en plein champ"
    )
    assert broken("a b", type_of(True, 44), 10_000) == ["a b"]
