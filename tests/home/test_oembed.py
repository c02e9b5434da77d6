"""/oembed: what other sites show of ours when somebody pastes an address."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree as ET
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from directory.models import FormerSlug, Listing
from home.oembed import answers
from home.oembed.things import own_path
from label.models import Membership
from tests import factories
from tests.label import factories as label
from tests.webmag import factories as webmag

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
SITE = settings.SITE_URL
REQUIRED = {"version": str, "type": str, "html": str, "width": int, "height": int}
OPTIONAL = {
    "title": str,
    "author_name": str,
    "author_url": str,
    "provider_name": str,
    "provider_url": str,
    "cache_age": int,
    "thumbnail_url": str,
    "thumbnail_width": int,
    "thumbnail_height": int,
}


def asked(client, address, **parameters):
    """What /oembed says of an address."""
    return client.get("/oembed", {"url": address, **parameters})


def told(client, path, **parameters):
    """The same as a dictionary, for a page at this path."""
    answer = asked(client, SITE + path, **parameters)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def shown():
    """One of each kind: {kind: path of its page}."""
    odile = webmag.author("Odile")
    paper = webmag.magazine("Le Bissac")
    article = webmag.article("Le pain", "Du levain.", magazine=paper, by=[odile])
    issue = webmag.issue("Numéro un", magazine=paper)
    listing = factories.listing("La Ferme", category="cremerie", summary="Chèvre")
    return {
        "listing": listing.get_absolute_url(),
        "article": f"/magazines/{paper.slug}/{article.slug}/",
        "issue": f"/magazines/{paper.slug}/{issue.slug}/",
        "member": label.member(holder="Ida, potière").get_absolute_url(),
        "production": f"/fait-ici/{label.production('Poterie').slug}/",
        "wall": "/mur/",
    }


KINDS = ["listing", "article", "issue", "member", "production", "wall"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_told_as_the_standard_says(client, shown, kind):
    fields = told(client, shown[kind])
    assert fields["version"] == "1.0" and fields["type"] == "rich"
    for name, of in REQUIRED.items():
        assert isinstance(fields[name], of), name
    for name, value in fields.items():
        assert isinstance(value, (REQUIRED | OPTIONAL)[name]), name
    assert fields["provider_url"] == f"{SITE}/" and fields["provider_name"] and fields["title"]
    html = BeautifulSoup(fields["html"], "html.parser")
    assert html.blockquote.a["href"] == SITE + shown[kind]
    frame = html.iframe
    assert frame["title"] == fields["title"]
    assert (int(frame["width"]), int(frame["height"])) == (fields["width"], fields["height"])
    assert frame["src"].startswith(f"{SITE}/embed/")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_frame_of_our_own_that_anybody_may_show(client, shown, kind):
    src = BeautifulSoup(told(client, shown[kind])["html"], "html.parser").iframe["src"]
    for _ in ("made", "kept"):
        answer = client.get(src.removeprefix(SITE))
        assert answer.status_code == 200 and not answer.cookies
        assert "X-Frame-Options" not in answer
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors * file:" in policy and "form-action 'none'" in policy
        assert "unsafe" not in policy and answer["Access-Control-Allow-Origin"] == "*"
        page = BeautifulSoup(answer.content, "html.parser")
        assert not page.select("form, input, button")
        assert page.base["target"] == "_blank"
        assert page.h1.a["href"].startswith(SITE)


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_says_where_to_ask_and_that_answers(client, shown, kind):
    page = BeautifulSoup(client.get(shown[kind]).content, "html.parser")
    found = {one["type"]: one["href"] for one in page.select("link[rel=alternate][type*=oembed]")}
    assert found.keys() == {"application/json+oembed", "text/xml+oembed"}
    as_json = client.get(found["application/json+oembed"].removeprefix(SITE))
    assert as_json.json() == told(client, shown[kind])
    as_xml = client.get(found["text/xml+oembed"].removeprefix(SITE))
    assert as_xml["Content-Type"] == "text/xml; charset=utf-8"
    assert {one.tag: one.text for one in ET.fromstring(as_xml.content)} == {
        name: str(value) for name, value in as_json.json().items()
    }


def test_any_sites_script_may_read_it_and_it_is_kept(client, shown):
    answer = asked(client, SITE + shown["listing"])
    assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
    assert "public" in answer["Cache-Control"]
    again = client.get(
        "/oembed", {"url": SITE + shown["listing"]}, headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304
    assert client.post("/oembed").status_code == 405
    Listing.objects.get().save()
    listing = Listing.objects.get()
    listing.name = "La Ferme du haut"
    listing.save()
    assert told(client, shown["listing"])["title"] == "La Ferme du haut"


@pytest.mark.parametrize("form", ["php", "JSON", "x" * 9000])
def test_an_unknown_format_is_501_and_no_failure_of_ours(client, shown, form, caplog):
    assert asked(client, SITE + shown["wall"], format=form).status_code == 501
    assert not caplog.records


def test_what_is_pasted_along_and_what_is_left_empty_change_nothing(client, shown):
    address = SITE + shown["listing"]
    plain = asked(client, address).content
    assert asked(client, f" {address}\r\n", format="", maxwidth="").content == plain


@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "NaN", "99999", "²", "9" * 9000])
def test_an_impossible_size_is_400(client, shown, name, value):
    assert asked(client, SITE + shown["wall"], **{name: value}).status_code == 400


def test_without_an_address_it_is_400(client):
    assert client.get("/oembed").status_code == 400
    assert asked(client, "").status_code == 400


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(300, 150), (200, 90), (1, 1), (5000, 5000)])
def test_the_limits_are_kept(client, shown, kind, width, height):
    fields = told(client, shown[kind], maxwidth=width, maxheight=height)
    assert 0 < fields["width"] <= width and 0 < fields["height"] <= height
    assert fields.get("thumbnail_width", 0) <= width
    assert fields.get("thumbnail_height", 0) <= height


def test_the_photo_comes_with_its_sizes_and_the_largest_that_fits(client):
    kept = {
        name: {"avif": "", "webp": f"/media/{name}.webp 9w", "src": f"/media/{name}.webp"}
        | {"width": width, "height": width * 3 // 4, "alt": "", "credit": ""}
        for name, width in (("large", 640), ("card", 320))
    }
    listing = factories.listing("La Ferme")
    shown = listing.snapshot | {"pictures": [kept["large"]], "card": kept["card"]}
    Listing.objects.update(snapshot=shown)
    path = listing.get_absolute_url()
    fields = told(client, path)
    assert fields["thumbnail_url"] == f"{SITE}/media/large.webp"
    assert (fields["thumbnail_width"], fields["thumbnail_height"]) == (640, 480)
    assert told(client, path, maxwidth=400)["thumbnail_url"] == f"{SITE}/media/card.webp"
    small = told(client, path, maxwidth=200)
    assert not {name for name in small if name.startswith("thumbnail")}
    assert b"/media/large.webp" in client.get(f"/embed/fiche/{listing.slug}").content


def test_authors_are_named(client, shown):
    article = told(client, shown["article"])
    assert article["author_name"] == "Odile"
    assert article["author_url"] == f"{SITE}/magazines/auteur/odile/"
    assert told(client, shown["member"])["author_name"] == "Ida, potière"
    assert "author_name" not in told(client, shown["wall"])


@pytest.mark.parametrize("start", ["", "HTTP://", "https://"])
@pytest.mark.parametrize("end", ["", "?utm_source=x", "#horaires", "?a=b#c", "?"])
def test_an_address_is_known_however_it_is_pasted(client, shown, settings, start, end):
    name = "www.xn--ct-fjae.example"
    settings.SITE_URL = f"https://{name}"
    address = f"{start or 'https://'}{name.upper()}{shown['listing']}{end}"
    assert asked(client, address).status_code == 200
    assert asked(client, address.replace("/?", "?")).status_code == 200
    bare = f"https://{name}.:443{shown['listing'].rstrip('/')}"
    assert asked(client, bare).status_code == 200


def test_a_name_with_accents_is_the_same_in_both_ways_to_write_it(client, shown, settings):
    ways = ["https://côté.example", f"https://{'côté.example'.encode('idna').decode()}"]
    for site, pasted in (ways, ways[::-1]):
        settings.SITE_URL = site
        assert asked(client, pasted + shown["listing"]).status_code == 200


HOSTILE = [
    "javascript:alert(1)//{}",
    "//evil.example{}",
    "{}",
    "https://evil.example{}",
    "http://127.0.0.1:9{}",
    "http://127.0.0.1:8000@evil.example{}",
    "http://user:pass@127.0.0.1:8000{}",
    "http://@127.0.0.1:8000{}",
    "http://127.0.0.1:8000\\@evil.example{}",
    "http://127.0.0.1:8000.evil.example{}",
    "http://127.0.0.1:99999{}",
    "http://127.0.0.1:x{}",
    "http://[::1{}",
    "http://[x]{}",
    "http://a..b\u00ad{}",
    "http://xn--{}",
    "http://\u2100.example{}",
    "http://" + "é" * 300 + "{}",
    "ftp://127.0.0.1:8000{}",
    "file://{}",
    "data:text/html,{}",
    "http://127.0.0.1:8000{}\x00",
    "http://127.0.0.1:8000{}%00",
    "http://127.0.0.1:8000{}\r\nX: y",
    "http://127.0.0.1:8000{}%0d%0a",
    "http://127.0.0.1:8000{}" + "x" * 10_000,
    "http://127.0.0.1:8000{}../../gestion/",
    "http://127.0.0.1:8000/%ff%fe{}",
    "http://127.0.0.1:8000/magazines/%00/%00/",
    "http://127.0.0.1:8000/magazines/%0a/%ff/",
    "http://127.0.0.1:8000/mur/?etiquette=a b",
    "http://127.0.0.1:8000/mur/?etiquette=%00",
    "http://127.0.0.1:8000/oembed",
    "http://127.0.0.1:8000/gestion/",
    "http://127.0.0.1:8000/mon-espace/",
    "http://127.0.0.1:8000",
    "http://127.0.0.1:8000/",
    "x",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_no_page_of_ours_to_show_is_404_and_leads_nowhere(client, shown, address):
    answer = asked(client, address.replace("{}", shown["listing"]))
    assert answer.status_code == 404, answer.content
    assert b"evil" not in answer.content and not answer.has_header("Location")


class AnyAddress(TestCase):
    """Whatever is pasted."""

    @given(
        st.text(max_size=300), st.sampled_from(["", SITE, f"{SITE}/", f"{SITE}/mur/?etiquette="])
    )
    def test_it_is_answered_and_never_fails(self, text, before):
        answer = asked(self.client, before + text)
        assert answer.status_code in (200, 400, 404)

    @given(st.text(max_size=60))
    def test_a_frame_of_anything_is_answered_and_never_fails(self, text):
        for kind in ("fiche", "article/x", "membre", "fait-ici"):
            answer = self.client.get(f"/embed/{kind}/{quote(text, '')}")
            assert answer.status_code in (200, 404)


def test_a_renamed_listing_is_found_under_its_former_address(client):
    listing = factories.listing("La Ferme")
    FormerSlug.objects.create(slug="avant", listing=listing)
    assert told(client, "/annuaire/fiche/avant/")["html"].count(listing.get_absolute_url()) == 1
    assert client.get("/embed/fiche/avant").status_code == 200
    listing.live = False
    listing.save()
    assert asked(client, f"{SITE}/annuaire/fiche/avant/").status_code == 404


def test_a_renamed_article_is_found_under_its_former_address(
    client, django_capture_on_commit_callbacks
):
    paper = webmag.magazine("Le Bissac")
    article = webmag.article("Le pain", "Du levain.", magazine=paper)
    before = f"/magazines/{paper.slug}/{article.slug}/"
    article.slug = "la-miche"
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    assert f"/magazines/{paper.slug}/la-miche/" in told(client, before)["html"]
    article.unpublish()
    assert asked(client, SITE + before).status_code == 404


def test_whoever_was_merged_is_found_in_the_other(client):
    other = label.member(holder="Ida")
    gone = label.member(holder="Ida B.", merged_into=other, state=Membership.State.ENDED)
    assert told(client, gone.get_absolute_url())["title"] == "Ida"


def test_what_is_not_public_is_nowhere(client):
    paper = webmag.magazine("Le Bissac")
    draft = webmag.article("Zorglub", "Zorglub.", magazine=paper, live=False)
    hidden = factories.listing("Zorglub", live=False)
    former = label.member(
        holder="Zorglub", state=Membership.State.ENDED, until=timezone.localdate()
    )
    page = label.production("Zorglub", live=False)
    frames = {
        hidden.get_absolute_url(): f"/embed/fiche/{hidden.slug}",
        f"/magazines/{paper.slug}/{draft.slug}/": f"/embed/article/{paper.slug}/{draft.slug}",
        former.get_absolute_url(): f"/embed/membre/{former.slug}",
        f"/fait-ici/{page.slug}/": f"/embed/fait-ici/{page.slug}",
    }
    for path, frame in frames.items():
        answer = asked(client, SITE + path)
        assert answer.status_code == 404 and b"orglub" not in answer.content, path
        shown = client.get(frame)
        assert shown.status_code == 404 and b"orglub" not in shown.content, frame
        # It may be framed like the others, so it is no page of the site.
        assert "X-Frame-Options" not in shown and b"<form" not in shown.content


def test_what_is_written_cannot_break_out(client):
    name = '"><script>alert(1)</script>'
    listing = factories.listing(name, summary=name)
    path = listing.get_absolute_url()
    assert "<script" not in told(client, path)["html"]
    fields = ET.fromstring(asked(client, SITE + path, format="xml").content)
    assert "<script" not in fields.find("html").text and fields.find("title").text == name
    assert b"<script>alert" not in client.get(f"/embed/fiche/{listing.slug}").content
    assert b"<script>alert" not in client.get(path).content


def test_a_sign_that_xml_cannot_hold_is_left_out(client):
    listing = factories.listing("Chez\x0b Ida\uffff")
    answer = asked(client, SITE + listing.get_absolute_url(), format="xml")
    assert ET.fromstring(answer.content).find("title").text == "Chez Ida"


def test_the_wall_of_a_hashtag_is_framed_with_it(client):
    fields = told(client, "/mur/?etiquette=%23Poterie")
    assert "/embed/mur?etiquette=poterie" in fields["html"] and "#poterie" in fields["title"]


@pytest.mark.parametrize(("theme", "said"), [("sombre", "sombre"), ("rose", "auto"), ("", "auto")])
def test_a_card_has_the_theme_that_its_host_chose(client, shown, theme, said):
    frame = shown["listing"].replace("/annuaire/", "/embed/").rstrip("/")
    page = BeautifulSoup(client.get(f"{frame}?theme={theme}").content, "html.parser")
    assert page.html["data-theme"] == said


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_few_queries(client, shown, kind, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(8):
        told(client, shown[kind])


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/a?x=1#b", "https://127.0.0.1:8000/a"])
def test_the_path_and_the_question_are_what_counts(address):
    path, _query = own_path(address)
    assert path == "/a"


def test_the_least_and_the_usual_sizes():
    assert answers.USUAL_WIDTH >= answers.SIDEWAYS
    # WordPress makes no frame lower than this.
    assert answers.LYING_HEIGHT >= 200
