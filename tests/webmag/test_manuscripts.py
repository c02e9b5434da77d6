"""One's own articles as Markdown: whose, under which names, with every word."""

import io
import re
import zipfile
from html import unescape

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.webmag import bodies, factories
from tests.webmag.test_ebook_checked import HOSTILE, hostile_blocks
from webmag.taking import manuscripts, markdown
from webmag.taking.sheets import ManuscriptSheet

ADDRESS = "/mon-espace/mes-donnees/articles/"
READER = MarkdownIt("commonmark").enable("table")
WORD = re.compile(r"\w+")


def archive_of(client, user):
    client.force_login(user)
    answer = client.post(ADDRESS)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def read(text):
    """(front matter, rendered HTML) of a manuscript."""
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), READER.render(body)


def words_of(html):
    return WORD.findall(BeautifulSoup(html, "html.parser").get_text(" "))


def paper(article, sheet=None):
    from webmag.taking.paper import pieces

    [piece] = pieces([article], sheet or ManuscriptSheet())
    return piece


@pytest.mark.django_db
def test_somebody_takes_their_drafts_and_articles_along(client, team, echo, draft):
    photo = factories.photo("Le four d'Odile", credit="Odile", licence="CC-BY-4.0")
    author = team.paul.author
    factories.article(
        "Le four: un matin",
        [("photo", {"photo": photo.pk, "caption": "Vu", "alt": ""})],
        magazine=echo,
        owner=team.paul,
        by=author,
        tags=["pain"],
    )
    found = archive_of(client, team.paul)
    names = set(found.namelist())
    assert {"le-canari-de-paul.md", "le-four-un-matin.md", "LISEZMOI.md"} <= names
    [picture] = [name for name in names if name.endswith(".png")]
    assert found.read(picture) == photo.file.open().read()
    head, html = read(found.read("le-four-un-matin.md").decode())
    assert head["title"] == "Le four: un matin" and head["state"] == "published"
    assert head["authors"] == ["Paul"] and head["tags"] == ["pain"]
    assert head["magazine"] == echo.title and head["canonical"].endswith("/echo/le-four-un-matin/")
    assert f'src="{picture}"' in html
    assert "© Odile · CC-BY-4.0" in found.read("images/CREDITS.md").decode().replace("\\", "")
    head, html = read(found.read("le-canari-de-paul.md").decode())
    assert head["state"] == "draft" and "canonical" not in head and "Un canari chante" in html


@pytest.mark.django_db
def test_nobody_gets_another_s_articles(client, team, echo, draft):
    factories.article("D’Ines", "zorgines", magazine=echo, owner=team.ines)
    for user in (team.ines, team.odile, team.lucas):
        client.force_login(user)
        answer = client.post(ADDRESS)
        if user is team.ines:
            data = b"".join(answer.streaming_content)
            found = zipfile.ZipFile(io.BytesIO(data))
            assert "dines.md" in found.namelist()
            assert not any("canari" in found.read(name).decode() for name in found.namelist())
        else:
            assert answer.status_code == 404


@pytest.mark.django_db
def test_a_visitor_is_sent_to_log_in_and_a_link_takes_nothing(client, team):
    assert client.post(ADDRESS).status_code == 302
    client.force_login(team.paul)
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_what_somebody_signs_with_others_is_theirs_too(client, team, echo):
    factories.article(
        "À deux",
        "Ensemble.",
        magazine=echo,
        owner=team.odile,
        by=[team.odile.author, team.ines.author],
    )
    head, _ = read(archive_of(client, team.ines).read("a-deux.md").decode())
    assert head["authors"] == ["Odile", "Ines"]


@pytest.mark.django_db
def test_it_is_offered_to_who_has_written_and_only_so_often(client, team, draft):
    client.force_login(team.lucas)
    page = "/mon-espace/mes-donnees/"
    assert ADDRESS not in client.get(page).content.decode()
    client.force_login(team.paul)
    assert ADDRESS in client.get(page).content.decode()
    assert [client.post(ADDRESS).status_code for _ in range(8)][-1] == 429


@pytest.mark.django_db
def test_my_data_hold_them_too(client, team, draft):
    client.force_login(team.paul)
    answer = client.post("/mon-espace/mes-donnees/telecharger/")
    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Un canari chante" in found.read("articles/le-canari-de-paul.md").decode()


@pytest.mark.django_db
def test_links_between_one_s_own_articles_lead_to_their_files(client, team, echo):
    factories.article("Le four", magazine=echo, owner=team.paul)
    link = '<p><a href="/magazines/echo/le-four/">ceci</a></p>'
    factories.article("Le pain", [("text", link)], magazine=echo, owner=team.paul)
    assert "[ceci](le-four.md)" in archive_of(client, team.paul).read("le-pain.md").decode()


@pytest.mark.django_db
def test_what_is_read_elsewhere_first_says_where(client, team, echo):
    first = "https://blog.example/four/"
    factories.article("Le four", magazine=echo, owner=team.paul, canonical_url=first)
    head, _ = read(archive_of(client, team.paul).read("le-four.md").decode())
    assert head["canonical"] == first


@pytest.mark.django_db
def test_every_word_of_every_block_is_there(echo):
    photo = factories.photo(alt_text="Un four")
    for blocks in (bodies.one_of_each(photos=[photo] * 3), hostile_blocks()):
        made = paper(factories.article("Le four", blocks, magazine=echo))
        html = READER.render(markdown.body(made.html))
        assert words_of(html) == words_of(made.html)
        assert "<script>" not in html
        assert html.count("<table>") == made.html.count("<table>") == 1
        assert html.count("<img") == made.html.count("<img")


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"])
    | st.sampled_from("*_#`|<>&[]()!\\-+~=:1. "),
    max_size=60,
)


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, min_size=1, max_size=4), st.booleans())
def test_words_are_kept_whatever_they_are(texts, in_table):
    soup = BeautifulSoup("", "html.parser")
    for text in texts:
        element = soup.new_tag("p")
        element.string = text
        soup.append(element)
    if in_table:
        table = "<table><thead><tr><th>Jour</th></tr></thead><tbody>{}</tbody></table>"
        html = table.format("".join(f"<tr><td>{p.decode_contents()}</td></tr>" for p in soup("p")))
    else:
        html = soup.decode()
    made = READER.render(markdown.body(html))
    assert "".join(words_of(made)) == "".join(words_of(html)), markdown.body(html)


@settings(deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3))
def test_the_head_reads_back(title, tags):
    clean = re.compile("[\ud800-\udfff]")
    title, tags = clean.sub("", title), [clean.sub("", tag) for tag in tags]
    text = markdown.head({"title": title, "tags": tags, "state": "draft"})
    lines = text.split("\n")
    assert (lines[0], lines[-2:]) == ("---", ["---", ""]) and len(lines) == 6
    found = yaml.safe_load("\n".join(lines[1:-2]))
    assert WORD.findall(found["title"]) == WORD.findall(title)
    assert found["state"] == "draft" and len(found["tags"]) == len(tags)


@given(st.lists(st.text(max_size=90) | st.sampled_from(["../../x", "CON", "nul", "lpt1", "", "/"])))
def test_names_of_files_are_plain_and_each_once(titles):
    names = manuscripts.file_names(enumerate(titles)).values()
    assert len(set(names)) == len(titles)
    for name in names:
        assert re.fullmatch(r"[a-z0-9_-]{1,80}\.md", name)
        assert name.removesuffix(".md") not in manuscripts.RESERVED | {"lisezmoi"}


def test_hostile_titles_are_headings_of_one_line():
    html = READER.render(markdown.heading(HOSTILE))
    assert html.count("<h1>") == 1 and "<script>" not in html
    assert unescape("alert") in html
