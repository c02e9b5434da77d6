"""An issue taken along: its e-book as a reader's engine lays it out, its booklet on paper."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.pages import BOOKLET

BOOK = BOOKLET.replace("livret/", "livre.epub")
# Of reading programs: a telephone, a small reader held across, half of a spread.
WINDOWS = [(360, 640), (1000, 420), (560, 800)]
LONG_WORD = "anticonstitutionnellement" * 6
# The width of A5 within the margins of booklet.css, in pixels of 96 to the inch.
A5 = 461


@pytest.fixture
def book(visitor, browser, tmp_path):
    """A function that opens a page of the book's files, as a reading program has them."""
    answer = visitor("/").request.get(BOOK)
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body())) as archive:
        archive.extractall(tmp_path)
    context = browser.new_context()

    def opened(name, size):
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto((tmp_path / "OEBPS" / name).as_uri())
        return page

    yield opened
    context.close()


@pytest.mark.parametrize("size", WINDOWS)
def test_photos_of_the_book_keep_their_shape_and_fit(book, size):
    page = book("article-1.xhtml", size)
    expect(page.locator("figure img").first).to_be_visible()
    for photo in page.locator("img").all():
        natural, shown, height, width = photo.evaluate(
            "one => [one.naturalWidth / one.naturalHeight, one.clientWidth / one.clientHeight,"
            " one.clientHeight, one.clientWidth]"
        )
        assert shown == pytest.approx(natural, rel=0.02)
        assert height <= size[1] and width <= size[0]


@pytest.mark.parametrize("name", ["title", "nav", "article-1", "editorial", "colophon"])
def test_no_page_of_the_book_is_wider_than_a_telephone(book, name):
    page = book(f"{name}.xhtml", (360, 640))
    page.locator("h1").evaluate("(title, word) => title.append(' ', word)", LONG_WORD)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_short_words_of_a_table_in_the_book_are_not_cut(book):
    page = book("article-1.xhtml", (360, 640))
    cells = "".join(f"<td>{word}</td>" for word in ("Rambouillet, place", "un " * 60, "10 h 30"))
    page.locator("section").evaluate(
        "(body, cells) => { body.insertAdjacentHTML('beforeend',"
        " `<div class='table'><table><tbody><tr>${cells}</tr></tbody></table></div>`); }",
        cells,
    )
    last = page.locator("td").last
    assert last.evaluate("one => one.clientWidth >= 3 * parseFloat(getComputedStyle(one).fontSize)")


def test_a_long_word_does_not_widen_the_paper(visitor):
    page = visitor(BOOKLET)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A5, "height": 650})
    for place in (".contents a", ".title", ".byline", "article p"):
        page.locator(place).first.evaluate("(one, word) => one.append(' ', word)", LONG_WORD)
    assert page.evaluate("document.documentElement.scrollWidth") <= A5


def test_the_booklet_is_a_few_pages_of_a5_with_a_way_back(visitor):
    page = visitor(BOOKLET, screen="desktop")
    made = page.pdf(prefer_css_page_size=True)
    sizes = {part.split(b"]")[0].strip() for part in made.split(b"/MediaBox [")[1:]}
    # A5 is 148 × 210 mm: 420 × 595 points.
    assert {tuple(round(float(one)) for one in size.split()) for size in sizes} == {
        (0, 0, 420, 595)
    }
    assert 6 <= made.count(b"/Type /Page\n") <= 14
    page.emulate_media(media="print")
    expect(page.locator(".back img")).to_be_visible()
    expect(page.locator(".back a")).to_contain_text("/magazines/le-bissac/numero-2/")
    expect(page.locator(".hint")).to_be_hidden()
