"""What is kept of an entry: dates that can be, tags in one form, addresses with one name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from label.collecting.canonical import canonical, web_address
from label.collecting.cleaning import clean, digest, wanted
from label.collecting.entries import Entry, Picture

PLAIN = Entry(
    guid="1",
    url="https://ferme.example/fromages",
    canonical="https://ferme.example/fromages",
    title="Fromages",
    html="<p>Frais</p>",
)


def cleaned(**fields):
    """A plain entry with something else about it, cleaned."""
    return clean(replace(PLAIN, **fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "", "html": ""},
        {"title": " \u200b\ufeff", "html": "<p>\u00a0</p><script>x</script>"},
        {"title": "<b></b>", "html": "<img src='/dot.gif' width=1 height=1>"},
        {"url": ""},
        {"url": "javascript:alert(1)"},
        {"url": "/fromages"},
        {"url": f"https://ferme.example/{'a' * 500}"},
        {"canonical": ""},
        {"canonical": "tag:ferme.example,2026:1"},
        {"canonical": "https://moi:secret@ferme.example/"},
        {"guid": ""},
    ],
    ids=str,
)
def test_nothing_is_kept_of_what_shows_nothing_or_has_no_address(fields):
    assert cleaned(**fields) is None


def test_a_picture_alone_is_enough():
    picture = Picture("https://ferme.example/a.jpg")
    assert cleaned(title="", html="", pictures=(picture,)).pictures == (picture,)


@pytest.mark.parametrize(
    "date",
    [
        None,
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(2026, 11, 1),  # noqa: DTZ001 -- what says no time zone is the point
    ],
)
def test_a_date_that_cannot_be_is_dropped(date):
    assert cleaned(published=date).published is None


@pytest.mark.parametrize("days", [1, 400, 700_000])
def test_what_is_to_come_was_written_now(days):
    date = cleaned(published=timezone.now() + timedelta(days=days)).published
    assert abs(timezone.now() - date) < timedelta(minutes=1)


def test_a_date_of_the_past_stays():
    date = datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert cleaned(published=date).published == date


def test_links_are_made_absolute_and_lend_nobody_our_name():
    html = '<a href="/prix">prix</a> <a href="?page=2">suite</a> <a href="#bas">bas</a>'
    assert cleaned(html=html).html == (
        '<a href="https://ferme.example/prix" rel="nofollow ugc noopener">prix</a> '
        '<a href="https://ferme.example/fromages?page=2" rel="nofollow ugc noopener">suite</a> '
        '<a href="https://ferme.example/fromages#bas" rel="nofollow ugc noopener">bas</a>'
    )


def test_words_stay_apart_when_marks_go():
    html = "<div>un</div><div>deux</div><table><tr><td>trois</td><td>quatre</td></tr></table>"
    assert cleaned(html=html).html.split() == ["un", "deux", "trois", "quatre"]


def test_plain_text_keeps_its_lines():
    assert cleaned(html="un & deux\r\ntrois").html == "un &amp; deux<br>trois"


def test_titles_are_plain_and_fit():
    assert cleaned(title="<b>Fro</b>mages &amp; <script>x</script>pain").title == "Fromages & pain"
    long = cleaned(title="fromage " * 100).title
    assert len(long) <= 300
    assert long.endswith("fromage…")


def test_words_cannot_be_turned_around():
    assert cleaned(title="\u202eegamorf\u202c").title == "egamorf"


def test_tags_come_in_their_one_form_once():
    tags = ("#Mis78", "MIS78", "ｍｉｓ78", " pain ", "deux mots", "12", "", "<b>")
    assert cleaned(tags=tags).tags == ("mis78", "pain")


def test_pictures_of_the_text_stand_in_for_missing_ones():
    html = (
        '<img src="https://compteur.example/p.gif" width="1" height="1">'
        '<img src="/photo.jpg?a=1&amp;b=2" alt="Un &quot;four&quot; >">'
        "<img src='data:image/png;base64,AAAA'><img src='javascript:alert(1)'>"
    )
    address = "https://ferme.example/photo.jpg?a=1&b=2"
    assert cleaned(html=html).pictures == (Picture(address, 'Un "four" >'),)
    own = (Picture("https://ferme.example/propre.jpg"),)
    assert cleaned(html=html, pictures=own).pictures == own


def test_the_digest_changes_with_what_readers_see_and_with_nothing_else():
    entry = cleaned(pictures=(Picture("https://ferme.example/a.jpg?signature=1"),))
    first = digest(entry)
    signed_anew = (Picture("https://ferme.example/a.jpg?signature=2"),)
    for same in (
        {"guid": "2"},
        {"author": "Autre"},
        {"tags": ("autre",)},
        {"original": "x"},
        {"pictures": signed_anew},
    ):
        assert digest(replace(entry, **same)) == first, same
    for other in (
        {"title": "Autre"},
        {"html": "<p>Autre</p>"},
        {"url": "https://ferme.example/autre"},
        {"pictures": ()},
        {"pictures": (Picture("https://ferme.example/b.jpg"),)},
    ):
        assert digest(replace(entry, **other)) != first, other


@pytest.mark.parametrize(
    ("fields", "is_wanted"),
    [
        ({"html": "<p>Ce samedi #<span>Mis78</span> !</p>"}, True),
        ({"title": "Four ouvert #mis78"}, True),
        ({"html": "<p>un</p><p>#mis78</p>"}, True),
        ({"html": "un<br>#mis78"}, True),
        ({"html": "#mis789"}, False),
        ({"html": "#mis<b>78</b>9"}, False),
        ({"html": "#m\u0456s78"}, False),
        ({"html": "https://x.example/#mis78"}, False),
        ({"html": '<a href="https://x.example/#mis78">ici</a>'}, False),
        ({"html": "<!-- #mis78 --><script>#mis78</script><style>#mis78{}</style>"}, False),
        ({"html": '<p title="#mis78">x</p>'}, False),
        ({"tags": ("Mis78",), "html": ""}, True),
        ({"tags": ("mis789",), "html": "#mis78"}, False),
        ({"tags": (), "html": "#mis78"}, False),
    ],
    ids=str,
)
def test_an_entry_is_wanted_by_its_tags_else_by_its_text(fields, is_wanted):
    entry = replace(PLAIN, **fields)
    assert wanted(entry, {"mis78"}) is is_wanted
    assert wanted(clean(entry), {"mis78"}) is is_wanted


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("HTTPS://Ferme.Example:443/A?b=1#c", "https://ferme.example/A?b=1"),
        ("http://ferme.example:80", "http://ferme.example/"),
        ("https://ferme.example/a?utm_source=x&b=1&fbclid=2", "https://ferme.example/a?b=1"),
        ("https://ferme.example/a?utm_source=x", "https://ferme.example/a"),
        ("https://ferme.example/?p=12&at_medium=x", "https://ferme.example/?p=12"),
        ("https://ferme.example/?attente=1", "https://ferme.example/?attente=1"),
        ("https://exemplé.fr/é", "https://xn--exempl-gva.fr/%C3%A9"),
        ("https://m.example/users/a/statuses/12", "https://m.example/@a/12"),
        ("https://m.example/users/a/statuses/12/activity", "https://m.example/@a/12"),
        ("ftp://ferme.example/", ""),
        ("https://moi@ferme.example/", ""),
        ("//ferme.example/", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_name(url, name):
    assert canonical(url) == name


def test_an_address_for_readers_keeps_its_place_in_the_page():
    assert web_address("a b#ici", "https://ferme.example/x/") == "https://ferme.example/x/a%20b#ici"
    assert web_address("", "https://ferme.example/") == ""
