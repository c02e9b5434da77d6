"""What the feeds of small sites get wrong, and every reader takes all the same."""

import json
from datetime import UTC, datetime

import pytest

from label.collecting import parsing
from label.collecting.cleaning import clean

URL = "https://ferme.example/flux.xml"


def read(body, content_type=""):
    """The entries of a feed at its address."""
    body = body if isinstance(body, bytes) else body.encode()
    return parsing.read("flux", body, content_type, URL).entries


def item(inside):
    """An RSS feed of one item."""
    return f'<rss version="2.0"><channel><item>{inside}</item></channel></rss>'


@pytest.mark.parametrize("said", ["ISO-8859-1", "iso-8859-1", "latin1", "us-ascii", "windows-1252"])
@pytest.mark.parametrize("where", ["document", "server"])
def test_the_signs_of_windows_stay_whatever_the_feed_calls_itself(said, where):
    title = "L’œuf à 2 € – « frais »"
    head = f'<?xml version="1.0" encoding="{said}"?>' if where == "document" else ""
    body = head + item(f"<title>{title}</title><link>https://ferme.example/1</link>")
    (entry,) = read(body.encode("cp1252"), f"text/xml; charset={said}" if not head else "")
    assert entry.title == title


def test_the_signs_of_windows_stay_though_somebody_turned_them_into_others():
    title = "L\x92\x9cuf à 2\xa0\x80"
    (entry,) = read(item(f"<title>{title}</title><link>https://ferme.example/1</link>"))
    assert entry.title == "L’œuf à 2\xa0€"


def test_a_blank_in_the_name_of_a_vocabulary_stops_nobody():
    body = (
        '<rss version="2.0" xmlns:dc=" http://purl.org/dc/elements/1.1/ " xmlns:x="a b c"><channel>'
        "<item><title>Miel</title><link>https://ferme.example/1</link><x:y>z</x:y>"
        "<dc:creator>Maud</dc:creator></item></channel></rss>"
    )
    (entry,) = read(body)
    assert (entry.title, entry.author) == ("Miel", "Maud")


def test_what_is_enclosed_stands_in_for_a_link():
    sound = '<enclosure url="https://ferme.example/son/1.mp3" type="audio/mpeg" length="1"/>'
    (entry,) = read(item(f'<title>Émission</title><guid isPermaLink="false">7f3</guid>{sound}'))
    assert entry.url == "https://ferme.example/son/1.mp3" and entry.guid == "7f3"
    attached = {"url": "/son/2.mp3", "mime_type": "audio/mpeg"}
    (entry,) = read(json.dumps({"items": [{"id": "8", "attachments": [attached]}]}))
    assert entry.url == "https://ferme.example/son/2.mp3" and entry.guid == "8"


def test_no_address_is_made_up_from_a_name():
    assert read(item('<title>Miel</title><guid isPermaLink="false">7f3-b2</guid>')) == ()
    feed = {"items": [{"id": "7", "content_text": "Miel"}, {"id": 8, "url": "/miel"}]}
    (entry,) = read(json.dumps(feed))
    assert entry.url == "https://ferme.example/miel"


def test_the_links_of_a_text_begin_where_the_feed_says():
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Miel</title>
    <link href="https://ferme.example/2026/miel"/>
    <content type="html" xml:base="https://photos.example/album/">
    &lt;a href="prix"&gt;prix&lt;/a&gt; &lt;img src="pot.jpg"&gt;</content></entry></feed>"""
    entry = clean(*read(body))
    assert 'href="https://photos.example/album/prix"' in entry.html
    assert entry.pictures[0].url == "https://photos.example/album/pot.jpg"
    entry = clean(*read(body.replace('xml:base="https://photos.example/album/"', "")))
    assert 'href="https://ferme.example/2026/prix"' in entry.html


def test_a_category_is_what_people_read_as_well():
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Miel</title>
    <link href="https://ferme.example/1"/><category term="c12" label="#mis78"/></entry></feed>"""
    assert read(body)[0].tags == ("c12", "#mis78")


LINK = "<link>https://ferme.example/1</link>"


def test_what_an_image_shows_does_not_replace_what_was_written():
    """Mastodon's own feeds are so: a few words, and an image described at length."""
    medium = (
        '<media:content url="https://ferme.example/{0}.jpg" type="image/jpeg">{1}</media:content>'
    )
    alt = (
        'Trois miches &amp; un « pain » d\'"épeautre" sur une table, ' + "longuement décrites " * 9
    )
    said = f"<media:description type='plain'>{alt}</media:description>"
    both = medium.format(1, said) + medium.format(
        2, "<media:description>Le four</media:description>"
    )
    (entry,) = read(item(f"{LINK}<description>Four ouvert #mis78</description>{both}"))
    assert entry.html == "Four ouvert #mis78"
    first, second = entry.pictures
    assert (
        first.alt.startswith('Trois miches & un « pain » d\'"épeautre" sur')
        and second.alt == "Le four"
    )


def test_the_text_of_a_film_stays_its_text():
    group = (
        "<media:group><media:title>T</media:title><media:description>Le four</media:description>"
    )
    (entry,) = read(item(f"<title>Film</title>{LINK}{group}</media:group>"))
    assert entry.html == "Le four"


@pytest.mark.parametrize("name", ["\0", "\ud800", [], ["\0"], {"a": 1}, True, None, " "])
def test_a_name_that_is_none_is_none(name):
    (entry,) = read(json.dumps({"items": [{"id": name, "url": "/miel", "title": "Miel"}]}))
    assert entry.guid == "https://ferme.example/miel"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>contact@ferme.paris (Maud du rucher)</author>", "Maud du rucher"),
        ("<author>Maud &lt;maud@ferme.boutique&gt;</author>", "Maud"),
        ("<author>contact@ferme.paris</author>", ""),
        ("<dc:creator>@maud@serveur.example</dc:creator>", "@maud@serveur.example"),
        ("<author>Maud (du rucher)</author>", "Maud (du rucher)"),
        ("<dc:creator>Maud (mailto:maud@ferme.example)</dc:creator>", "Maud"),
        ("<author><name>Maud</name><email>maud@ferme.example</email></author>", "Maud"),
        ("<dc:creator><![CDATA[Maud]]></dc:creator>", "Maud"),
    ],
)
def test_an_author_is_a_name_and_never_a_mail_address(author, name):
    assert read(item(f"<title>Miel</title>{LINK}{author}"))[0].author == name


def test_the_first_of_several_authors_is_named():
    people = "<author><name>Maud</name></author><author><name>Inès</name></author>"
    (entry,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Miel</title>'
        f'<link href="https://ferme.example/1"/>{people}</entry></feed>'
    )
    assert entry.author == "Maud"


def test_an_image_is_known_by_its_name_where_the_feed_says_nothing():
    media = (
        '<media:content url="https://ferme.example/pot.JPG?x=1" width="900"/>'
        '<media:content url="https://ferme.example/film.mp4"/>'
        '<enclosure url="https://ferme.example/son.mp3" type="audio/mpeg"/>'
    )
    (entry,) = read(item(f"<title>Miel</title>{LINK}{media}"))
    assert [one.url for one in entry.pictures] == ["https://ferme.example/pot.JPG?x=1"]


def test_words_that_a_program_put_into_one_are_told_apart():
    (entry,) = read(item(f"<title>Miel</title>{LINK}<category>Marché, mis78</category>"))
    assert entry.tags == ("Marché, mis78", "Marché", "mis78")


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("Mon, 03 Nov 2025 10:00:00 +0100", (2025, 11, 3, 9)),
        ("lun., 3 nov. 2025 10:00:00 +0100", (2025, 11, 3, 9)),
        ("LUN, 03 NOV 2025 10:00:00 +0100", (2025, 11, 3, 9)),
        ("ven., 15 août 2025 10:00:00 +0200", (2025, 8, 15, 8)),
        ("mar., 4 févr. 2025 10:00:00 +0100", (2025, 2, 4, 9)),
        # No zone: the site's own, in winter and in summer.
        ("Mon, 3 Nov 2025 10:00:00", (2025, 11, 3, 9)),
        ("Fri, 15 Aug 2025 10:00:00", (2025, 8, 15, 8)),
        ("lundi 3 novembre 2025 à 10h30", (2025, 11, 3, 9, 30)),
        ("1er décembre 2025", (2025, 11, 30, 23)),
        ("03/11/2025 10:00", (2025, 11, 3, 9)),
        ("November 3, 2025 10:00 PM", (2025, 11, 3, 21)),
        ("Mon, 3 Nov 25 10:00:00 GMT", (2025, 11, 3, 10)),
        ("Fri, 15 Aug 2025 10:00:00 CEST", (2025, 8, 15, 8)),
        ("Mon, 03 Nov 2025 10:00:00 GMT+1", (2025, 11, 3, 9)),
        ("Mon, 3 Nov 2025 24:00:00 +0000", (2025, 11, 4)),
        # An hour that comes twice, one that never comes, a second that clocks do not have.
        ("Sun, 26 Oct 2025 02:30:00", (2025, 10, 26, 0, 30)),
        ("Sun, 30 Mar 2025 02:30:00", (2025, 3, 30, 1, 30)),
        ("Sat, 31 Dec 2016 23:59:60 +0000", (2016, 12, 31, 23, 59, 59)),
        ("1762160400", (2025, 11, 3, 9)),
        ("1762160400000", (2025, 11, 3, 9)),
        ("2025-11-03T10:00:00+01:00", (2025, 11, 3, 9)),
        ("32/11/2025", None),
        ("lun., 3 brumaire 2025 10:00:00 +0100", None),
        ("Mon, 3 Nov 2025 25:00:00 +0000", None),
        ("demain", None),
    ],
)
def test_a_date_is_read_as_people_and_programs_spell_it(words, moment):
    link = "https://ferme.example/1"
    rss = item(f"<title>Miel</title><link>{link}</link><pubDate>{words}</pubDate>")
    feed = json.dumps({"items": [{"id": link, "date_published": words}]})
    for body in (rss, feed):
        assert read(body)[0].published == (datetime(*moment, tzinfo=UTC) if moment else None)
