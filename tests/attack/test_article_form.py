"""The article's editor: whatever is typed or sent, no error of ours, and what was typed is kept."""

import html
import io
import json
import struct
import time
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from home.models import Photo
from tests import factories as directory
from tests.webmag import factories
from tests.webmag.hostile import PAYLOADS
from webmag.models import Article, Author, Role
from webmag.team import rights

pytestmark = pytest.mark.django_db

KEPT = "Ce que Paul a mis reste."
TEXTS = ("title", "standfirst", "main_caption", "tags", "communes", "bylines-0-part")
CHOICES = ("slug", "section", "main_image", "updated_on", "bylines-0-author", "about-0-listing")
MORE = ("seo_title", "search_description", "go_live_at", "expire_at", "body-1-value-url")
MORE += ("body-1-value-title", "body-1-value-photo", "body-1-value-caption", "body-1-id")
MORE += ("comments-0-text", "comments-0-contentpath", "body-count", "bylines-TOTAL_FORMS")
FIELDS = (*TEXTS, *CHOICES, *MORE)
WORST = ["\x00", "\ud800", "a" * 10_000, "‮egamorf", "9" * 5000, *PAYLOADS[:3]]


@pytest.fixture
def paul(client):
    """A contributor, and what they have begun."""
    magazine = factories.magazine("L’Écho", slug="echo", sections=["portraits"])
    paul = directory.user("paul@example.org", display_name="Paul")
    rights.appoint(paul, magazine, Role.Kind.CONTRIBUTOR)
    paul.draft = factories.article("Le pain", KEPT, magazine=magazine, owner=paul, live=False)
    client.force_login(paul)
    return paul


def rows(name, *fields):
    """One row of a list in the form."""
    sums = {"TOTAL": 1, "INITIAL": 0, "MIN_NUM": 0, "MAX_NUM": 1000}
    made = {f"{name}-{kind}_FORMS": number for kind, number in sums.items()}
    return made | {f"{name}-0-{field}": "" for field in (*fields, "id", "ORDER", "DELETE")}


def form_of(paul):
    """What the editor sends: a text, an embedded video, a signature, a listing, a comment."""
    said = {"key": "a", "text": KEPT, "type": "unstyled", "depth": 0}
    said |= {"inlineStyleRanges": [], "entityRanges": []}
    block = {"order": 0, "deleted": "", "id": ""}
    return {
        "title": "Le pain",
        "slug": paul.draft.slug,
        **dict.fromkeys((*TEXTS[1:5], *CHOICES[1:4], *MORE[:4]), ""),
        **rows("bylines", "author", "part"),
        **rows("about", "listing"),
        **rows("comments", "text", "contentpath", "position"),
        "bylines-0-author": Author.objects.get(user=paul).pk,
        "about-TOTAL_FORMS": 0,
        "comments-TOTAL_FORMS": 0,
        "body-count": 2,
        "body-0-type": "text",
        "body-0-value": json.dumps({"blocks": [said], "entityMap": {}}),
        "body-1-type": "embed",
        **{f"body-0-{name}": value for name, value in block.items()},
        **{f"body-1-{name}": value for name, value in (block | {"order": 1}).items()},
        **{f"body-1-value-{name}": "" for name in ("url", "title", "photo", "caption")},
    }


def sent(client, paul, **changed):
    """The answer to the form with these fields changed; what was typed beside them is kept."""
    for name in ("about", "comments"):
        if any(field.startswith(f"{name}-0") for field in changed):
            changed[f"{name}-TOTAL_FORMS"] = 1
    address = reverse("wagtailadmin_pages:edit", args=[paul.draft.pk])
    # A form travels as bytes, in which half of a sign is a question mark.
    form = {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in (form_of(paul) | changed).items()
    }
    answer = client.post(address, form)
    assert answer.status_code in (200, 302, 400), changed
    if answer.status_code == 200:
        assert KEPT in html.unescape(html.unescape(answer.content.decode())), changed
    stored = str(Article.objects.get(pk=paul.draft.pk).get_latest_revision_as_object().body)
    assert KEPT in html.unescape(stored), changed
    return answer


def harmless(answer):
    """Whether none of the words stands in a page as it came."""
    page = answer.content.decode(errors="replace")
    return not any(word in page for word in WORST if "<" in word)


def test_the_form_as_it_is_saves(client, paul):
    assert sent(client, paul).status_code == 200  # A video without an address.
    with_video = {"body-1-value-url": "https://www.youtube.com/watch?v=aB3_dE6-hIj"}
    assert sent(client, paul, **with_video, **{"body-1-value-title": "Vu"}).status_code == 302


@pytest.mark.parametrize("field", FIELDS)
def test_one_field_full_of_nonsense_costs_nothing_of_the_others(client, paul, field):
    for word in WORST:
        if field == "body-count" or field.endswith("TOTAL_FORMS"):
            address = reverse("wagtailadmin_pages:edit", args=[paul.draft.pk])
            assert client.post(address, form_of(paul) | {field: "abc"}).status_code < 500
        else:
            assert harmless(sent(client, paul, **{field: word})), (field, word)


def test_names_from_right_to_left_and_of_signs_are_shown_everywhere(client, paul):
    name = "مريم שרה 🧀\u202e"
    author = Author.objects.get(user=paul)
    author.name = name
    author.save()
    paul.draft.get_latest_revision().publish()
    article = Article.objects.get(pk=paul.draft.pk)
    for address in (
        article.get_url(),
        author.get_absolute_url(),
        "/flux/articles.rss",
        "/flux/articles.atom",
        "/api/v1/articles",
        "/magazines/echo/",
        "/gestion/",
        f"/gestion/pages/{article.pk}/edit/",
    ):
        assert client.get(address).status_code == 200, address


# --- Photos -------------------------------------------------------------------------------------


def bomb(side=30_000):
    """A PNG of one colour that says it has 900 million pixels, in some hundred kilobytes."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\x00" * (side // 8 + 1) * side, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def photo_file(kind="JPEG"):
    """A real photo, small."""
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(written, kind)
    return written.getvalue()


LIARS = {
    "bomb": ("bombe.png", bomb()),
    "svg with a script": (
        "dessin.svg",
        b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>",
    ),
    "html called jpg": ("page.jpg", b"<!doctype html><script>alert(1)</script>"),
    "php behind a gif's first bytes": ("x.gif", b"GIF89a<?php system('id'); ?>"),
    "a program called png": ("x.png", b"MZ" + b"\x00" * 500),
    "nothing": ("vide.jpg", b""),
    "half": ("demi.jpg", photo_file()[:200]),
    "a name that climbs": ("../../../etc/passwd", photo_file()[:100]),
}


@pytest.mark.parametrize("name", LIARS)
def test_what_is_no_photo_is_refused_at_each_door_with_a_message(client, paul, name):
    file_name, content = LIARS[name]
    collection = rights.Collection.objects.get(name="L’Écho").pk
    doors = {
        reverse("wagtailimages:add"): ("file", "title", "collection"),
        reverse("wagtailimages:add_multiple"): ("files[]", "title", "collection"),
        reverse("wagtailimages_chooser:create"): tuple(
            f"image-chooser-upload-{field}" for field in ("file", "title", "collection")
        ),
    }
    for address, (file, title, where) in doors.items():
        began = time.process_time()
        form = {file: SimpleUploadedFile(file_name, content), title: "x", where: collection}
        answer = client.post(address, form, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        assert answer.status_code in (200, 400), (address, answer.status_code)
        assert b"<script>alert" not in answer.content
        assert time.process_time() - began < 3
    assert not Photo.objects.exists()


def test_a_photo_that_lies_about_its_type_is_kept_as_what_it_is(client, paul):
    collection = rights.Collection.objects.get(name="L’Écho").pk
    lie = SimpleUploadedFile("vraiment.png", photo_file("WEBP"))
    form = {"files[]": lie, "title": "x", "collection": collection}
    answer = client.post(
        reverse("wagtailimages:add_multiple"), form, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
    )
    assert answer.status_code == 200
    for photo in Photo.objects.all():
        assert Image.open(photo.file).format == "WEBP" and photo.file.name.endswith(".webp")
