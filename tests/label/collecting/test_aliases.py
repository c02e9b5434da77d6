"""One publication has one address, however many its network gives it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from label.collecting import links, refusals
from label.collecting.canonical import canonical
from label.collecting.rechecking import witness
from label.models import Item
from tests.outside import Server, page

UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
SHORT = "kkGMgK9ZtnKfYAgnEtQxbv"
DID = "did:plc:abcdefghijklmnopqrstuvwx"
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SAME = {
    f"https://tube.example/videos/watch/{UUID}": [
        f"https://tube.example/w/{SHORT}",
        f"https://TUBE.example/w/{UUID}?utm_source=x#t",
        f"https://tube.example/videos/embed/{UUID}?autoplay=1",
        f"https://tube.example/videos/watch/{UUID.upper()}",
        f"https://tube.example/w/{SHORT}?start=10s",
    ],
    FILM: [
        *("https://youtu.be/dQw4w9WgXcQ?si=abc", "http://youtu.be/dQw4w9WgXcQ/"),
        "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=9s",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share",
        "https://youtube.com/live/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RD",
    ],
    "https://www.youtube.com/@lafermedugué": [
        "https://youtube.com/@LaFermeDuGu%C3%A9/videos",
    ],
    "https://www.youtube.com/@laferme": [
        *("https://youtube.com/@LaFerme/videos", "https://m.youtube.com/@laferme?si=x"),
    ],
    "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv": [
        "http://youtube.com/channel/UCabcdefghijklmnopqrstuv/featured",
    ],
    "https://m.example/@ana/123": [
        *("https://m.example/users/ana/statuses/123", "https://M.example:443/@ana/123#x"),
        "https://m.example/users/ana/statuses/123/activity",
        "https://m.example/web/@ana/123",
    ],
    f"https://bsky.app/profile/{DID}/post/3lawgcpf2vk2a": [
        f"at://{DID}/app.bsky.feed.post/3lawgcpf2vk2a",
        f"https://bsky.app/profile/{DID}/post/3lawgcpf2vk2a/",
    ],
    "https://bsky.app/profile/fournil.bsky.social": [
        "https://BSKY.app/profile/Fournil.bsky.social/?ref_src=x",
    ],
    "https://www.flickr.com/photos/12345678@N00/501/": [
        "https://flickr.com/photos/12345678@N00/501",
        "https://www.flickr.com/photos/12345678@N00/501/in/photostream/",
    ],
}
OTHERS = [
    *("https://x.example/w/index.php", "https://x.example/w/4pJ7xWQm9sVwqkZtYfR2A", FILM),
    *("https://www.youtube.com/watch?v=trop-court", "https://www.youtube.com/playlist?list=PL1"),
    *("https://www.youtube.com/", "https://www.youtube.com/hashtag/mis78", "https://youtu.be/"),
    *("https://x.example/users/ana", "https://m.example/@ana@autre.example/123"),
    *("https://bsky.app/profile/a.example/feed/x", "https://www.flickr.com/photos/tags/mis78"),
]


@pytest.mark.parametrize(("name", "others"), SAME.items())
def test_all_of_them_are_one(name, others):
    assert {canonical(other) for other in others} == {canonical(name)}
    assert canonical(name) == name or "%" in canonical(name)


@pytest.mark.parametrize("url", OTHERS)
def test_what_only_looks_alike_stays_another(url):
    assert canonical(url) == url


WORDS = st.text("aZ9_-.%@éß :/?#&=", max_size=24)
SHAPES = st.sampled_from(
    [
        *("https://youtu.be/{}", "https://www.youtube.com/watch?v={}", "https://youtube.com/@{}"),
        *("https://m.youtube.com/shorts/{}", "https://youtube.com/channel/UC{}", "at://{}"),
        *("https://m.example/users/{}/statuses/1", "https://m.example/web/@{}/1", "https://x/w/{}"),
        *("https://bsky.app/profile/{}", "https://bsky.app/profile/{}/post/{}", "at://did:plc:{}"),
        *("https://flickr.com/photos/{}/1/in/x", "https://tube.example/videos/watch/{}", "{}"),
        *(f"at://{DID}/app.bsky.feed.post/{{}}", "http://youtube.com/watch?{}", "https://{}"),
    ]
)


@given(SHAPES, WORDS | st.uuids(version=4).map(str) | st.text(max_size=30))
def test_a_canonical_address_is_its_own(shape, word):
    name = canonical(shape.replace("{}", word))
    assert canonical(name) == name and len(name) <= 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("https://m.example/users/ana", "https://m.example/@ana"),
        ("https://m.example/@ana", "http://www.m.example/users/ana/"),
        ("https://www.youtube.com/@LaFerme", "https://youtube.com/@laferme/videos"),
        ("https://bsky.app/profile/Fournil.example", "https://bsky.app/profile/fournil.example/"),
        ("https://x.example/?a=1&utm_source=b", "https://x.example/?a=1"),
    ],
)
def test_who_said_no_is_known_by_any_of_them(said, found):
    refusals.refuse(said)
    assert refusals.is_refused(found) and not refusals.is_refused("https://m.example/@eva")
    refusals.allow(found)
    assert not refusals.is_refused(found)


def test_a_post_on_bluesky_is_asked_for_where_deletions_show():
    asked = witness(Item(canonical_uri=f"https://bsky.app/profile/{DID}/post/3lawgcpf2vk2a"))
    assert asked.counts and asked.url.endswith(
        "getPosts?uris=at%3A%2F%2Fdid%3Aplc%3Aabcdefghijklmnopqrstuvwx"
        "%2Fapp.bsky.feed.post%2F3lawgcpf2vk2a"
    )


@pytest.mark.parametrize(
    ("body", "who"),
    [
        (json.dumps({"did": DID}).encode(), DID),
        *((body, "fournil.example") for body in (b"", b"[]", b'{"did": "x"}', b'{"did": 5}')),
    ],
)
def test_a_name_on_bluesky_becomes_its_number(settings, monkeypatch, body, who):
    server = Server(lambda out, _: out.sendall(page(body)))
    settings.ALLOW_PRIVATE_FETCH = [server.entry]
    monkeypatch.setattr(links, "RESOLVE", f"{server.url}/?handle=")
    made = links.settled("https://bsky.app/profile/fournil.example/post/3lawgcpf2vk2a")
    server.close()
    assert made == f"https://bsky.app/profile/{who}/post/3lawgcpf2vk2a"
    assert server.requests[0].startswith("GET /?handle=fournil.example ")
    assert links.settled("https://x.example/1") == "https://x.example/1"
    assert len(server.requests) == 1
