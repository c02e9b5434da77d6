"""Lists of sources come from feed readers and go back to them."""

import pytest

from label.collecting import opml
from label.collecting.opml import Outline
from label.models import Source

LIST = b"""<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>
<outline text="Fermes"><outline text="Le rucher &amp; co" title="" type="rss"
 xmlUrl="https://rucher.example/feed" htmlUrl="https://rucher.example/"/>
<outline text="encore" xmlUrl="https://rucher.example/feed"/></outline>
<outline text="mauvais" xmlUrl="javascript:alert(1)"/><outline text="sans"/>
<outline xmlUrl="HTTPS://Atelier.example/a b"/></body></opml>"""


def test_a_list_is_read_at_any_depth_each_feed_once():
    assert opml.read(LIST) == [
        Outline("Le rucher & co", "https://rucher.example/feed"),
        Outline("", "https://atelier.example/a%20b"),
    ]


def test_what_is_written_is_read_again():
    sources = [
        Source(
            title="Le <rucher> & co", url="https://a.example/?a=1&b=2", address="https://a.example/"
        ),
        Source(title="", url="https://b.example/feed", address="https://b.example/"),
    ]
    assert opml.read(opml.write(sources)) == [
        Outline("Le <rucher> & co", "https://a.example/?a=1&b=2"),
        Outline("https://b.example/", "https://b.example/feed"),
    ]


def test_an_empty_list_is_a_list():
    assert opml.read(opml.write([])) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"texte",
        b"<rss/>",
        b"<opml>",
        b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body/></opml>",
        b"<!DOCTYPE opml SYSTEM 'file:///etc/passwd'><opml/>",
        b"<?xml version='1.0' encoding='inconnu'?><opml/>",
        b"\xff\xfe\x00",
        b"<opml>" + b"<outline>" * 100_000,
    ],
    ids=range(9),
)
def test_what_is_no_list_is_refused_in_plain_words(content):
    with pytest.raises(ValueError, match="^Ce fichier n’est pas une liste OPML.$"):
        opml.read(content)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(ValueError, match="2 Mo"):
        opml.read(b" " * (opml.LARGEST + 1))
