"""Blocks in the editor: what it refuses, and that nothing typed is lost."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests import factories as directory
from tests.webmag import bodies, factories
from webmag.blocks import ARTICLE_BLOCKS
from webmag.models import Article

pytestmark = pytest.mark.django_db
BLOCKS = dict(ARTICLE_BLOCKS)


def stream():
    """The block of a whole body."""
    return Article._meta.get_field("body").stream_block


def cleaned(blocks):
    """A body as the editor would check it."""
    return stream().clean(Article(body=factories.body(blocks)).body)


def test_one_of_each_is_accepted(categories):
    assert len(cleaned(bodies.one_of_each())) == len(BLOCKS)


@pytest.mark.parametrize(
    "block",
    [
        ("heading", "x" * 121),
        ("text", f"<p>{'x' * 20_001}</p>"),
        ("text", "<b></b>" * 30_000),
        ("quote", {"text": "x" * 1001, "author": ""}),
        ("interview", {"who": "", "exchanges": []}),
        ("photo", {"photo": None, "caption": "", "alt": ""}),
        ("gallery", {"title": "x", "slides": []}),
        ("embed", {"url": "https://evil.example/", "title": "x", "photo": None, "caption": ""}),
        ("embed", {"url": "javascript:alert(1)", "title": "x", "photo": None, "caption": ""}),
        ("recipe", bodies.recipe(preparation=-1)),
        ("recipe", bodies.recipe(cooking=10**9)),
        ("recipe", bodies.recipe(ingredients=[])),
        ("recipe", bodies.recipe(steps=["x" * 1501])),
        ("practical", {"title": "x" * 61, "listing": None, "rows": []}),
        ("listing", {"listing": None}),
        ("map", {"title": "x", "listings": []}),
        ("table", {"table": None, "row_headings": True}),
        ("table", {"table": bodies.table(caption="x" * 251), "row_headings": True}),
        ("table", {"table": bodies.table(rows=[{"values": ["a", "b"]}] * 101)}),
        ("file", {"file": None, "label": ""}),
    ],
)
def test_what_is_empty_too_long_or_impossible_gets_a_message(block):
    with pytest.raises(ValidationError):
        cleaned([block])


def test_an_article_has_one_map_at_most(categories):
    listings = [directory.listing().pk, directory.listing().pk]
    block = ("map", {"title": "x", "listings": listings})
    assert cleaned([block])
    with pytest.raises(ValidationError):
        cleaned([block, block])


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_shows_what_it_is_before_it_is_taken(client, moderator, categories, name):
    bodies.document()
    for _ in range(3):
        factories.article(main_image=factories.photo())
        directory.listing("Un fournil")
    block = stream().child_blocks[name]
    assert block.get_description() and block.meta.group and block.is_previewable
    client.force_login(moderator)
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    [shown] = re.findall(
        r'<div class="prose blocks">(.*)</div></main>', answer.content.decode(), re.S
    )
    assert len(shown.strip()) > 30


@pytest.mark.parametrize("name", ["photo", "gallery"])
def test_what_a_block_shows_first_is_nobody_s_unpublished_photo(client, moderator, name):
    factories.photo("Les ânes de Paul")
    factories.article(main_image=factories.photo("Les oies d’Ines"), live=False)
    client.force_login(moderator)
    block = stream().child_blocks[name]
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert "ânes" not in answer.content.decode() and "oies" not in answer.content.decode()


@pytest.mark.parametrize("name", BLOCKS)
def test_a_preview_has_no_error_on_an_empty_site(client, moderator, name):
    client.force_login(moderator)
    block = stream().child_blocks[name]
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200


@pytest.fixture
def send(client, moderator):
    """Save a draft whose body is one block, as the editor's form does."""
    client.force_login(moderator)
    article = factories.article("Le pain", live=False)

    def post(kind, value):
        data = {
            "title": "Le pain",
            "slug": article.slug,
            "standfirst": "",
            "main_caption": "",
            **{
                f"{rows}-{name}_FORMS": 0
                for rows in ("bylines", "about")
                for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
            },
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "tags": "",
            "main_image": "",
            "section": "",
            "updated_on": "",
            "body-count": 1,
            "body-0-type": kind,
            "body-0-order": 0,
            "body-0-deleted": "",
            "body-0-id": "",
            "body-0-value": value,
        }
        address = reverse("wagtailadmin_pages:edit", args=[article.pk])
        answer = client.post(address, data)
        return answer, Article.objects.get(pk=article.pk).get_latest_revision_as_object()

    return post


def contentstate(text):
    """What the editor of rich text sends."""
    block = {
        "key": "abcde",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    return json.dumps({"blocks": [block], "entityMap": {}})


def test_a_draft_is_saved(send):
    answer, draft = send("text", contentstate("Bonjour <script>alert(1)</script>"))
    assert answer.status_code == 302
    assert "Bonjour &lt;script&gt;" in str(draft.body[0].value)


@pytest.mark.parametrize("kind", ["heading", "text"])
def test_200_kb_of_text_get_a_message_and_are_not_lost(send, kind):
    long = "pain " * 40_000
    answer, draft = send(kind, contentstate(long) if kind == "text" else long)
    assert answer.status_code == 200
    assert answer.content.decode().count("pain pain") > 10_000
    assert len(draft.body) == 0


@pytest.mark.parametrize(
    "value",
    [
        "<script>alert(1)</script>",
        "",
        "null",
        "[]",
        "{}",
        '{"blocks": 1}',
        '{"blocks": [{"text": "x"}], "entityMap": {}}',
        contentstate("a\ud800b"),
        contentstate("a\x00b"),
        contentstate("\u202e😀"),
        "[" * 5000,
    ],
)
def test_what_is_not_of_the_editor_is_no_error_and_runs_nothing(send, value):
    answer, draft = send("text", value)
    assert answer.status_code in (200, 302)
    for block in draft.body:
        assert "<script" not in str(block.value)
        str(block.value).encode()
