"""What readers see of each block, and what it costs."""

import json
import re

import pytest
from django.core.cache import caches

from tests import factories as directory
from tests.test_page_weight import SCRIPTS_WITH_MAP, STYLES, loaded, weight
from tests.webmag import bodies, factories
from webmag.body import kinds_in, rendered
from webmag.models import Article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seeds(categories):
    """Listings have categories."""


def shown(blocks):
    """The HTML of a body as it would come from the database."""
    return rendered(Article(body=factories.body(blocks)).body)


def test_an_article_shows_one_of_each_block():
    html = bodies.page_of(factories.article(blocks=bodies.one_of_each()))
    for piece in (
        "<h2>Au bout du chemin</h2>",
        "<b>Odile</b> pétrit",
        "<blockquote><p>On n’attend pas la pâte.</p>",
        'aria-label="Entretien avec Odile, boulangère"',
        'alt="Un four à bois."',
        "Un matin au fournil",
        "Le façonnage",
        "Pain de seigle",
        "Vingt minutes",
        'data-listing="fournil-no-1"',
        "<listing-map",
        '<th scope="row">Rambouillet</th>',
        "<caption>Où trouver le pain</caption>",
        "Le calendrier des fournées",
    ):
        assert piece in html, piece
    assert html.count("Odile</span></figcaption>") == 5


def test_a_photo_is_whole_with_its_size_in_both_formats():
    photo = factories.photo(size=(2000, 1000), alt_text="Un four.", credit="Odile")
    html = shown([("photo", {"photo": photo.pk, "caption": "La fournée", "alt": ""})])
    assert re.search(r'srcset="\S+avif 640w, \S+avif 1280w"', html)
    assert re.search(r'srcset="\S+webp 640w, \S+webp 1280w"', html)
    assert 'width="640" height="320"' in html
    assert 'alt="Un four."' in html and 'loading="lazy"' in html
    assert "La fournée" in html and "© Odile" in html


def test_the_words_of_the_article_for_a_photo_come_first():
    photo = factories.photo(alt_text="Un four.")
    html = shown([("photo", {"photo": photo.pk, "caption": "", "alt": "Odile enfourne."})])
    assert 'alt="Odile enfourne."' in html and "<figcaption" not in html


def test_a_gallery_works_by_plain_links():
    slides = [{"photo": factories.photo().pk, "caption": f"Vue {n}"} for n in range(3)]
    html = shown([("heading", "x"), ("gallery", {"title": "Fournil", "slides": slides})])
    for target in re.findall(r'href="#([\w-]+)"', html):
        assert html.count(f'id="{target}"') == 1
    assert html.count("<li id=") == 3 and "<button" not in html


def test_a_recipe_says_the_same_to_cooks_and_search_engines():
    html = shown([("recipe", bodies.recipe(photo=factories.photo().pk))])
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])
    assert data["@type"] == "Recipe" and data["name"] == "Pain de seigle"
    assert (data["prepTime"], data["cookTime"], data["totalTime"]) == (
        "PT20M",
        "PT1H5M",
        "PT13H25M",
    )
    assert data["recipeYield"] == "4 personnes"
    assert data["recipeIngredient"] == ["500 g de farine de seigle", "10 g de sel"]
    assert [step["text"] for step in data["recipeInstructions"]] == [
        "Mêler.",
        "Laisser lever.",
        "Cuire.",
    ]
    assert data["image"][0].startswith("http")
    assert "1 h 05" in html and "12 h" in html and "20 min" in html


def test_a_recipe_without_times_and_photo_leaves_them_out():
    html = shown([("recipe", bodies.recipe(preparation=None, resting=None, cooking=None))])
    assert "Time" not in html and '"image"' not in html and "Cuisson" not in html


def test_a_practical_box_takes_what_it_can_from_a_listing():
    listing = directory.listing("Le Fournil", street="4 rue du Four", phone="0639981107")
    html = shown([("practical", {"title": "Y aller", "listing": listing.pk, "rows": []})])
    for piece in ("Le Fournil", "4 rue du Four", "Rambouillet", "06 39 98 11 07", "Horaires"):
        assert piece in html, piece


def test_what_a_listing_hides_stays_hidden_in_an_article():
    listing = directory.listing("Chez Claire", street="9 impasse Secrète", hide_address=True)
    blocks = [
        ("practical", {"title": "Y aller", "listing": listing.pk, "rows": []}),
        ("listing", {"listing": listing.pk}),
        ("map", {"title": "Carte", "listings": [listing.pk]}),
    ]
    html = shown(blocks)
    assert "Chez Claire" in html and "impasse" not in html


def test_an_unpublished_listing_disappears():
    hidden = directory.listing("La Ferme cachée", live=False)
    blocks = [
        ("listing", {"listing": hidden.pk}),
        ("map", {"title": "Carte", "listings": [hidden.pk, hidden.pk]}),
        ("practical", {"title": "Y aller", "listing": hidden.pk, "rows": []}),
    ]
    assert shown(blocks).strip() == ""


def test_what_is_gone_leaves_no_trace_and_no_error():
    photo, listing, file = factories.photo(), directory.listing(), bodies.document()
    blocks = bodies.one_of_each(photos=[photo] * 3, listings=[listing] * 3, file=file)
    article = factories.article(blocks=blocks)
    for one in (photo, listing, file):
        one.delete()
    html = rendered(Article.objects.get(pk=article.pk).body)
    assert "gallery" not in html and "body-photo" not in html and "data-listing" not in html
    assert "body-file" not in html and "Au bout du chemin" in html and "Vingt minutes" in html


@pytest.mark.parametrize("wrong", ["abc", -1, 10**30, None, {}, [], True])
def test_a_number_that_is_none_shows_nothing(wrong):
    blocks = [
        ("photo", {"photo": wrong, "caption": "", "alt": ""}),
        ("listing", {"listing": wrong}),
        ("file", {"file": wrong, "label": ""}),
    ]
    assert shown(blocks).strip() == ""


def test_a_table_has_headings_for_columns_and_rows_and_may_do_without():
    html = shown([("table", {"table": bodies.table(), "row_headings": False})])
    assert '<th scope="col">Marché</th>' in html and 'scope="row"' not in html
    assert 'tabindex="0"' in html


def test_a_file_says_its_kind_and_size():
    file = bodies.document(content=b"x" * 2048)
    file.file_size = 2048
    file.save()
    html = shown([("file", {"file": file.pk, "label": "Les fournées"})])
    assert "Les fournées" in html and "PDF, 2,0" in html.replace("\xa0", " ")


def test_links_of_texts_lead_to_published_pages_only():
    target, draft = factories.article("Le levain"), factories.article("Brouillon", live=False)
    text = "<p><a linktype='page' id='{}'>x</a></p>"
    html = shown([("text", text.format(target.pk)), ("text", text.format(draft.pk))])
    assert target.url in html and draft.slug not in html


def test_a_page_loads_only_what_its_blocks_need():
    plain = factories.article(blocks="Bonjour")
    html = bodies.page_of(plain)
    assert "webmag/css/body.css" in html
    for name in (
        "cards.css",
        "map.css",
        "gallery.js",
        "player.js",
        "listing-map.js",
        "scripted.js",
    ):
        assert name not in html
    assert kinds_in(plain.body) == {"text"}


def test_all_blocks_together_stay_within_the_budget_of_a_page():
    blocks = bodies.one_of_each()
    html = bodies.page_of(factories.article(blocks=blocks))
    assert weight(loaded(html), ".js") <= SCRIPTS_WITH_MAP
    # What the page around the body needs has its room too.
    assert 0 < weight(loaded(html), ".css") <= STYLES - 3000
    without_map = [block for block in blocks if block[0] != "map"]
    names = loaded(bodies.page_of(factories.article(blocks=without_map)))
    assert weight(names, ".js") <= 3000


def long_body(copies):
    """Ten photos, a gallery of twelve, five listings, texts with links: `copies` times."""
    photos = [factories.photo() for _ in range(12)]
    listings = [directory.listing() for _ in range(5)]
    page = factories.article("Cible")
    blocks = [("photo", {"photo": one.pk, "caption": "x", "alt": ""}) for one in photos[:10]]
    slides = [{"photo": one.pk, "caption": ""} for one in photos]
    blocks += [("gallery", {"title": "x", "slides": slides})]
    blocks += [("listing", {"listing": one.pk}) for one in listings]
    blocks += [("practical", {"title": "x", "listing": one.pk, "rows": []}) for one in listings]
    blocks += [("recipe", bodies.recipe(photo=photos[0].pk))] * 2
    blocks += [("file", {"file": bodies.document().pk, "label": ""}) for _ in range(3)]
    blocks += [("text", f"<p><a linktype='page' id='{page.pk}'>x</a></p>")] * 5
    return blocks * copies + [("map", {"title": "x", "listings": [one.pk for one in listings]})]


@pytest.mark.parametrize("copies", [1, 3])
def test_a_long_body_takes_four_queries_however_long(copies, django_assert_num_queries):
    article = factories.article(blocks=long_body(copies))
    rendered(article.body)  # the tree of categories and the site's address are remembered
    article = Article.objects.get(pk=article.pk)
    caches["renditions"].clear()
    # Photos with their sizes, listings, files, linked pages.
    with django_assert_num_queries(4):
        html = rendered(article.body)
    assert html.count('class="body-photo"') == 12 * copies
    assert html.count("<article") == 5 * copies + 5


def test_a_draft_that_is_being_previewed_shows_the_same():
    photo, listing = factories.photo(), directory.listing("Le Fournil")
    blocks = [
        ("photo", {"photo": photo, "caption": "La fournée"}),
        ("listing", {"listing": listing}),
    ]
    # As the editor's form leaves it: objects, not numbers.
    body = Article(body=blocks).body
    html = rendered(body)
    assert "La fournée" in html and "<img" in html and "Le Fournil" in html
    assert kinds_in(body) == {"photo", "listing"}


def test_a_video_has_a_photo_of_ours_until_it_is_played():
    block = {"url": bodies.VIDEO, "title": "Le four", "photo": factories.photo().pk, "caption": ""}
    html = shown([("embed", block)])
    assert html.count("<img") == 1 and 'alt=""' in html and "http" not in html.split("<img")[1][:60]


def test_photos_made_before_a_size_was_declared_still_show():
    photo = factories.photo()
    photo.renditions.all().delete()
    assert "<img" in shown([("photo", {"photo": photo.pk, "caption": "", "alt": ""})])
