"""The HTML of old blogs, made into blocks: nearest block, no word lost, nothing that runs."""

import re

import pytest

from webmag.blocks import MOST_BLOCKS
from webmag.importing.mapping import mapped
from webmag.importing.originals import Media, Original
from webmag.importing.pieces import credit_in
from webmag.importing.writing import body_of
from webmag.models import Article

BASE = "https://haies.example/2014/03/x/"


def read(source, breaks=False, **fields):
    """What an article's HTML becomes."""
    return mapped(Original(title="Un titre", html=source, address=BASE, breaks=breaks, **fields))


def kinds(article):
    """The kinds of its blocks."""
    return [piece.kind for piece in article.pieces]


def only(source, kind, **fields):
    """The value of the one block of this kind that some HTML becomes, beside texts."""
    found = [piece.value for piece in read(source, **fields).pieces if piece.kind == kind]
    assert len(found) == 1, found
    return found[0]


def text(source, **fields):
    """The HTML of the one text that it becomes."""
    return only(source, "text", **fields)


def test_lines_of_the_old_editor_are_paragraphs():
    made = text("Un <strong>deux\n\ntrois</strong>\nquatre\n\n\n<em>cinq</em>", breaks=True)
    assert made == ("<p>Un <b>deux</b></p><p><b>trois</b><br>quatre</p><p><i>cinq</i></p>")


def test_lines_of_the_block_editor_are_not():
    assert text("<p>Un\ndeux</p>\n<p>trois</p>") == "<p>Un deux</p><p>trois</p>"


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        ("<h2>A</h2><p>x</p><h3>B</h3><p>y</p>", ["A"]),
        ("<h3>A</h3><p>x</p><h4>B</h4><p>y</p>", ["A"]),
        ("<h1>A</h1><p>x</p><h2>B</h2><p>y</p>", ["A", "B"]),
    ],
)
def test_headings_find_their_level(source, headings):
    found = [piece.value for piece in read(source).pieces if piece.kind == "heading"]
    assert found == headings
    if len(headings) == 1:
        assert "<h3>B</h3>" in str(read(source).pieces)


def test_a_photo_has_its_addresses_words_and_credit():
    made = read(
        '<p>x</p>[caption id="attachment_9" width="300"]<a href="/f.jpg"><img class="wp-image-9" '
        'src="/f-300x200.jpg" alt="Le four"></a> Le four © Odile Marie[/caption]',
        media={"9": Media("https://haies.example/full.jpg", title="Four", credit="Zoé")},
    ).pieces[1]
    assert made.kind == "photo"
    assert made.value.addresses == tuple(
        f"https://haies.example/{name}" for name in ("full.jpg", "f.jpg", "f-300x200.jpg")
    )
    assert made.value.caption == "Le four © Odile Marie"
    assert (made.value.alt, made.value.credit) == ("Le four", "Odile Marie")


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Le four (© Odile Marie)", "Odile Marie"),
        ("Crédit photo : Mairie de Cernay", "Mairie de Cernay"),
        ("Photo : Zoé", "Zoé"),
        ("Une photo par Paul Rouvre", "Paul Rouvre"),
        ("Le photographe au travail", ""),
        ("", ""),
    ],
)
def test_a_legend_says_who_made_the_photo(caption, credit):
    assert credit_in(caption) == credit


GALLERY = {
    "block editor": (
        '<figure class="wp-block-gallery"><figure class="wp-block-image"><img src="/a.jpg">'
        '<figcaption>A</figcaption></figure><figure class="wp-block-image"><img src="/b.jpg">'
        "</figure><figcaption>Deux vues</figcaption></figure>"
    ),
    "its first form": (
        '<ul class="wp-block-gallery"><li class="blocks-gallery-item"><figure><img src="/a.jpg">'
        "<figcaption>A</figcaption></figure></li><li><figure><img src='/b.jpg'></figure></li></ul>"
    ),
    "a theme": (
        '<div class="gallery"><dl class="gallery-item"><dt><img src="/a.jpg"></dt>'
        '<dd class="gallery-caption">A</dd></dl><dl class="gallery-item"><dt>'
        '<img src="/b.jpg"></dt></dl></div>'
    ),
    "overblog": (
        '<div class="ob-section ob-section-images"><div class="ob-row-2-col"><div>'
        '<figure><img src="/a.jpg"><figcaption>A</figcaption></figure></div><img src="/b.jpg">'
        "</div></div>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", GALLERY)
def test_images_side_by_side_are_a_gallery(kind):
    made = only(f"<p>x</p>{GALLERY[kind]}", "gallery")
    assert [one.name.rpartition("/")[2] for one in made["images"]] == ["a.jpg", "b.jpg"]
    assert [one.caption for one in made["images"]] == ["A", ""]
    if kind == "block editor":
        assert made["title"] == "Deux vues"


def test_a_gallery_by_numbers_is_in_its_order():
    media = {n: Media(f"https://haies.example/{n}.jpg", caption=f"no {n}") for n in ("1", "2")}
    made = only('<p>x</p>[gallery columns="2" ids="2,1,7"]', "gallery", media=media)
    assert [one.caption for one in made["images"]] == ["no 2", "no 1"]


@pytest.mark.parametrize(
    "source",
    [
        "x\n\nhttps://youtu.be/aaaaaaaaaaa\n\ny",
        "x [embed]https://www.youtube.com/watch?v=aaaaaaaaaaa[/embed] y",
        'x [youtube id="aaaaaaaaaaa"] y',
        'x<iframe src="//www.youtube.com/embed/aaaaaaaaaaa?rel=0"></iframe>y',
        'x<object><embed src="http://www.youtube.com/v/aaaaaaaaaaa&hl=fr"></object>y',
        '<p>x</p><figure class="wp-block-embed"><div>\nhttps://www.youtube.com/watch?v=aaaaaaaaaaa\n'
        "</div></figure>y",
    ],
)
def test_a_video_plays_on_a_click_as_here(source):
    made = read(source, breaks=True)
    assert kinds(made) == ["text", "embed", "text"]
    assert made.pieces[1].value["url"] == "https://www.youtube.com/watch?v=aaaaaaaaaaa"


def test_a_frame_nobody_knows_is_a_link():
    made = read('<iframe src="https://cartes.example/haie" title="La carte"></iframe>')
    assert made.pieces[0].value == '<p><a href="https://cartes.example/haie">La carte</a></p>'
    assert made.notes == ["cadre de cartes.example : devenu un lien"]


def test_a_quotation_has_its_author():
    made = only(
        "<blockquote><p>On attend.</p><p>Ou pas.</p><cite>— Odile</cite></blockquote>", "quote"
    )
    assert made == {"text": "On attend.\nOu pas.", "author": "Odile"}


def test_a_table_stays_one_and_a_frame_of_cells_does_not():
    made = only(
        "<table><caption>Prix</caption><thead><tr><th>Quoi</th><th>Combien</th></tr></thead>"
        "<tbody><tr><td>Pain</td><td>4 €</td></tr><tr><td colspan=2>Fermé</td></tr>"
        "</tbody></table>",
        "table",
    )
    assert [one["heading"] for one in made["table"]["columns"]] == ["Quoi", "Combien"]
    assert [row["values"] for row in made["table"]["rows"]] == [["Pain", "4 €"], ["Fermé", ""]]
    assert made["table"]["caption"] == "Prix"
    framed = read('<table><tr><td><img src="/a.jpg"></td><td>Le four</td></tr></table>')
    assert framed.lead.name == "https://haies.example/a.jpg"
    assert kinds(framed) == ["text"]


def test_lists_code_and_explained_words_stay_readable():
    made = text(
        "<ol><li>Un<ul><li>deux</li></ul></li><li><p>trois</p></li></ol>"
        "<pre>if x:\n    y</pre><dl><dt>Haie</dt><dd>Un mur vivant</dd></dl>"
    )
    assert "<ol><li>Un<ul><li>deux</li></ul></li><li>trois</li></ol>" in made
    assert "<p>if x:<br>\u00a0\u00a0\u00a0\u00a0y</p>" in made
    assert "<p><b>Haie</b></p><p>Un mur vivant</p>" in made


def test_the_first_photo_or_the_chosen_one_is_on_top():
    first = read('<img src="/a.jpg"><p>x</p>')
    assert (first.lead.name, kinds(first)) == ("https://haies.example/a.jpg", ["text"])
    chosen = read('<p>x</p><img src="/a.jpg">', lead=Media("https://haies.example/b.jpg"))
    assert (chosen.lead.name, kinds(chosen)) == ("https://haies.example/b.jpg", ["text", "photo"])
    same = read('<img src="/b-300x200.jpg"><p>x</p>', lead=Media("https://haies.example/b.jpg"))
    assert kinds(same) == ["text"]


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ('<img data-src="/a.jpg" src="data:image/gif;base64,R0lGOD">', "https://haies.example/a.jpg"),
        ('<img srcset="/s.jpg 300w, /l.jpg 1200w, /xxl.jpg 6000w">', "https://haies.example/l.jpg"),
        (
            '<img src="http://resize.over-blog.com/1x1.jpg?http://idata.over-blog.com/f.jpg#w=2">',
            "http://idata.over-blog.com/f.jpg",
        ),
        ('<a href="https://b.example/s1600/a.JPG"><img src="https://b.example/s320/a.JPG"></a>',
         "https://b.example/s1600/a.JPG"),
    ],
)  # fmt: skip
def test_an_image_is_asked_for_where_it_is_largest(source, address):
    assert read(source).lead.name == address


def test_signs_and_counters_are_no_photos():
    made = read(
        '<p>Oui <img class="wp-smiley" src="/s.gif" alt="🙂">'
        '<img src="https://x.example/p.gif" width="1" height="1"></p>'
    )
    assert made.pieces[0].value == "<p>Oui 🙂</p>"
    assert made.images() == []


def test_codes_of_plug_ins_are_kept_and_told():
    made = read('Avant [contact-form-7 id="4"] après [1] [sic] [[gallery]]')
    assert made.notes == ["code [contact-form-7] d’une extension : laissé tel quel"]
    assert "[1] [sic] [gallery]" in made.pieces[0].value


HOSTILE = [
    "<script>alert(1)</script>Bonjour",
    '<img src=x onerror="alert(1)">Bonjour',
    '<a href="javascript:alert(1)">Bonjour</a>',
    '<a href="java\tscript:alert(1)">Bonjour</a>',
    '<a href="data:text/html,<script>alert(1)</script>">Bonjour</a>',
    '<iframe src="javascript:alert(1)"></iframe>Bonjour',
    "<svg/onload=alert(1)>Bonjour",
    '<p style="position:fixed;inset:0">Bonjour</p>',
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>Bonjour",
    "[caption]<img src=x onerror=alert(1)>Bonjour[/caption]",
    '[gallery ids="1"><script>alert(1)</script>"]Bonjour',
    "<<script>script>alert(1)<</script>/script>Bonjour",
    "<p>Bon<noscript><p title='</noscript><img src=x onerror=alert(1)>'>jour",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_that_runs_gets_in(source):
    article = read(f"<p>x</p>{source}")
    body = body_of(article, {})
    assert not re.search(r"<script|<svg|<iframe|<img|onerror=\"|href=\\?\"(?!https?://)", body), (
        body
    )


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + "Bonjour",
        "<b>" * 30_000 + "Bonjour",
        "<ul><li>" * 20_000 + "Bonjour",
        "<table><tr><td>" * 20_000 + "Bonjour",
        "<blockquote>" * 1_000 + "Bonjour",
        "<" * 500_000 + "Bonjour",
        "<script>" * 100_000 + "</script>Bonjour",
        "[caption]" * 100_000 + "Bonjour",
        "[gallery ids=" * 100_000 + "Bonjour",
        " " * 1_000_000 + "Bonjour",
        "&" * 500_000 + "Bonjour",
        "<p>" + "a" * 1_000_000 + " Bonjour</p>",
        "<img src=x>" * 50_000 + "Bonjour",
        "<h2>x</h2>" * 20_000 + "Bonjour",
        "<p>x</p><img src='/%s.jpg'>" * 5_000 + "Bonjour",
        "<br>" * 50_000 + "Bonjour",
        "<a href=x>" * 50_000 + "Bonjour",
    ],
    ids=lambda source: source[:12],
)
def test_soup_by_the_megabyte_is_read_and_fits(source, time_limit):
    with time_limit(20):
        article = read(source, breaks=True)
    assert len(article.pieces) <= MOST_BLOCKS
    assert "Bonjour" in str(article.pieces) or "<script>" in source
    article_of(article).full_clean_body()


@pytest.fixture
def time_limit():
    """Fails what takes longer than so many seconds of this process's own time."""
    import contextlib
    import time

    @contextlib.contextmanager
    def limit(seconds):
        before = time.process_time()
        yield
        assert time.process_time() - before < seconds

    return limit


class article_of:
    """What the editor would say of a body."""

    def __init__(self, article):
        self.field = Article._meta.get_field("body")
        self.value = self.field.to_python(body_of(article, {}))

    def full_clean_body(self):
        """Raises what the form would answer."""
        self.field.stream_block.clean(self.value)
