"""What WordPress, its page builders, Blogger and podcasts write beside plain HTML."""

import base64
from urllib.parse import quote

import pytest

from tests.webmag.blogs.wordpress import attachment, export, item
from tests.webmag.test_blog_mapping import kinds, only, read, text, time_limit
from webmag.importing.documents import Document, originals
from webmag.importing.mapping import mapped
from webmag.importing.originals import Media
from webmag.importing.staging import remarks_on

__all__ = ["time_limit"]
LIBRARY = {
    number: Media(f"https://haies.example/{number}.jpg", caption=f"Vue {number}")
    for number in ("7", "8", "9")
}


@pytest.fixture
def whole(tmp_path):
    """The articles of a document as they would come, and what is said of the whole."""

    def reading(source):
        path = tmp_path / "export.xml"
        path.write_text(source)
        document = Document()
        found = [mapped(one) for one in originals(path, document)]
        return found, list(remarks_on(document))

    return reading


def words(article):
    """All its texts."""
    return " ".join(str(piece.value) for piece in article.pieces)


def test_footnotes_that_wordpress_keeps_apart_end_the_article(whole):
    body = (
        '<!-- wp:paragraph --><p>La haie<sup data-fn="a" class="fn"><a href="#a">1</a></sup></p>'
        "<!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )
    notes = '[{"id":"a","content":"Un <em>charme</em>, sans doute."}]'
    (article,), _ = whole(export(item("Une", body, metas=[("footnotes", notes)])))
    assert "La haie¹" in words(article)
    assert "<ol><li>Un <i>charme</i>, sans doute.</li></ol>" in words(article)


@pytest.mark.parametrize("notes", ["", "[", "{}", "[1]", '[{"content":3}]', "[" * 5000])
def test_footnotes_that_are_none_break_nothing(whole, notes):
    (article,), _ = whole(export(item("Une", "<p>Deux</p>", metas=[("footnotes", notes)])))
    assert words(article) == "<p>Deux</p>"


def test_networks_and_pictures_behind_words_come(whole):
    body = (
        '<!-- wp:cover --><div class="wp-block-cover" style="background-image:'
        'url(https://haies.example/fond.jpg)"><p>Le lavoir</p></div><!-- /wp:cover -->'
        '<!-- wp:social-link {"url":"https://mastodon.example/@haie","service":"mastodon"} /-->'
    )
    (article,), _ = whole(export(item("Une", body)))
    assert article.lead.name == "https://haies.example/fond.jpg"
    assert '<a href="https://mastodon.example/@haie">Mastodon</a>' in words(article)


def test_a_file_is_one_link_and_not_two():
    made = text(
        '<div class="wp-block-file"><object class="wp-block-file__embed" data="/tarif.pdf">'
        '</object><a href="/tarif.pdf">Nos tarifs</a>'
        '<a href="/tarif.pdf" class="wp-block-file__button" download>Télécharger</a></div>'
    )
    assert made == '<p><a href="https://haies.example/tarif.pdf">Nos tarifs</a></p>'


def test_raised_and_lowered_figures_stay_so():
    made = text("<p>12 m<sup>2</sup>, CO<sub>2</sub>, 10<sup>-3</sup>, 1<sup>er</sup></p>")
    assert made == "<p>12 m², CO₂, 10⁻³, 1er</p>"


def test_verses_keep_their_links_and_marks():
    made = text('<pre>Un\n  <a href="https://a.example/">lien</a> <b>fort</b>\nfin</pre>')
    assert made == (
        '<p>Un<br>\u00a0\u00a0<a href="https://a.example/">lien</a> <b>fort</b><br>fin</p>'
    )


@pytest.mark.parametrize(
    ("frame", "address"),
    [
        ("http://vimeo.com/moogaloop.swf?clip_id=979938&amp;x=1", "https://vimeo.com/979938"),
        ("https://www.youtube.com/v/xifhQyopjZM&amp;fs=1", "watch?v=xifhQyopjZM"),
        ("http://www.dailymotion.com/swf/x9z8y7", "https://www.dailymotion.com/video/x9z8y7"),
    ],
)
def test_films_of_old_players_still_play(frame, address):
    assert address in only(f'<object><embed src="{frame}"></object>', "embed")["url"]


def test_divi_leaves_what_it_framed():
    made = read(
        '[et_pb_section fb_built="1"][et_pb_row][et_pb_column type="4_4"]'
        '[et_pb_text admin_label="Texte"]<p>Bonjour</p>[/et_pb_text]'
        '[et_pb_image src="https://haies.example/1.jpg" alt="La haie" /]'
        '[et_pb_blurb title="Le four" image="https://haies.example/2.jpg"]Du pain[/et_pb_blurb]'
        '[et_pb_gallery gallery_ids="7,8" /]'
        '[et_pb_button button_url="https://ferme.example/" button_text="La ferme" /]'
        '[et_pb_video src="https://youtu.be/xifhQyopjZM" /]'
        "[/et_pb_column][/et_pb_row][/et_pb_section]",
        media=LIBRARY,
    )
    assert kinds(made) == ["text", "photo", "photo", "heading", "text", "gallery", "text", "embed"]
    assert "et_pb" not in words(made) and made.notes == []
    assert '<a href="https://ferme.example/">La ferme</a>' in words(made)


def test_wpbakery_leaves_what_it_framed():
    raw = base64.b64encode(quote("<p>Caché</p>").encode()).decode()
    made = read(
        '[vc_row css=".vc_custom_1{margin:0}"][vc_column width="1/2"]'
        '[vc_custom_heading text="Le lavoir"][vc_column_text]Deux\n\nTrois[/vc_column_text]'
        '[vc_single_image image="9" img_size="full"][vc_gallery images="7,8"]'
        '[vc_btn title="Venir" link="url:https%3A%2F%2Fferme.example%2F|title:Venir"]'
        f"[vc_raw_html]{raw}[/vc_raw_html][/vc_column][/vc_row]",
        breaks=True,
        media=LIBRARY,
    )
    assert kinds(made) == ["heading", "text", "photo", "gallery", "text"]
    assert "<p>Deux</p><p>Trois</p>" in words(made) and "<p>Caché</p>" in words(made)
    assert '<a href="https://ferme.example/">Venir</a>' in words(made)
    assert "vc_" not in words(made)


def test_columns_and_tabs_of_themes_go_and_words_in_brackets_stay():
    made = read(
        '[one_half]Un[/one_half][one_half_last]Deux[/one_half_last][tabs][tab title="Lundi"]Pain'
        "[/tab][/tabs] [dropcap]I[/dropcap]l était [section] [sic] [button] [[vc_row]]"
    )
    assert kinds(made) == ["text", "heading", "text"]
    assert "<p>Un</p><p>Deux</p>" in words(made) and "Lundi" in words(made)
    assert "Il était [section] [sic] [button] [vc_row]" in words(made)


def test_pictures_that_builders_name_by_number_are_known(whole):
    source = export(
        item("Une", '<p>x</p>[vc_single_image image="9"][et_pb_gallery gallery_ids="8,9"]'),
        attachment(8, "https://haies.example/8.jpg"),
        attachment(9, "https://haies.example/9.jpg"),
    )
    (article,), _ = whole(source)
    assert kinds(article) == ["text", "photo", "gallery"]


def test_the_sound_of_a_podcast_is_a_link(whole):
    enclosure = ("enclosure", "https://sons.example/1.mp3\n123\naudio/mpeg\n")
    feed = (
        "<rss><channel><item><title>Un</title><link>https://sons.example/un</link><description>x"
        '</description><enclosure url="https://sons.example/1.mp3" type="audio/mpeg"/></item>'
        "</channel></rss>"
    )
    for source in (export(item("Un", "<p>x</p>", metas=[enclosure])), feed):
        (article,), _ = whole(source)
        assert '<a href="https://sons.example/1.mp3">Écouter' in words(article)
        assert any("1.mp3" in note for note in article.notes)


def test_what_is_neither_article_nor_page_is_counted_for_the_report(whole):
    source = export(
        item("Un", "x"),
        item("Soupe", "x", post_id=2, post_type="recipe"),
        item("Pain", "x", post_id=3, post_type="recipe"),
        item("Menu", "x", post_id=4, post_type="nav_menu_item"),
    )
    found, remarks = whole(source)
    assert len(found) == 1
    assert "Ni articles ni pages, donc pas repris : 2 « recipe »." in remarks


def test_an_image_that_led_elsewhere_says_where():
    made = read('<p>x</p><a href="https://ferme.example/"><img src="/1.jpg"></a>')
    assert made.notes == ["images qui menaient ailleurs, sans ce lien ici : https://ferme.example/"]
    file = read('<p>x</p><a href="/tarif.pdf"><img src="/1.jpg"></a>')
    assert '<a href="https://haies.example/tarif.pdf">Ouvrir le fichier tarif.pdf</a>' in words(
        file
    )


def test_a_gallery_whose_images_the_file_lacks_is_told_plainly():
    for source in ('[gallery link="file"]', "[gallery]"):
        assert "exportez « Tout le contenu »" in " ".join(read(f"<p>x</p>{source}").notes)


def test_an_image_is_known_in_a_size_of_a_web_page_too(whole):
    meta = (
        'a:2:{s:5:"sizes";a:2:{s:6:"medium";a:4:{s:4:"file";s:14:"9-300x225.jpg";}'
        's:5:"large";a:4:{s:4:"file";s:14:"9-1024x768.jpg";}}}'
    )
    source = export(
        item("Une", '<p>x</p><img src="https://a.example/u/9-300x225.jpg" class="wp-image-9">'),
        attachment(9, "https://a.example/u/9.jpg", metas=[("_wp_attachment_metadata", meta)]),
    )
    (article,), _ = whole(source)
    assert article.pieces[1].value.addresses == (
        "https://a.example/u/9.jpg",
        "https://a.example/u/9-1024x768.jpg",
        "https://a.example/u/9-300x225.jpg",
    )


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (
            '<a href="https://1.bp.blogspot.com/-a/s1600-h/haie.jpg">'
            '<img src="https://1.bp.blogspot.com/-a/s320/haie.jpg"></a>',
            "https://1.bp.blogspot.com/-a/s1600/haie.jpg",
        ),
        (
            '<img src="https://blogger.googleusercontent.com/img/a/xYz=w640-h480">',
            "https://blogger.googleusercontent.com/img/a/xYz=s1600",
        ),
        (
            '<img src="https://haie.files.wordpress.com/2014/03/haie.jpg?w=300">',
            "https://haie.files.wordpress.com/2014/03/haie.jpg",
        ),
    ],
)
def test_photos_are_asked_for_in_a_size_that_is_worth_it(source, address):
    image = only(f"<p>x</p>{source}", "photo")
    assert image.name == address and len(image.addresses) > 1


ENDLESS = {
    "codes that never end": "[vc_x id=" * 200_000,
    "raw code": "[vc_raw_html " * 150_000,
    "galleries": "[gallery ids=1" * 120_000,
    "networks": '<!-- wp:social-link {"url":"' * 70_000,
    "notes": "<!-- wp:footnotes " * 100_000,
    "covers": ("<div " + "wp-block-cover " * 240) * 500,
    "figures": "<sup>" * 30_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_codes_take_no_time(whole, time_limit, name):
    blanks = ("enclosure", "https://a " + " " * 90_000)
    with time_limit(15):
        whole(export(item("Une", ENDLESS[name], metas=[blanks])))
