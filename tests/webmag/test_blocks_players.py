"""Videos of other sites: which addresses are understood, and which frames a page may hold."""

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError

from tests import factories as directory
from tests.webmag import bodies, factories
from webmag import players
from webmag.blocks.embeds import EmbedBlock
from webmag.body import rendered
from webmag.models import Article

pytestmark = pytest.mark.django_db

ID = "aB3_dE6-hIj"
YOUTUBE = f"https://www.youtube-nocookie.com/embed/{ID}?autoplay=1"


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        (f"https://www.youtube.com/watch?v={ID}", YOUTUBE),
        (f"https://youtube.com/watch?list=x&v={ID}&t=3", YOUTUBE),
        (f"http://m.youtube.com/watch?v={ID}", YOUTUBE),
        (f"https://youtu.be/{ID}?si=suivi", YOUTUBE),
        (f"https://www.youtube.com/shorts/{ID}", YOUTUBE),
        (f"https://www.youtube-nocookie.com/embed/{ID}", YOUTUBE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"),
        (
            "https://vimeo.com/76979871/ab12cd34ef",
            "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1&h=ab12cd34ef",
        ),
        (
            "https://www.dailymotion.com/video/x8abcde",
            "https://geo.dailymotion.com/player.html?video=x8abcde",
        ),
        ("https://dai.ly/x8abcde", "https://geo.dailymotion.com/player.html?video=x8abcde"),
        (
            "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "https://framatube.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0",
        ),
        (
            "https://framatube.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "https://framatube.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d"
            "?autoplay=1&p2p=0",
        ),
    ],
)
def test_an_address_of_a_video_becomes_a_frame(url, frame):
    assert players.player_of(url).frame == frame


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://evil.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://evil.example/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d",
        "https://framatube.org.evil.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org@evil.example/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://evil.example@framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org:8443/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org/w/../../gestion",
        "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv/x",
        f"https://www.youtube.com/watch?v={ID}x",
        'https://www.youtube.com/watch?v="><script>',
        "https://www.youtube.com/redirect?q=https://evil.example",
        f"https://www.youtube.com.evil.example/watch?v={ID}",
        f"https://notyoutube.com/watch?v={ID}",
        "https://vimeo.com/channels/staffpicks",
        "https://www.dailymotion.com/fr",
        f"ftp://youtu.be/{ID}",
        f"//youtu.be/{ID}",
        "javascript:alert(1)//youtu.be/aaaaaaaaaaa",
        "https://[::1/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://framatube.org:port/w/kkGMgK9ZtnKfYAgnEtQxbv",
    ],
)
def test_anything_else_does_not(url):
    assert players.player_of(url) is None


def test_a_host_left_out_of_the_settings_becomes_a_plain_link(settings):
    settings.EMBED_HOSTS = ["framatube.org"]
    block = ("embed", {"url": bodies.VIDEO, "title": "Le four", "photo": None, "caption": ""})
    html = rendered(Article(body=factories.body([block])).body)
    assert "click-to-play" not in html and f'href="{bodies.VIDEO}"' in html


def test_nothing_of_another_site_is_in_the_page_before_a_click():
    block = ("embed", {"url": bodies.VIDEO, "title": "Le four", "photo": None, "caption": ""})
    html = rendered(Article(body=factories.body([block])).body)
    assert "<iframe" not in html and "<img" not in html and 'href="https://www.youtube.com' in html


def test_only_an_article_with_a_video_may_hold_frames():
    policy = players.frame_policy()
    assert policy["frame-src"][0] == "https://www.youtube-nocookie.com"
    assert policy["script-src"] == ["'self'"] and policy["default-src"] == ["'none'"]


@pytest.mark.django_db
def test_the_policy_of_a_page_follows_its_blocks(client, settings, tmp_path):
    here = tmp_path / "webmag"
    here.mkdir()
    (here / "article.html").write_text("{{ page.title }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    video = ("embed", {"url": bodies.VIDEO, "title": "x", "photo": None, "caption": ""})
    with_video = client.get(factories.article(blocks=[video]).url)
    without = client.get(factories.article(blocks="Bonjour").url)
    name = "Content-Security-Policy"
    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com" in with_video[name]
    assert "frame-src" not in without[name]


def test_a_page_of_ours_is_shown_as_what_it_is_and_leads_there(categories):
    listing = directory.listing("La Ferme", category="cremerie")
    url = f"{site.SITE_URL}{listing.get_absolute_url()}?utm_source=x#horaires"
    value = {"url": url, "title": "La ferme d’à côté", "photo": None, "caption": ""}
    html = rendered(Article(body=factories.body([("embed", value)])).body)
    assert f'href="{site.SITE_URL}{listing.get_absolute_url()}"' in html
    assert "Rambouillet" in html and "<iframe" not in html and "click-to-play" not in html
    assert EmbedBlock().clean(value)["url"] == url
    listing.live = False
    listing.save()
    assert "Rambouillet" not in rendered(Article(body=factories.body([("embed", value)])).body)
    with pytest.raises(ValidationError):
        EmbedBlock().clean(value)
