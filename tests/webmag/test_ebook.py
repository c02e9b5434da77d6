"""An issue as an e-book: what is in it, who gets it, how it is kept."""

import os
from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils.timezone import localdate
from PIL import Image
from wagtail.models import PageViewRestriction

from home.models import ContentVersion
from home.templatetags.french import NBSP
from tests.webmag import bodies, books, factories
from webmag.models import Article, Section
from webmag.taking import books as making
from webmag.taking import cover, keeping

pytestmark = pytest.mark.django_db
ADDRESS = "/magazines/echo/avant-dix-heures/livre.epub"


@pytest.fixture
def articles(echo):
    author = factories.author("Odile Fournier")
    photo = factories.photo(size=(1600, 1200), credit="Paul", alt_text="Un four à bois.")
    link = (
        '<p>Lire <a href="/magazines/echo/le-four/">ceci</a>, voir <a href="/annuaire/">là</a>.</p>'
    )
    return [
        factories.article(
            "Le four", bodies.one_of_each(), magazine=echo, by=author, main_image=photo
        ),
        factories.article("Le pain", [("text", link)], magazine=echo, by=author),
    ]


@pytest.fixture
def issue(echo, articles):
    return factories.issue(
        "Avant dix heures",
        articles,
        magazine=echo,
        number=1,
        date=date(2026, 5, 1),
        editorial="<p>Il y a une heure où tout se décide.</p>",
        signed_by="Odile",
    )


def test_a_visitor_takes_the_issue_along(client, issue):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/epub+zip"
    assert answer["Content-Disposition"] == (
        'attachment; filename="lecho-des-etangs-avant-dix-heures.epub"'
    )
    assert not answer.cookies
    books.check_layout(b"".join(answer.streaming_content))


def test_the_book_of_a_published_issue_is_made_before_anybody_asks(
    client, issue, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(
        making, "make", SimpleNamespace(enqueue=asked.append, call=making.make.call)
    )
    with django_capture_on_commit_callbacks(execute=True):
        issue.save_revision().publish()
    assert asked == [issue.pk]
    for path in keeping.folder().glob(f"{issue.pk}-*"):
        path.unlink()
    making.make.call(issue.pk)
    assert len(list(keeping.folder().glob(f"{issue.pk}-*.epub"))) == 1
    monkeypatch.setattr(keeping, "make", None)
    assert client.get(ADDRESS).status_code == 200


def test_no_book_is_made_of_an_issue_that_is_hidden_or_empty(echo):
    empty = factories.issue("Rien encore", [], magazine=echo)
    making.make.call(empty.pk)
    making.make.call(0)
    assert not list(keeping.folder().glob(f"{empty.pk}-*"))


def test_each_block_is_in_it(client, issue):
    book = books.opened(books.fetched(client, issue))
    chapter = book.read("OEBPS/article-1.xhtml").decode()
    for words in (
        *("Au bout du chemin", "On n’attend pas la pâte.", f"Pourquoi{NBSP}?", "La fournée"),
        *("Un matin au fournil", "Pain de seigle", "Laisser lever.", "À vélo", "Vingt minutes"),
        *("Les fournils", "Où trouver le pain", "Rambouillet", "Le calendrier des fournées"),
        *("Par Odile Fournier", 'alt="Un four à bois."', "© Odile", "Vidéo à regarder sur YouTube"),
        "https://www.youtube.com/watch?v=aB3_dE6-hIj",
    ):
        assert words in chapter, words
    assert not any(tag in chapter for tag in ("<script", "<iframe", "<picture", ".webp", "Ouvert"))


def test_links_between_its_articles_stay_in_the_book(client, issue):
    chapter = books.opened(books.fetched(client, issue)).read("OEBPS/article-2.xhtml").decode()
    assert 'href="article-1.xhtml"' in chapter
    assert f'href="{settings.SITE_URL}/annuaire/"' in chapter


def test_photos_are_jpeg_of_a_reader_s_size(client, issue):
    book = books.opened(books.fetched(client, issue))
    pictures = [name for name in book.namelist() if name.endswith(".jpg")]
    assert len(pictures) > 3
    for name in pictures:
        with Image.open(book.open(name)) as image:
            assert image.format == "JPEG"
            assert image.width <= cover.WIDTH and image.height <= cover.HEIGHT


def test_the_same_issue_is_the_same_file_and_a_304(client, issue):
    once, etag = books.fetched(client, issue), client.get(ADDRESS)["ETag"]
    for path in keeping.folder().glob("*.epub"):
        path.unlink()
    ContentVersion.bump()
    assert books.fetched(client, issue) == once
    answer = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (answer.status_code, answer["ETag"]) == (304, etag)


def test_a_changed_article_is_another_file_and_one_is_kept(client, issue, articles):
    etag = client.get(ADDRESS)["ETag"]
    article = Article.objects.get(pk=articles[1].pk)
    article.title = "Le bon pain"
    article.save_revision().publish()
    answer = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert answer.status_code == 200 and answer["ETag"] != etag
    assert "Le bon pain" in books.words(b"".join(answer.streaming_content))
    assert len(list(keeping.folder().glob(f"{issue.pk}-*.epub"))) == 1


def test_nothing_unpublished_is_in_it(client, echo, issue, articles):
    hidden = factories.article("Zorgtitre", "Zorgtexte", magazine=echo, live=False)
    issue.entries.create(article=hidden, sort_order=9)
    articles[0].title = "Zorgrature"
    articles[0].save_revision()
    ContentVersion.bump()
    assert "Zorg" not in books.words(books.fetched(client, issue))
    assert "Zorg" not in client.get(ADDRESS.replace("livre.epub", "livret/")).content.decode()


def test_an_unpublished_article_leaves_it(client, issue, articles):
    assert "Le four" in books.words(books.fetched(client, issue))
    Article.objects.get(pk=articles[0].pk).unpublish()
    book = books.fetched(client, issue)
    assert "Le four" not in books.words(book)
    books.check_layout(book)


@pytest.mark.parametrize("what", ["livre.epub", "livret/"])
def test_there_is_none_of_an_issue_that_is_empty_unpublished_or_hidden(client, echo, issue, what):
    address = ADDRESS.replace("livre.epub", what)
    empty = factories.issue("Vide", magazine=echo)
    assert client.get(f"/magazines/echo/{empty.slug}/{what}").status_code == 404
    assert client.get(f"/magazines/echo/le-four/{what}").status_code == 404
    PageViewRestriction.objects.create(page=echo, restriction_type="login")
    assert client.get(address).status_code == 404
    PageViewRestriction.objects.all().delete()
    issue.unpublish()
    assert client.get(address).status_code == 404


def test_the_book_takes_the_same_number_of_queries_however_long_it_is(
    client, echo, articles, django_assert_max_num_queries
):
    more = [factories.article(f"Pain {n}", bodies.one_of_each(), magazine=echo) for n in range(3)]
    small = factories.issue("Petit", articles[:1], magazine=echo)
    large = factories.issue("Grand", [*articles, *more], magazine=echo)
    for what in ("livre.epub", "livret/"):
        counts = []
        for issue in (small, large):
            address = f"/magazines/echo/{issue.slug}/{what}"
            client.get(address)
            ContentVersion.bump()
            with django_assert_max_num_queries(25) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[1] <= counts[0] + 1, counts


def test_the_issue_s_page_offers_both(client, issue):
    page = client.get(f"/magazines/echo/{issue.slug}/").content.decode()
    assert ADDRESS in page and ADDRESS.replace("livre.epub", "livret/") in page


def test_an_empty_issue_s_page_offers_nothing(client, echo):
    empty = factories.issue("Vide", magazine=echo)
    assert "livre.epub" not in client.get(f"/magazines/echo/{empty.slug}/").content.decode()


def test_covers_have_the_colours_of_the_magazines():
    css = (settings.BASE_DIR / "webmag/static/webmag/css/magazine.css").read_text()
    for name, (ground, ink) in cover.COLOURS.items():
        line = next(one for one in css.splitlines() if f".mag-{name} " in one)
        assert f"--mag-ground: {ground}; --on-mag: {ink};" in line


def test_a_cover_is_drawn_whatever_the_words_are():
    for text in ("", "W" * 300, "שלום 😀", "Un titre " * 30):
        words = cover.CoverWords(text, text, text, text, "ciel")
        assert cover.drawn(words, None).startswith(b"\xff\xd8")


def test_only_the_newest_books_are_kept(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    for number in range(90_001, 90_005):
        keeping.opened(number, "a", lambda file: file.write(b"x")).close()
    assert len(list(keeping.folder().glob("*.epub"))) == 2
    for path in keeping.folder().glob("9000*.epub"):
        path.unlink()


def test_what_a_killed_maker_left_is_cleared_away():
    torn, fresh = (keeping.folder() / f"{name}.part" for name in ("torn", "fresh"))
    for part in (torn, fresh):
        part.write_bytes(b"x")
    os.utime(torn, (0, 0))
    keeping.opened(90_008, "c", lambda file: file.write(b"x")).close()
    assert not torn.exists() and fresh.exists()
    fresh.unlink()
    (keeping.folder() / "90008-c.epub").unlink()


def test_a_book_that_fails_leaves_nothing_behind():
    def fails(_file):
        raise ValueError

    with pytest.raises(ValueError):
        keeping.opened(90_009, "b", fails)
    assert not list(keeping.folder().glob("90009-*")) + list(keeping.folder().glob("*.part"))


def described(book):
    """The description of a book as text, on one line."""
    return " ".join(books.opened(book).read("OEBPS/package.opf").decode().split())


def test_libraries_learn_who_did_what_and_what_it_is_about(client, echo):
    portraits = Section.objects.create(magazine=echo, name="Portraits", slug="portraits")
    names = ("Odile", "Paul", "Jeanne", "Ines")
    odile, paul, jeanne, ines = (factories.author(name) for name in names)
    by = [odile, odile, paul, jeanne, ines]
    article = factories.article("Le four", "Du feu.", magazine=echo, section=portraits, by=by)
    for order, part in enumerate(("", "photos", "Photographies", "dessins", "enquête")):
        article.bylines.filter(sort_order=order).update(part=part)
    Article.objects.get(pk=article.pk).save_revision().publish()
    issue = factories.issue("Pain", [article], magazine=echo, number=3, editorial="<p>Un &amp;</p>")
    book = books.fetched(client, issue)
    said = described(book)
    people = [("creator", "Odile", ["aut", "pht"]), ("contributor", "Paul", ["pht"]),
              ("contributor", "Jeanne", ["ill"]), ("creator", "Ines", ["aut"])]  # fmt: skip
    for number, (kind, name, roles) in enumerate(people, start=1):
        assert f'<dc:{kind} id="person-{number}">{name}</dc:{kind}>' in said
        role = f'<meta refines="#person-{number}" property="role" scheme="marc:relators">'
        assert [code for code in ("aut", "ill", "pht") if f"{role}{code}<" in said] == roles
    assert "<dc:description>Un &amp;amp;</dc:description>" not in said
    assert "<dc:description>Un &amp;</dc:description>" in said
    assert "<dc:subject>Portraits</dc:subject>" in said
    assert f'<meta name="calibre:series" content="{echo.title}"/>' in said
    assert '<meta name="calibre:series_index" content="3"/>' in said
    books.check_layout(book)


def test_without_an_editorial_its_titles_describe_it_and_its_first_day_dates_it(
    client, echo, articles
):
    issue = factories.issue("Pain", articles, magazine=echo)
    said = described(books.fetched(client, issue))
    assert "<dc:description>Le four ; Le pain</dc:description>" in said
    assert f"<dc:date>{localdate(issue.first_published_at)}</dc:date>" in said


def test_its_identifier_stays_when_it_is_published_anew(client, issue):
    def identifier():
        return described(books.fetched(client, issue)).split("book-id")[2].split("<")[0]

    before = identifier()
    issue.title = "Autrement"
    issue.save_revision().publish()
    assert identifier() == before and "urn:uuid:" in before


def test_signs_stay_with_their_words_and_names_with_their_line(client, echo):
    author = factories.author("שרה כהן")
    article = factories.article("Quoi ?", "Il dit : « Oui ! »", magazine=echo, by=author)
    said = books.words(books.fetched(client, factories.issue("X", [article], magazine=echo)))
    assert f"Il dit{NBSP}: «{NBSP}Oui{NBSP}!{NBSP}»" in said
    assert "<bdi>Par שרה כהן</bdi>" in said


def test_each_kind_of_chapter_has_its_role(client, issue):
    book = books.opened(books.fetched(client, issue))
    for name, kind, role in (
        ("article-1", "chapter", "doc-chapter"),
        ("editorial", "preface", "doc-preface"),
        ("colophon", "colophon", "doc-colophon"),
        ("nav", "toc", "doc-toc"),
    ):
        text = book.read(f"OEBPS/{name}.xhtml").decode()
        assert f'epub:type="{kind}"' in text and f'role="{role}"' in text
