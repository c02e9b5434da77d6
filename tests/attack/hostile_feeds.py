"""Feeds of every kind whose every field is bad, the same ones for the same number."""

import json
import random
import zlib
from datetime import UTC, datetime

from tests.attack.nonsense import NUMBERS, WORDS
from tests.label.collecting import hostile

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"),
    *("utf-7", "cp037", "shift_jis", "gb18030", "koi8-r", "big5"),
)
DATES = (
    "Sat, 14 Nov 2026 09:30:00 +0100",
    "Sat, 31 Dec 9999 23:59:59 -1200",
    "Mon, 01 Jan 0001 00:00:00 +1400",
    "Mon, 32 Foo 10000000000 25:61:61 +9999",
    "-1",
    "0",
    "99999999999999999999",
    "1970-01-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59.999999999-23:59",
    "2026-11-14T09:30:00+99:99",
    "2026-02-30",
    "２０２６-11-14",
    "NaN",
    "demain",
    "P1Y",
    "",
)
ADDRESSES = (
    "{origin}/page/{number}",
    "{origin}/page/{number}",
    "{origin}/page/{number}?utm_source=x#mis78",
    "{origin}/page/0",
    "/page/{number}",
    "page/{number}",
    "//127.0.0.1:1/page",
    "http://127.0.0.1:1/inside",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:127.0.0.1]:1/",
    "http://2130706433/",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "http://[",
    "http://[::1%25eth0]/",
    "http://a:99999/",
    "http://a:-1/",
    "https://nom:secret@x.example/",
    "http://x.example/\\..\\{number}",
    "http://x.example/\x00{number}",
    "http://x.example/" + "a/" * 1500,
    "http://" + "a." * 200 + "example/",
    "http://\u2100.example/{number}",
    "http://xn--a.example/",
    "http://exa\u00admple.example/{number}",
    "urn:uuid:{number}",
    "mailto:nom@x.example",
    "tag:x.example,2026:{number}",
    "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/{number}",
    "https://x.example/users/a/statuses/{number}",
    "https://x.example/%ff%00/%{number}",
    "https://x.example/?%zz&&=&#",
    "",
)
ROOM = 40_000  # characters of one value, so that thousands of feeds are made in seconds
SURROGATES = ("\ud800", "\udfff\ud83d", "a\udc10b")
VALUES = (None, True, False, 0, -1, 10**400, 1e308, [], {}, [[]], {"": None}, [None], "NaN")


class Maker:
    """One feed: everything in it follows from its number and the seed."""

    def __init__(self, number, origin, seed=0):
        self.chance = random.Random(zlib.crc32(f"{seed} {number}".encode()))  # noqa: S311 -- tests
        self.number, self.origin = number, origin

    def words(self):
        """A text: a payload, nonsense, or both beside our hashtag."""
        pool = self.chance.choice((hostile.PAYLOADS, WORDS, hostile.PIECES, SURROGATES))
        words = self.chance.choice(pool)[:ROOM]
        return f"{words} #mis78" if self.chance.random() < 0.7 else words

    def address(self):
        """An address that leads nowhere good, or to the host itself."""
        number = self.number * 10 + self.chance.randrange(3)
        return self.chance.choice(ADDRESSES).format(origin=self.origin, number=number)

    def name(self):
        """What a feed calls its entry: missing, doubled, endless, somebody else's."""
        return self.chance.choice(
            (
                *("", "0", "double", f"n{self.number}", f"{self.origin}/page/0", "g" * 9_000),
                *(self.address(), self.words(), "\x00", " ", "é" * 600),
            )
        )

    def date(self):
        """A day that is none, or one so far away that nobody can reckon with it."""
        return self.chance.choice((*DATES, *NUMBERS))

    def now_and_then(self, made):
        """Most fields are there; some are missing."""
        return made() if self.chance.random() < 0.85 else None

    def raw(self, text):
        """A text in XML: escaped, in a CDATA section, or as it comes."""
        how = self.chance.randrange(4)
        if how == 0:
            return text
        if how == 1:
            return f"<![CDATA[{text}]]>"
        return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")

    def elements(self, pairs):
        """XML elements of (name, text); each may be missing, doubled, or never closed."""
        parts = []
        for name, text in pairs:
            if text is None:
                continue
            end = f"</{name}>" if self.chance.random() < 0.95 else ""
            parts.append(f"<{name}>{self.raw(text)}{end}" * self.chance.choice((1, 1, 1, 1, 2)))
        self.chance.shuffle(parts)
        return "".join(parts)

    def entry(self, fields):
        """The pairs of one entry, with these names for its fields."""
        makers = {
            "title": self.words,
            "text": self.words,
            "link": self.address,
            "name": self.name,
            "date": self.date,
            "author": self.words,
            "tag": lambda: self.chance.choice(("mis78", "#MIS78", "mis789", self.words())),
        }
        return [(fields[key], self.now_and_then(makers[key])) for key in makers if key in fields]

    def many(self, made):
        """None, a few, or far too many of them."""
        count = self.chance.choice((0, 1, 1, 2, 3, 5, 30))
        return [made() for _ in range(count)]

    def rss(self):
        """RSS 0.90 to 2.0, and what calls itself so."""
        version = self.chance.choice(("0.9", "0.91", "0.92", "0.94", "2.0", "3.0", "-1", "NaN"))
        fields = {"title": "title", "text": "description", "link": "link", "name": "guid"}
        fields |= {"date": "pubDate", "author": "dc:creator", "tag": "category"}
        if self.chance.random() < 0.3:
            fields["text"] = "content:encoded"
        items = (f"<item>{one}</item>" for one in self.many(lambda: self.inside(fields)))
        channel = f"<channel>{self.inside(fields)}{''.join(items)}</channel>"
        return f'<rss version="{version}">{channel}</rss>'

    def rdf(self):
        """RSS 1.0, with and without its namespaces."""
        fields = {"title": "title", "text": "description", "link": "link", "date": "dc:date"}
        spaces = ' xmlns="http://purl.org/rss/1.0/"' if self.chance.random() < 0.7 else ""
        items = self.many(
            lambda: f'<item rdf:about="{self.raw(self.name())}">{self.inside(fields)}</item>'
        )
        return (
            f"<rdf:RDF{spaces}><channel>{self.inside(fields)}</channel>{''.join(items)}</rdf:RDF>"
        )

    def atom(self):
        """Atom 0.3 and 1.0: text of every type, links of every relation, bases that lie."""
        space = self.chance.choice(("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#", "x"))
        fields = {"title": "title", "name": "id", "date": "updated", "author": "name"}
        base = self.raw(self.address())
        kind = self.chance.choice(("html", "xhtml", "text", "image/png", "text/xml", ""))

        def one():
            rel = self.chance.choice(("alternate", "self", "enclosure", "license", ""))
            link = f'<link rel="{rel}" href="{self.raw(self.address())}" type="image/png"/>'
            text = f'<content type="{kind}" xml:base="{base}">{self.raw(self.words())}</content>'
            return f"<entry>{self.inside(fields)}{link}{text}</entry>"

        start = f'<feed xmlns="{space}" xml:base="{base}">{self.inside(fields)}'
        return f"{start}{''.join(self.many(one))}</feed>"

    def inside(self, fields):
        """The elements of one entry, or of the feed itself."""
        media = f'<media:content url="{self.raw(self.address())}" type="image/jpeg"/>'
        return self.elements(self.entry(fields)) + (media if self.chance.random() < 0.3 else "")

    def json_feed(self):
        """JSON Feed 1.0 and 1.1."""
        fields = {"title": "title", "text": "content_html", "link": "url", "name": "id"}
        fields |= {"date": "date_published", "author": "author", "tag": "summary"}
        items = self.many(
            lambda: (
                self.mapped(fields)
                | {"tags": [self.words(), None, 3], "image": self.address()}
                | self.wrong(["authors", "attachments", "tags", "external_url"])
            )
        )
        feed = {"title": self.words(), "items": items, "next_url": self.address()}
        return self.dumped(feed | self.wrong(["authors", "title", "version"]))

    def mastodon(self):
        """A hashtag's timeline."""
        fields = {"text": "content", "link": "url", "name": "uri", "date": "created_at"}
        fields["title"] = "spoiler_text"
        account = {"display_name": self.words(), "url": self.address(), "indexable": True}
        statuses = self.many(
            lambda: (
                {"visibility": "public", "content": "", "uri": "", "account": account}
                | {"tags": [{"name": self.chance.choice(("mis78", self.words()))}, 7, {}]}
                | {"media_attachments": [{"type": "image", "url": self.address()}]}
                | self.mapped(fields)
                | self.wrong(["account", "tags", "media_attachments", "reblog", "visibility"])
            )
        )
        return self.dumped(statuses)

    def bluesky(self):
        """An author's posts."""

        def post():
            facet = {"index": {"byteStart": self.chance.choice((-1, 0, 3, 10**9)), "byteEnd": 5}}
            facet["features"] = [{"uri": self.address()}, {"tag": "mis78"}]
            record = {"text": self.words(), "createdAt": self.date(), "facets": [facet, 0]}
            author = {"handle": self.words(), "displayName": self.words(), "did": "did:plc:x"}
            name = f"at://did:plc:{'a' * 24}/app.bsky.feed.post/{self.number}"
            embed = {"images": [{"fullsize": self.address(), "alt": self.words()}]}
            post = {"uri": name, "record": record, "author": author, "embed": embed}
            return {"post": post | self.wrong(["record", "author", "embed", "labels", "uri"])}

        return self.dumped({"feed": self.many(post), "cursor": self.words()})

    def mapped(self, fields):
        """The fields of one entry in JSON; those that are missing are."""
        return {name: value for name, value in self.entry(fields) if value is not None}

    def wrong(self, names):
        """Now and then a value of another kind than it should have."""
        if self.chance.random() < 0.6:
            return {}
        return {self.chance.choice(names): self.chance.choice(VALUES)}

    def dumped(self, data):
        """JSON, with half signs written out, or as a clever program breaks it."""
        text = json.dumps(data, ensure_ascii=self.chance.random() < 0.7)
        how = self.chance.randrange(12)
        if how == 0:
            return text.replace('": ', '": NaN, "x": ', 1)
        if how == 1:
            return "[" * 20_000 + text
        if how == 2:
            return text.replace('"', "'")
        return f"\ufeff{text}" if how == 3 else text

    def whole(self):
        """A document of one of the kinds, as text."""
        kinds = (self.rss, self.rdf, self.atom, self.json_feed, self.mastodon, self.bluesky)
        text = self.chance.choice(kinds)()
        if not text.lstrip("\ufeff").startswith("<"):
            return text
        said = self.chance.choice(("utf-8", "utf-16", "cp037", "x-unknown", "zip", "idna", "'"))
        begins = (
            "",
            f'<?xml version="1.0" encoding="{said}"?>',
            f'<?xml version="9" encoding="{said}" standalone="x"?><!DOCTYPE rss SYSTEM "file:///etc/passwd">',
            '<!DOCTYPE rss [<!ENTITY a "#mis78 "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            "\n\n \x00<?xml-stylesheet href='javascript:alert(1)'?>",
        )
        return self.chance.choice(begins) + text

    def body(self):
        """The bytes: after accidents, in some encoding."""
        if self.chance.random() < 0.25:
            return hostile.broken(
                self.chance.choice(list(hostile.corpus.BODIES.values())), self.chance
            )
        text = self.whole()
        if self.chance.random() < 0.35:
            text = self.chance.choice(hostile.ACCIDENTS)(text, self.chance)
        encoding = self.chance.choice(ENCODINGS) if self.chance.random() < 0.25 else "utf-8"
        mode = "surrogatepass" if encoding.startswith(("utf-8", "utf-16", "utf-32")) else "replace"
        body = bytearray(text.encode(encoding, mode))
        for _ in range(self.chance.choice((0, 0, 0, 1, 9))):
            if body:
                body[self.chance.randrange(len(body))] = self.chance.randrange(256)
        return bytes(body)


def good(origin, name):
    """A feed as it should be, to see that it is collected among all the others."""
    now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f'<rss version="2.0"><channel><title>{name}</title><item><guid>{name}</guid>'
        f"<title>{name}</title><link>{origin}/bonne/{name}</link><pubDate>{now}</pubDate>"
        "<description>Four ouvert #mis78</description></item></channel></rss>"
    ).encode()
