"""Exports of old blogs that somebody made to do harm: read in time and memory, or refused."""

import gzip
import struct
import time
import tracemalloc
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from home.models import Photo
from tests import factories as people
from tests.outside import every_try
from tests.webmag import factories
from tests.webmag.blogs.served import image
from tests.webmag.blogs.wordpress import HEAD, export, item
from webmag.importing import opening, pictures
from webmag.importing.documents import Document, originals
from webmag.importing.originals import ImportRefused
from webmag.importing.pieces import Image
from webmag.models import Article, Role
from webmag.team import rights

SECONDS, MEGABYTES = 60, 60


@pytest.fixture
def read(tmp_path):
    """The originals of a file, in bounded time of this process and bounded memory."""

    def reading(data):
        path = tmp_path / "export.xml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        del data
        started = time.process_time()
        tracemalloc.start()
        try:
            found = list(originals(path, Document()))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert time.process_time() - started < SECONDS
        assert peak < MEGABYTES * 1024 * 1024
        return found

    return reading


def test_entities_are_not_unfolded(read):
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    outside = '<!ENTITY x SYSTEM "file:///etc/passwd">'
    source = export(item("Une &j; &x;", "&j;")).replace("<rss", f"{bomb}{outside}]>\n<rss", 1)
    (one,) = read(source)
    assert one.title == "Une &j; &x;"
    assert "root:" not in one.html


@pytest.mark.parametrize(
    "filling",
    [
        "<a>" * 200_000,
        "<item>" * 100_000,
        "<wp:comment><x>" * 60_000,
        "<![CDATA[" * 100_000,
        "<title>" * 100_000,
        "<a b='" * 100_000,
        "<" * 500_000,
        "&" * 500_000,
        "<!--" * 100_000,
        "<!" * 100_000,
        "]]>" * 100_000,
        "x" * 5_000_000,
        '<a xmlns:b="c">' * 100_000,
    ],
    ids=lambda filling: filling[:12],
)
def test_megabytes_of_nonsense_are_read_to_the_end(read, filling):
    found = read(f"{HEAD.format(site='https://x.example')}<item><title>Une</title>{filling}")
    assert found == [] or len(found) <= 20_000


def test_a_large_export_takes_no_more_memory_than_a_small_one(read):
    article = item("Une", "Bonjour " * 2_000, comments=50)
    assert len(read(export(*[article] * 500))) == 500


def test_packed_bombs_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST", 5_000_000)
    packed = tmp_path / "a.gz"
    packed.write_bytes(gzip.compress(b"<rss>" + b" " * 20_000_000))
    with pytest.raises(ImportRefused, match="trop gros"):
        list(originals(packed, Document()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<rss>" + b" " * 20_000_000)
    with pytest.raises(ImportRefused, match="trop gros"):
        list(originals(tmp_path / "a.zip", Document()))


def test_an_archive_that_says_it_is_small_is_cut_too(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../a.xml", b"<rss>" + b" " * 20_000_000)
    data = path.read_bytes()
    lie = data.replace(struct.pack("<L", 20_000_005), struct.pack("<L", 100))
    path.write_bytes(lie)
    with pytest.raises(ImportRefused):
        list(originals(path, Document()))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.zip"]


def gif_bomb():
    """A GIF that says it is 65,535 pixels on each side."""
    made = bytearray(image(kind="GIF"))
    made[6:10] = struct.pack("<HH", 65_535, 65_535)
    return bytes(made)


@pytest.mark.parametrize(
    "body",
    [gif_bomb(), b"GIF89a", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n", b"", b"<?php echo 1;"],
    ids=lambda body: str(body[:10]),
)
def test_an_image_that_is_none_is_refused(body):
    with pytest.raises(ValidationError):
        pictures.photo_of(None, Image(("https://x.example/a.gif",)), body)


@pytest.fixture
def echo(db):
    """« L’Écho », where Paul writes."""
    magazine = factories.magazine("L’Écho", slug="echo")
    paul = people.user("paul@example.org")
    rights.appoint(paul, magazine, Role.Kind.CONTRIBUTOR)
    return magazine


def test_images_behind_the_site_are_not_asked_for(tmp_path, echo, capsys):
    inside = [
        *("http://127.0.0.1/a.png", "http://169.254.169.254/a.png", "http://[::1]/a.png"),
        *("http://10.0.0.1/a.png", "http://2130706433/a.png", "file:///etc/passwd"),
        "http://localhost:5432/a.png",
    ]
    html = "".join(f'<p>x</p><img src="{one}">' for one in inside)
    path = tmp_path / "export.xml"
    path.write_text(export(item("Une", html, link="https://x.example/une/")))
    with every_try() as tried:
        call_command("import_blog", str(path), "--magazine=echo", "--author=paul@example.org")
    assert tried == []
    assert "created=1" in capsys.readouterr().out
    assert (Article.objects.count(), Photo.objects.count()) == (1, 0)
