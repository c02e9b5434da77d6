"""Whatever somebody sends as a text: a page holds no script, frame or style of theirs."""

import json
import re
import time

import pytest
from bs4 import BeautifulSoup
from django.template import engines

from home import rich_text
from home.models import HomePage, PlainPage
from tests import factories as directory
from tests.webmag import bodies, factories
from tests.webmag.hostile import HUGE, PAYLOADS, blocks_with, blocks_with_pictures
from webmag.body import rendered
from webmag.models import Article

pytestmark = pytest.mark.django_db

# The icons of our templates are the only drawings.
OURS = re.compile(
    r"p|b|strong|i|em|a|ul|ol|li|h[23]|br|div|span|figure|figcaption|picture|source|img|dl|dt|dd"
    r"|section|aside|header|blockquote|footer|table|caption|thead|tbody|tr|th|td|svg|use|article"
    r"|photo-gallery|click-to-play|listing-map"
)
DATA = {"application/ld+json", "application/json"}
ADDRESS = re.compile(r"https?://[^/\\]|mailto:|tel:|/(?![/\\])|#", re.IGNORECASE)


def dangers(html):
    """What in a piece of HTML could run, load, cover or lead astray."""
    found = []
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if not OURS.fullmatch(tag.name) and not (tag.name == "script" and tag.get("type") in DATA):
            found.append(f"<{tag.name}>")
        for name, value in tag.attrs.items():
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "action"}:
                found.append(f"{tag.name} {name}")
            if name in {"href", "src", "xlink:href"} and not ADDRESS.match(value):
                found.append(f"{tag.name} {name}={value[:80]!r}")
            if name == "data-frame" and not value.startswith("https://www.youtube-nocookie.com/"):
                found.append(f"frame {value}")
    return found


def shown(blocks):
    """The HTML of a body as it would come from the database."""
    return rendered(Article(body=factories.body(blocks)).body)


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_no_block_lets_a_hostile_text_do_anything(number):
    for block in blocks_with(PAYLOADS[number]):
        html = shown([block])
        assert dangers(html) == [], block[0]
        # It can be sent and is one piece: nothing of it closes what is not its own.
        html.encode()
        assert "\x00" not in html


def test_dangers_are_seen():
    for text in (
        "<script>x</script>",
        "<iframe>",
        "<p onclick=x>",
        "<p style=x>",
        "<a href=javascript:x>",
        "<a href=//evil.example>",
        "<svg><style>",
        "<click-to-play data-frame=https://evil.example>",
    ):
        assert dangers(text), text


@pytest.mark.django_db
def test_words_beside_photos_listings_and_files_do_nothing_either(categories):
    photo = factories.photo(
        title="<img src=x onerror=alert(1)>", credit="<script>alert(1)</script>"
    )
    listing = directory.listing("<script>alert(1)</script>")
    file = bodies.document(title="<svg onload=alert(1)>")
    for text in PAYLOADS:
        blocks = blocks_with_pictures(text, photo.pk, listing.pk, file.pk)
        assert dangers(shown(blocks)) == [], text


def test_the_recipe_s_data_cannot_leave_its_script_element():
    for text in PAYLOADS:
        html = shown([("recipe", bodies.recipe(name=text, steps=[text]))])
        [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        assert json.loads(script)["@type"] == "Recipe"
        assert html.count("</script") == 1


@pytest.mark.django_db
def test_what_is_stored_is_clean_already():
    for text in PAYLOADS:
        article = factories.article(blocks=[("text", text)], live=False)
        # Loaded blocks are written anew, as after any change in the editor.
        list(article.body)
        article.save()
        stored = json.dumps(Article.objects.get(pk=article.pk).body.get_prep_value()[0]["value"])
        kept = json.loads(stored)
        assert dangers(re.sub(r' (linktype|id|data-block-key)="[\w-]*"', "", kept)) == [], text


@pytest.mark.django_db
def test_plain_pages_are_as_clean(client):
    blocks = [("text", text) for text in PAYLOADS]
    page = PlainPage(title="Le label", slug="le-label", body=factories.body(blocks))
    HomePage.objects.get().add_child(instance=page)
    html = client.get("/le-label/").content.decode()
    prose = html.split('<div class="prose">')[1].split("</main>")[0]
    assert dangers(prose) == [] and "profond" in prose


@pytest.mark.django_db
def test_rich_text_outside_of_a_body_has_a_filter_that_cleans_it():
    template = engines["django"].from_string("{% load webmag_body %}{{ text|clean_text }}")
    for text in PAYLOADS:
        assert dangers(template.render({"text": text})) == [], text
    assert template.render({"text": "<p><b>Édito</b></p>"}) == "<p><b>Édito</b></p>"
    assert template.render({"text": None}) == ""


@pytest.mark.django_db
def test_links_of_contributors_stay_and_say_noopener():
    html = shown(
        [
            (
                "text",
                "<p><a href='https://a.example/?b=1&amp;c=2'>a</a> "
                "<a href='mailto:a@b.example'>b</a>"
                "<a href='tel:+33639981107'>c</a> <a href='/annuaire/'>d</a></p>",
            )
        ]
    )
    assert '<a href="https://a.example/?b=1&amp;c=2" rel="noopener">a</a>' in html
    for href in ("mailto:a@b.example", "tel:+33639981107", "/annuaire/"):
        assert f'<a href="{href}"' in html
    strangers = rich_text.for_readers("<a href='https://a.example'>a</a>", "nofollow ugc noopener")
    assert strangers == '<a href="https://a.example" rel="nofollow ugc noopener">a</a>'


@pytest.mark.django_db
def test_a_huge_text_is_shown_in_little_time():
    for text in HUGE:
        began = time.perf_counter()
        html = shown(blocks_with(text))
        assert time.perf_counter() - began < 10
        assert "<script>" not in html and "<b><b>" not in html and "<li><ul>" not in html


def test_a_text_with_far_too_many_marks_keeps_its_words():
    assert rich_text.for_keeping("<b>" * 20_000 + "reste").strip() == "reste"


def test_what_no_database_can_hold_is_left_out():
    text = "a\x00b\ud800c\x1bd 😀 é \u202e"
    assert rich_text.writable(text) == "abcd 😀 é \u202e"
    raw = factories.body([("heading", text), ("quote", {"text": text, "author": "\udc00"})])
    body = Article(body=raw).body
    assert body[0].value == "abcd 😀 é \u202e"
    assert (body[1].value["text"], body[1].value["author"]) == ("abcd 😀 é \u202e", "")
