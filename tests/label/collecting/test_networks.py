"""What each network says becomes the same kind of entry, whatever its shape."""

import json
from datetime import UTC, datetime

import pytest

from label.collecting import parsing
from label.collecting.cleaning import clean, wanted
from label.collecting.entries import Picture
from tests.label.collecting import corpus

TIMELINE, ACCOUNT, FEED = "mot-diese", "compte", "flux"


def answer(name, kind=FEED, url="https://source.example/feed"):
    """What the reader makes of one network's answer."""
    return parsing.read(kind, corpus.BODIES[name].encode(), "", url)


def only(name, **how):
    """Its one entry, cleaned."""
    (entry,) = answer(name, **how).entries
    return clean(entry)


def statuses(*posts, kind=TIMELINE):
    """The entries of a timeline."""
    body = json.dumps(posts).encode()
    return parsing.read(kind, body, "application/json", "https://mastodon.example/api").entries


def test_a_post_on_mastodon():
    entry = only("mastodon", kind=TIMELINE)
    assert entry.guid == "https://mastodon.example/users/ferme/statuses/113500000000000001"
    assert entry.url == entry.canonical == "https://mastodon.example/@ferme/113500000000000001"
    assert entry.author == "La ferme du Gué"
    assert entry.author_url == "https://mastodon.example/@ferme"
    assert entry.network == "Mastodon"
    assert entry.published == datetime(2026, 11, 14, 8, 30, tzinfo=UTC)
    assert entry.tags == ("mis78",)
    assert entry.pictures == (
        Picture("https://files.example/original/a.jpg", "Trois fromages sur une planche"),
        Picture("https://files.example/small/b.png", ""),
    )
    assert "#mis78" in entry.html


def test_a_post_has_one_name_in_its_feed_and_in_a_timeline_of_another_server():
    in_feed, in_timeline = only("mastodon-rss"), only("mastodon", kind=TIMELINE)
    assert in_feed.canonical == in_timeline.canonical
    assert in_feed.author == in_timeline.author


@pytest.mark.parametrize(
    "changed",
    [
        {"visibility": "unlisted"},
        {"visibility": "private"},
        {"visibility": "direct"},
        {"visibility": None},
        {"reblog": corpus.MASTODON_STATUS},
        {"uri": None, "url": None},
        {"uri": "javascript:alert(1)", "url": "ftp://x.example/"},
        {"account": {"bot": True}},
    ],
    ids=json.dumps,
)
def test_what_is_not_for_everybody_or_nobody_wrote_is_left_out(changed):
    assert statuses(corpus.status(**changed)) == ()


def test_a_program_that_is_followed_itself_is_read():
    assert statuses(corpus.status(account={"bot": True}), kind=ACCOUNT)


@pytest.mark.parametrize("said", [{"noindex": True}, {"indexable": False}, {"discoverable": False}])
def test_who_does_not_want_to_be_found_is_marked(said):
    (entry,) = statuses(corpus.status(account=said))
    assert not entry.indexable


def test_who_said_nothing_about_being_found_is_not_marked():
    account = {"noindex": None, "indexable": None, "discoverable": None}
    (entry,) = statuses(corpus.status(account=account))
    assert entry.indexable


def test_a_sensitive_post_comes_without_its_pictures_and_with_its_warning():
    (entry,) = statuses(corpus.status(sensitive=True, spoiler_text="Boucherie"))
    assert entry.pictures == ()
    assert entry.title == "Boucherie"


def test_a_post_of_another_program_keeps_its_own_name():
    uri = "https://autre.example/objects/0b04f13d"
    (entry,) = statuses(corpus.status(uri=uri, url="https://autre.example/notice/A1b2"))
    assert entry.canonical == uri


def test_a_server_cannot_name_a_post_after_somebody_elses_page():
    url = "https://victime.example/@elle/113500000000000001"
    (entry,) = statuses(corpus.status(url=url))
    assert "victime" not in entry.canonical


def test_a_post_on_bluesky():
    entry = only("bluesky", kind=ACCOUNT)
    did = "did:plc:abcdefghijklmnopqrstuvwx"
    assert entry.canonical == f"https://bsky.app/profile/{did}/post/3lawgcpf2vk2a"
    assert entry.url == "https://bsky.app/profile/fournil.bsky.social/post/3lawgcpf2vk2a"
    assert entry.tags == ("mis78", "pain")
    assert entry.pictures == (Picture("https://cdn.bsky.example/large.jpg", "Une miche"),)
    assert entry.html == (
        "Pain d’épeautre<br>à voir : "
        '<a href="https://fournil.example/pains" rel="nofollow ugc noopener">fournil.example</a>'
        " #mis78"
    )
    assert entry.indexable


def test_shares_and_answers_on_bluesky_are_left_out():
    feed = [
        {"post": corpus.BLUESKY_POST, "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}},
        {"post": corpus.BLUESKY_POST, "reply": {"root": {}, "parent": {}}},
    ]
    body = json.dumps({"feed": feed}).encode()
    assert parsing.read(ACCOUNT, body, "", "").entries == ()


def test_who_is_on_bluesky_for_signed_in_people_only_is_marked():
    labels = [{"val": "!no-unauthenticated"}]
    post = corpus.BLUESKY_POST | {"author": corpus.BLUESKY_POST["author"] | {"labels": labels}}
    (entry,) = parsing.read(
        ACCOUNT, json.dumps({"feed": [{"post": post}]}).encode(), "", ""
    ).entries
    assert not entry.indexable


def test_an_article_of_a_blog():
    entry = only("rss")
    assert entry.guid == "https://rucher.example/?p=12"
    assert entry.title == "La récolte & le marché"
    assert entry.author == "Maud"
    assert entry.network == "rucher.example"
    assert entry.pictures == (Picture("https://rucher.example/photos/miel.jpg", "Des pots"),)
    assert "utm_" not in entry.canonical
    assert wanted(entry, {"mis78"})
    assert not wanted(entry, {"mis"})


def test_an_entry_in_xhtml_with_relative_links():
    entry = only("atom")
    assert entry.url == "https://atelier.example/blog/gres"
    assert entry.title == "Grès émaillé"
    assert entry.author == "Inès"
    assert entry.licence == "CC-BY-SA-4.0"
    assert entry.html == "<p>Cuisson <b>#mis78</b></p>"
    assert wanted(entry, {"mis78"})


def test_a_photo_on_pixelfed():
    entry = only("pixelfed")
    assert entry.network == "Pixelfed"
    assert entry.canonical == "https://pixelfed.example/p/verger/700000000000000001"
    assert entry.pictures == (Picture("https://pixelfed.example/m/a.jpg"),)
    assert wanted(entry, {"mis78"})


def test_a_film_on_peertube():
    entry = only("peertube")
    assert entry.network == "PeerTube"
    assert entry.pictures == (Picture("https://tube.example/lazy-static/a.jpg"),)
    assert entry.author == "lavoir"
    assert wanted(entry, {"mis78"})


def test_a_film_on_youtube():
    entry = only("youtube")
    assert entry.network == "YouTube"
    assert entry.canonical == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert entry.html == "Le matin<br>à six heures #mis78"
    assert entry.published == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert entry.pictures == (Picture("https://i4.ytimg.example/vi/x/hqdefault.jpg"),)
    assert wanted(entry, {"mis78"})


def test_a_photo_on_flickr():
    entry = only("flickr")
    assert entry.network == "Flickr"
    assert entry.licence == "CC-BY-2.0"
    assert entry.pictures == (Picture("https://live.flickr.example/1_b.jpg"),)
    assert wanted(entry, {"mis78"})


def test_a_json_feed():
    found = answer("json-feed", url="https://potager.example/feed.json")
    first, second = (clean(entry) for entry in found.entries)
    assert found.title == "Le potager"
    assert found.next_url == "https://potager.example/feed.json?page=2"
    assert first.html == "Elles sont là.<br>Venez #mis78"
    assert (first.author, second.author) == ("Paul", "Léa")
    assert first.published == datetime(2026, 11, 12, 7, tzinfo=UTC)
    assert first.pictures == (Picture("https://potager.example/courges.jpg"),)
    assert second.guid == "2"
    assert second.url == "https://potager.example/navets"
    assert wanted(first, {"mis78"})
    assert not wanted(second, {"mis78"})


def test_only_its_own_hashtags_count_where_a_network_has_them():
    (entry,) = statuses(corpus.status(tags=[{"name": "autre"}]))
    assert not wanted(entry, {"mis78"})
    assert wanted(entry, {"autre"})


@pytest.mark.parametrize("name", corpus.BODIES)
def test_what_came_is_kept_for_the_record(name):
    assert all(entry.original for entry in answer(name).entries)


def test_a_feed_that_robots_must_not_show_is_marked():
    meta = (
        '<xhtml:meta xmlns:xhtml="http://www.w3.org/1999/xhtml" name="robots" content="noindex"/>'
    )
    body = corpus.RSS.replace("<item>", f"{meta}<item>")
    (entry,) = parsing.read(FEED, body.encode(), "", "https://rucher.example/").entries
    assert not entry.indexable
