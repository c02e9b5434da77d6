"""One invented answer of each network, in the shape that its programs send."""

import json

from defusedxml.ElementTree import fromstring

MASTODON_STATUS = {
    "id": "113500000000000001",
    "created_at": "2026-11-14T08:30:00.000Z",
    "in_reply_to_id": None,
    "sensitive": False,
    "spoiler_text": "",
    "visibility": "public",
    "language": "fr",
    "uri": "https://mastodon.example/users/ferme/statuses/113500000000000001",
    "url": "https://mastodon.example/@ferme/113500000000000001",
    "replies_count": 0,
    "edited_at": None,
    "content": (
        '<p>Fromage frais ce samedi <a href="https://mastodon.example/tags/mis78" '
        'class="mention hashtag" rel="tag">#<span>mis78</span></a></p>'
    ),
    "reblog": None,
    "account": {
        "id": "1",
        "username": "ferme",
        "acct": "ferme",
        "display_name": "La ferme du Gué",
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": True,
        "noindex": False,
        "url": "https://mastodon.example/@ferme",
        "uri": "https://mastodon.example/users/ferme",
    },
    "media_attachments": [
        {
            "id": "2",
            "type": "image",
            "url": "https://files.example/original/a.jpg",
            "preview_url": "https://files.example/small/a.jpg",
            "description": "Trois fromages sur une planche",
        },
        {
            "id": "3",
            "type": "gifv",
            "url": "https://files.example/original/b.mp4",
            "preview_url": "https://files.example/small/b.png",
            "description": None,
        },
        {"id": "4", "type": "audio", "url": "https://files.example/c.mp3", "preview_url": None},
    ],
    "mentions": [],
    "tags": [{"name": "mis78", "url": "https://mastodon.example/tags/mis78"}],
    "emojis": [],
    "card": None,
    "poll": None,
}

BLUESKY_POST = {
    "uri": "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3lawgcpf2vk2a",
    "cid": "bafy",
    "author": {
        "did": "did:plc:abcdefghijklmnopqrstuvwx",
        "handle": "fournil.bsky.social",
        "displayName": "Le fournil",
        "labels": [],
    },
    "record": {
        "$type": "app.bsky.feed.post",
        "createdAt": "2026-11-14T06:00:00.000Z",
        "langs": ["fr"],
        "text": "Pain d’épeautre\nà voir : fournil.example #mis78",
        "facets": [
            {
                "index": {"byteStart": 29, "byteEnd": 44},
                "features": [
                    {
                        "$type": "app.bsky.richtext.facet#link",
                        "uri": "https://fournil.example/pains",
                    }
                ],
            },
            {
                "index": {"byteStart": 45, "byteEnd": 51},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "mis78"}],
            },
        ],
        "tags": ["pain"],
    },
    "embed": {
        "$type": "app.bsky.embed.images#view",
        "images": [
            {
                "thumb": "https://cdn.bsky.example/small.jpg",
                "fullsize": "https://cdn.bsky.example/large.jpg",
                "alt": "Une miche",
            }
        ],
    },
    "labels": [],
    "indexedAt": "2026-11-14T06:00:01.000Z",
}

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Le journal du rucher</title><link>https://rucher.example/</link>
<atom:link href="https://rucher.example/feed/" rel="self" type="application/rss+xml"/>
<generator>https://wordpress.org/?v=6.7</generator>
<item><title>La récolte &amp; le marché</title>
<link>https://rucher.example/recolte/?utm_source=rss&amp;utm_medium=rss</link>
<dc:creator><![CDATA[Maud]]></dc:creator><pubDate>Sat, 14 Nov 2026 09:00:00 +0000</pubDate>
<category><![CDATA[Actualités]]></category>
<guid isPermaLink="false">https://rucher.example/?p=12</guid>
<description><![CDATA[<p>Le miel est là.</p>]]></description>
<content:encoded><![CDATA[<p>Le miel est là : #mis78.</p>
<figure><img src="/photos/miel.jpg" alt="Des pots" width="600"></figure>]]></content:encoded>
</item></channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atelier.example/blog/">
<title>L’atelier</title><id>https://atelier.example/blog/</id>
<author><name>Inès</name><uri>/qui</uri></author>
<rights>https://creativecommons.org/licenses/by-sa/4.0/</rights>
<entry><title type="html">Grès &lt;em&gt;émaillé&lt;/em&gt;</title>
<id>tag:atelier.example,2026:4</id>
<link href="gres"/><updated>2026-11-14T10:00:00+01:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Cuisson <b>#mis78</b></p></div>
</content></entry></feed>"""

PIXELFED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<id>https://pixelfed.example/users/verger.atom</id><title>verger on Pixelfed</title>
<author><name>Le verger</name><uri>https://pixelfed.example/verger</uri></author>
<link rel="alternate" type="text/html" href="https://pixelfed.example/verger"/>
<entry><id>https://pixelfed.example/p/verger/700000000000000001</id>
<title><![CDATA[Pommes #mis78]]></title><updated>2026-11-13T10:00:00.000Z</updated>
<author><name>verger</name><uri>https://pixelfed.example/verger</uri></author>
<content type="html"><![CDATA[<img id="rss_0" src="https://pixelfed.example/m/a.jpg">
Pommes <a href="https://pixelfed.example/discover/tags/mis78">#mis78</a>]]></content>
<link rel="alternate" href="https://pixelfed.example/p/verger/700000000000000001"/>
<media:content url="https://pixelfed.example/m/a.jpg" type="image/jpeg" medium="image"/>
</entry></feed>"""

PEERTUBE = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>La chaîne du lavoir</title><link>https://tube.example</link>
<generator>PeerTube - https://tube.example</generator>
<item><title><![CDATA[Le moulin tourne]]></title>
<link>https://tube.example/w/4pJ7xWQm9sVwqkZtYfR2Ab</link>
<guid>https://tube.example/videos/watch/0b04f13d-1e18-4f1d-814e-4979aa7c9c44</guid>
<pubDate>Fri, 13 Nov 2026 10:00:00 GMT</pubDate>
<description><![CDATA[Une visite.]]></description>
<content:encoded><![CDATA[<p>Une visite.</p>]]></content:encoded>
<dc:creator>lavoir</dc:creator><media:category scheme="x">13</media:category>
<category>mis78</category>
<enclosure type="video/mp4" url="https://tube.example/a.mp4" length="5"/>
<media:group><media:content url="https://tube.example/a.mp4" type="video/mp4"/></media:group>
<media:thumbnail url="https://tube.example/lazy-static/a.jpg" height="480" width="850"/>
</item></channel></rss>"""

YOUTUBE = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
<link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UCabc"/>
<id>yt:channel:abc</id><yt:channelId>abc</yt:channelId><title>La bergerie</title>
<link rel="alternate" href="https://www.youtube.com/channel/UCabc"/>
<author><name>La bergerie</name><uri>https://www.youtube.com/channel/UCabc</uri></author>
<published>2016-01-01T00:00:00+00:00</published>
<entry><id>yt:video:dQw4w9WgXcQ</id><yt:videoId>dQw4w9WgXcQ</yt:videoId>
<title>La traite</title>
<link rel="alternate" href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"/>
<author><name>La bergerie</name><uri>https://www.youtube.com/channel/UCabc</uri></author>
<published>2026-11-01T10:00:00+00:00</published><updated>2026-11-02T10:00:00+00:00</updated>
<media:group><media:title>La traite</media:title>
<media:content url="https://www.youtube.com/v/x" type="application/x-shockwave-flash"/>
<media:thumbnail url="https://i4.ytimg.example/vi/x/hqdefault.jpg" width="480" height="360"/>
<media:description>Le matin
à six heures #mis78</media:description></media:group></entry></feed>"""

FLICKR = """<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:flickr="urn:flickr:user" xmlns:media="http://search.yahoo.com/mrss/">
<title>Uploads from colombe</title><id>tag:flickr.com,2005:/photos/public/1</id>
<generator uri="https://www.flickr.com">Flickr</generator>
<entry><title>Halle</title>
<link rel="alternate" type="text/html" href="https://www.flickr.com/photos/12345678@N00/501/"/>
<id>tag:flickr.com,2005:/photo/501</id><published>2026-11-10T10:00:00Z</published>
<updated>2026-11-10T10:00:00Z</updated>
<content type="html">&lt;p&gt;La halle&lt;/p&gt; &lt;img src="https://live.flickr.example/1_m.jpg"/&gt;
</content>
<author><name>colombe</name><uri>https://www.flickr.com/people/12345678@N00/</uri></author>
<link rel="license" type="text/html"
  href="https://creativecommons.org/licenses/by/2.0/deed.fr"/>
<link rel="enclosure" type="image/jpeg" href="https://live.flickr.example/1_b.jpg"/>
<category term="mis78" scheme="https://www.flickr.com/photos/tags/"/>
<category term="halle" scheme="https://www.flickr.com/photos/tags/"/></entry></feed>"""

MASTODON_RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>La ferme du Gué</title><link>https://mastodon.example/@ferme</link>
<generator>Mastodon v4.4.0</generator>
<item><guid isPermaLink="true">https://mastodon.example/@ferme/113500000000000001</guid>
<link>https://mastodon.example/@ferme/113500000000000001</link>
<pubDate>Sat, 14 Nov 2026 08:30:00 +0000</pubDate>
<description>&lt;p&gt;Fromage frais ce samedi&lt;/p&gt;</description>
<media:content url="https://files.example/original/a.jpg" type="image/jpeg" medium="image">
<media:description type="plain">Trois fromages</media:description></media:content>
<category>mis78</category></item></channel></rss>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Le potager",
    "home_page_url": "https://potager.example/",
    "feed_url": "https://potager.example/feed.json",
    "next_url": "/feed.json?page=2",
    "authors": [{"name": "Paul", "url": "https://potager.example/paul"}],
    "items": [
        {
            "id": "https://potager.example/courges",
            "url": "https://potager.example/courges",
            "title": "Les courges",
            "content_text": "Elles sont là.\nVenez #mis78",
            "image": "https://potager.example/courges.jpg",
            "date_published": "2026-11-12T08:00:00+01:00",
            "tags": ["légumes"],
        },
        {"id": 2, "url": "/navets", "content_html": "<p>Navets</p>", "authors": [{"name": "Léa"}]},
    ],
}

BODIES = {
    "rss": RSS,
    "atom": ATOM,
    "pixelfed": PIXELFED,
    "peertube": PEERTUBE,
    "youtube": YOUTUBE,
    "flickr": FLICKR,
    "mastodon-rss": MASTODON_RSS,
    "mastodon": json.dumps([MASTODON_STATUS]),
    "bluesky": json.dumps({"feed": [{"post": BLUESKY_POST}], "cursor": "x"}),
    "json-feed": json.dumps(JSON_FEED),
}


def status(**changed):
    """A post on Mastodon with something else about it; `account` is merged."""
    account = MASTODON_STATUS["account"] | changed.pop("account", {})
    return MASTODON_STATUS | changed | {"account": account}


def parsed_xml(text):
    """The tree of a text, by a strict reader that knows no entities; raises what it raises."""
    return fromstring(text, forbid_dtd=True)
