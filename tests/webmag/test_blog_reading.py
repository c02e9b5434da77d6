"""Exports and feeds of old blogs, read article by article, however they are written."""

import gzip
import zipfile
from datetime import UTC, datetime

import pytest

from tests.webmag.blogs import others
from tests.webmag.blogs.wordpress import HEAD, attachment, export, item
from webmag.importing import dates
from webmag.importing.addresses import key_of
from webmag.importing.documents import Document, originals
from webmag.importing.originals import ImportRefused, Kind, Original, Status


@pytest.fixture
def read(tmp_path):
    """The originals of a document, and what is known of the blog."""

    def reading(source, name="export.bin"):
        path = tmp_path / name
        path.write_bytes(source if isinstance(source, bytes) else source.encode())
        document = Document()
        return list(originals(path, document)), document

    return reading


def test_wordpress_gives_its_articles_with_all_that_stands_around(read):
    found, document = read(
        export(
            item(
                "Le four &amp; le pain",
                "Bonjour [gallery ids=\"9,8\"]",
                post_id=4,
                tags=[("category", "Cuisine"), ("post_tag", "pain"), ("nav_menu", "Menu"),
                      ("category", "Non classé")],
                metas=[("_thumbnail_id", "9")],
                comments=3,
            ),
            attachment(9, "https://haies.example/f.jpg", caption="Le four", alt="Un four"),
            item("menu", post_type="nav_menu_item"),
            item("révision", post_type="revision"),
        )
    )  # fmt: skip
    (one,) = found
    assert (document.kind, document.title) == ("WordPress", "Le carnet des haies")
    assert one.title == "Le four &amp; le pain"
    assert (one.author, one.tags) == ("Mona Ser", ("Cuisine", "pain"))
    assert one.published == datetime(2014, 3, 4, 10, tzinfo=UTC)
    assert one.lead.url == "https://haies.example/f.jpg"
    assert list(one.media) == ["9"]
    assert one.media["9"].caption == "Le four"
    assert one.notes == ("3 commentaires : pas repris",)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"status": "publish"}, Status.PUBLISHED),
        ({"status": "future"}, Status.DRAFT),
        ({"status": "pending"}, Status.DRAFT),
        ({"status": "private"}, Status.PRIVATE),
        ({"status": "trash"}, Status.TRASH),
        ({"post_password": "sésame"}, Status.PRIVATE),
    ],
)
def test_wordpress_says_how_public_an_article_was(read, values, status):
    assert read(export(item(**values)))[0][0].status == status


def test_a_draft_of_wordpress_has_no_date(read):
    (one,), _ = read(
        export(
            item(
                status="draft",
                post_date="0000-00-00 00:00:00",
                post_date_gmt="0000-00-00 00:00:00",
            )
        )
    )
    assert one.published is None


def test_blocks_that_articles_share_are_in_each(read):
    found, _ = read(
        export(
            item(html='<p>Un</p><!-- wp:block {"ref":77} /-->'),
            item(html="<p>Partagé</p>", post_id=77, post_type="wp_block"),
        )
    )
    assert found[0].html == "<p>Un</p><p>Partagé</p>"
    assert not found[0].breaks


def test_overblog_gives_articles_pages_and_drafts(read):
    found, document = read(others.OVERBLOG)
    soup, draft, page = found
    assert (document.kind, document.title) == ("Overblog", "Les paniers d’Odile")
    assert soup.address == "http://paniers.over-blog.example/2014/03/la-soupe.html"
    assert soup.tags == ("Soupe", "Légumes d’hiver")
    assert soup.published == datetime(2014, 3, 12, 9, 22, tzinfo=UTC)
    assert soup.notes == ("2 commentaires : pas repris",)
    assert (draft.status, draft.html) == (Status.DRAFT, "<p>Une idée.</p>")
    assert page.kind == Kind.PAGE


def test_atom_gives_its_text_with_its_marks(read):
    (one,), document = read(others.ATOM)
    assert document.kind == "flux Atom"
    assert "<p>R &amp; D, <em>vite</em>.</p>" in one.html
    assert one.address == "https://carnet.example/2014/un.html"
    assert (one.author, one.tags, one.published.hour) == ("Mona", ("La haie",), 9)


def test_blogger_gives_articles_and_drafts_but_no_settings(read):
    (one, draft), document = read(others.BLOGGER)
    assert document.kind == "Blogger"
    assert (one.title, one.tags) == ("Semer", ("potager",))
    assert one.html.endswith("Et voilà.")
    assert draft.status == Status.DRAFT


def test_a_feed_that_gives_beginnings_only_is_told(read):
    source = others.RSS.format(
        site="https://carnet.example",
        extra="",
        items="<item><title>A</title><link>https://carnet.example/a/</link>"
        "<description>Il était une fois […]</description></item>",
    )
    (one,), document = read(source)
    assert document.kind == "flux RSS"
    assert one.notes == ("le flux n’en donne que le début",)


def test_an_article_has_one_name_in_export_and_feed(read):
    exported = read(export(item(post_id=3, link="https://haies.example/2014/x/")))[0][0]
    feed = others.RSS.format(
        site="http://www.haies.example",
        extra="",
        items=others.RSS_ITEM.format(
            site="http://www.haies.example", slug="2014/x", number=3, title="X", words="y"
        ),
    )
    assert key_of(exported) == key_of(read(feed)[0][0])


def test_an_original_comes_back_from_where_it_is_kept(read):
    (one,), _ = read(export(item(html="x", metas=[("_thumbnail_id", "1")])))
    assert Original.from_json(one.as_json()) == one


def test_archives_are_opened(read, tmp_path):
    two = [export(item("Un", post_id=1)), export(item("Deux", post_id=2))]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number, one in enumerate(two):
            archive.writestr(f"blog.{number}.xml", one)
        archive.writestr("lisezmoi.txt", "rien")
    document = Document()
    assert [one.title for one in originals(tmp_path / "a.zip", document)] == ["Un", "Deux"]
    assert read(gzip.compress(two[0].encode()))[0][0].title == "Un"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        *(("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("gb18030", "GB2312")),
        *(("cp1252", "ISO-8859-1"), ("cp1252", "UTF-8")),
    ],
)
def test_any_encoding_is_read_whatever_it_says(read, encoding, declared):
    source = export(item("Œufs à la crème", "Déjà l’été")).replace('"UTF-8"', f'"{declared}"', 1)
    source = source if encoding != "cp1252" else source.replace("Œ", "O")
    (one,), _ = read(source.encode(encoding))
    assert one.html == "Déjà l’été"
    assert one.title.endswith("ufs à la crème")


BROKEN = {
    "signs that XML does not have": lambda text: text.replace("Bonjour", "Bon\x0bjour\x00"),
    "a bare ampersand": lambda text: text.replace("<title>Le", "<title>R&D Le"),
    "an entity of HTML": lambda text: text.replace("<title>Le", "<title>&eacute; Le"),
    "no declared prefixes": lambda text: text.replace(HEAD[: HEAD.index("<channel>")], "<rss>"),
    "an element nobody closes": lambda text: text.replace("<wp:post_id>", "<wp:oubli><wp:post_id>"),
    "a document type": lambda text: text.replace("<rss", "<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss"),
    "an end of CDATA in the text": lambda text: text.replace("Bonjour", "Bonjour ]]> encore <b>"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_export_loses_no_article(read, fault):
    items = [item(f"Le no {number}", "Bonjour à tous", post_id=number) for number in range(1, 6)]
    found, document = read(BROKEN[fault](export(*items)))
    assert len(found) == 5
    assert all("jour" in one.html and "tous" in one.html for one in found)
    assert document.kind == "WordPress"


def test_a_file_that_breaks_off_keeps_what_was_whole(read):
    source = export(*(item(f"No {number}", "x" * 500, post_id=number) for number in range(1, 4)))
    found, document = read(source[: source.rindex("<content:encoded>") + 100])
    assert document.is_truncated
    assert [one.is_cut for one in found] == [False, False, True]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "vide"),
        (b"   \n", "vide"),
        (b"%PDF-1.4", "PDF"),
        (b"\x89PNG\r\n", "image"),
        (b'{"a": 1}', "JSON"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "page web"),
        (b"<opml><body/></opml>", "ni un export"),
        (b"bonjour", "ni un export"),
        (b"PK\x03\x04 rien", "archive"),
        (b"\x1f\x8brien du tout", "archive"),
    ],
)
def test_what_is_no_blog_is_refused_in_a_sentence(read, source, words):
    with pytest.raises(ImportRefused, match=words):
        read(source)


def test_a_text_split_anywhere_is_read_the_same(read, monkeypatch):
    source = export(item("R&amp;D &eacute;", "<p>Un &amp; deux</p><!-- x -->]]"))
    whole = read(source)[0]
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr("webmag.importing.opening.BLOCK", size)
        assert read(source)[0] == whole


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Tue, 04 Mar 2014 11:30:00 +0100", 10),
        ("Tue, 04 Mar 2014 11:30:00 CET", 10),
        ("2014-03-04 11:30:00 UTC", 11),
        ("2014/3/4 11:30:00", 11),
        ("04/03/2014 11:30", 11),
        ("3/14/2014 11:30", 11),
        ("mar. 4 mars 2014 à 11h30", 11),
        ("4 mars 2014 11:30 +0100", 10),
        ("1393932600", 11),
    ],
)
def test_dates_are_read_as_people_write_them(written, hour):
    date = dates.first_of((written, True))
    assert (date.year, date.month, date.hour, date.minute) == (2014, 3, hour, 30)
    assert date.tzinfo == UTC


def test_french_months_are_known_and_what_is_no_date_is_none():
    names = [
        "janv",
        "fév.",
        "mars",
        "avril",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "octobre",
        "nov",
        "déc",
    ]
    found = [dates.first_of((f"1er {name} 2014", True)) for name in names]
    assert [date.month for date in found] == list(range(1, 13))
    for none in ("", "hier", "0000-00-00 00:00:00", "45/45/2014", "1 brumaire 2014", "9" * 60):
        assert dates.first_of((none, True)) is None
