"""No word of an old article is lost on its way into blocks, whatever it is wrapped in."""

import html
import re
import unicodedata
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.webmag.test_blog_mapping import article_of, read

WORDS = st.text(st.characters(categories=["L", "N"], max_codepoint=0x2FF), min_size=1, max_size=12)
INLINE = st.sampled_from(["b", "strong", "em", "span", "code", "a href='/x'", "u", "sup", "font"])
BLOCK = st.sampled_from(
    [
        *("p", "div", "h1", "h2", "h3", "h5", "blockquote", "ul", "ol", "li", "pre", "figure"),
        *("figcaption", "table", "tr", "td", "th", "section", "dl", "dt", "dd", "center", "cite"),
        *("details", "summary", "address", "caption", "div class='gallery'", "p class='ob-desc'"),
        *("div class='wp-caption'", "figure class='wp-block-gallery'", "footer", "form", "video"),
    ]
)
EMPTY = st.sampled_from(
    ["<br>", "<hr>", "<img src='/a.jpg'>", "<img src='/b.jpg' alt='c'>", "\n\n", "\n", " ",
     "<iframe src='https://x.example/'></iframe>", "<!-- wp:x -->", "<!--more-->"]
)  # fmt: skip


def wrapped(tag, children):
    """An element around some HTML."""
    return f"<{tag}>{''.join(children)}</{tag.split(' ')[0]}>"


SOUP = st.recursive(
    WORDS | EMPTY,
    lambda inner: st.builds(wrapped, BLOCK | INLINE, st.lists(inner, max_size=4)),
    max_leaves=25,
)


class Shown(HTMLParser):
    """The words of HTML, with a blank between any two elements."""

    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        """Words."""
        self.words.append(data)


def words_of(source):
    """The letters and digits of HTML, in no order: blocks may stand before what they were in."""
    shown = Shown()
    shown.feed(source)
    shown.close()
    return letters("".join(shown.words))


def letters(text):
    """The letters and digits of a text in order of sign; raised figures are figures."""
    return sorted(unicodedata.normalize("NFKC", one) for one in re.findall(r"\w", text))


def words_out(article):
    """The same of what an article became, captions and all."""
    found = []
    for piece in article.pieces:
        value = piece.value
        if piece.kind == "text":
            found.append(value)
        elif piece.kind == "heading":
            found.append(html.escape(value))
        elif piece.kind == "quote":
            found.append(html.escape(f"{value['text']} {value['author']}"))
        elif piece.kind == "photo":
            found.append(html.escape(value.caption))
        elif piece.kind == "gallery":
            title = value["title"] if value["title"] != "En images" else ""
            found += [html.escape(one) for one in (title, *(i.caption for i in value["images"]))]
        elif piece.kind == "table":
            table = value["table"]
            cells = [one["heading"] for one in table["columns"]]
            cells += [cell for row in table["rows"] for cell in row["values"]]
            found += [html.escape(one) for one in (table["caption"], *cells)]
    lead = article.lead.caption if article.lead else ""
    return words_of(" ".join([*found, html.escape(lead)]).replace("À voir sur x.example", ""))


@given(st.lists(SOUP, max_size=8), st.booleans())
@settings(max_examples=150)
def test_no_word_is_lost_and_none_is_added(parts, breaks):
    source = " ".join(parts)
    assert words_out(read(source, breaks=breaks)) == words_of(source)


@given(st.text(max_size=300), st.booleans())
@settings(max_examples=100)
def test_whatever_somebody_wrote_is_read(source, breaks):
    article = read(source, breaks=breaks)
    article_of(article).full_clean_body()


@given(
    st.lists(
        st.sampled_from("<>/=\"'[]&;!-ab \n") | st.sampled_from(["<b>", "</p>", "[gallery"]),
        max_size=80,
    )
)
@settings(max_examples=100)
def test_broken_marks_are_read(parts):
    article_of(read("".join(parts), breaks=True)).full_clean_body()
