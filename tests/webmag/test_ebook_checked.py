"""What EPUBCheck, the reference checker, says of our e-books: nothing."""

import pytest

from tests.webmag import bodies, books, factories

pytestmark = pytest.mark.django_db
HOSTILE = (
    "< & > \" ' ]]> <!-- --> <script>alert(1)</script> &amp; &nbsp; \x07 \x1b \ufffe "
    "שלום עולם مرحبا \u202e 😀👩‍🌾 " + "anticonstitutionnel" * 16
)


def hostile_blocks():
    """One of each block, of words that break what is not escaped."""
    photo = factories.photo(title=HOSTILE[:200], alt_text='Un "four" & <b>', credit="<Paul> & Cie")
    words = HOSTILE[:110]
    rich = (
        f"<p>{HOSTILE}</p><p><a href='https://example.org/a b?x=<y>&z=1#é'>lien</a>"
        "<a href='mailto:a@example.org'>mail</a> <a href='/annuaire/?q=1&amp;ou=%zz'>là</a>"
        "<a href='javascript:alert(1)'>rien</a> <a href='https://[::1'>cassé</a><br>x<br/></p>"
        "<ul><li>un<ul><li>deux</li></ul></li></ul><h3>Titre</h3>"
    )
    kinds = dict(bodies.one_of_each(photos=[photo] * 3))
    kinds["heading"] = words
    kinds["text"] = rich
    kinds["quote"] = {"text": HOSTILE, "author": words}
    kinds["interview"] = {"who": words, "exchanges": [{"question": HOSTILE, "answer": rich}]}
    kinds["photo"] = {"photo": photo.pk, "caption": words, "alt": 'un "mot" <&>'}
    kinds["recipe"] = bodies.recipe(name=words, ingredients=[words], steps=[HOSTILE], tip=HOSTILE)
    kinds["practical"] = {
        "title": words[:60],
        "listing": None,
        "rows": [{"label": "<&>", "text": HOSTILE}],
    }
    kinds["table"] = {"table": bodies.table(caption=words), "row_headings": True}
    return list(kinds.items())


def test_an_issue_with_every_block_and_hostile_words_is_valid(client, echo, tmp_path):
    author = factories.author('Odile "la <meunière>" & Cie')
    title = 'Le "four" <&> 😀 שלום'
    article = factories.article(title, hostile_blocks(), magazine=echo, by=author, standfirst=title)
    plain = factories.article("Le pain", bodies.one_of_each(), magazine=echo, by=author)
    issue = factories.issue(
        title,
        [article, plain],
        magazine=echo,
        slug="hostile",
        editorial=f"<p>{HOSTILE}</p>",
        signed_by="<&>",
        cover=factories.photo(size=(1600, 1200), credit="<&>"),
    )
    data = books.fetched(client, issue)
    books.check_layout(data)
    assert books.said(data, tmp_path) == []


def test_an_issue_of_bare_articles_is_valid(client, echo, tmp_path):
    issue = factories.issue("Nu", [factories.article("Nu", magazine=echo)], magazine=echo)
    data = books.fetched(client, issue)
    books.check_layout(data)
    assert books.said(data, tmp_path) == []
