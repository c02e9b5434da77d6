"""An outside to collect from: feeds and a Mastodon server on loopback, that tests change."""

import html
import json

from django.utils import timezone

from label.collecting import rounds
from label.models import Source
from tests.outside import Server, page

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>
<link>{origin}/</link>{items}</channel></rss>"""
ITEM = """<item><guid isPermaLink="false">{guid}</guid><title>{title}</title><link>{link}</link>
<pubDate>Sat, 14 Nov 2026 09:30:00 +0100</pubDate><description>{text}</description></item>"""


class Outside(Server):
    """One host; `pages` says what each path answers, as bytes or as a function of the request."""

    def __init__(self):
        self.pages = {}
        super().__init__(self.reply)

    def reply(self, connection, request):
        """What the test put there, or 404."""
        if not request:
            # Somebody was killed before they could ask.
            return
        path = request.split()[1]
        found = self.pages.get(path, self.pages.get(path.partition("?")[0]))
        said = found(request) if callable(found) else found
        connection.sendall(said or page(b"", "404 Not Found"))

    def asked(self, path):
        """How often a path was asked for."""
        paths = [request.split()[1].partition("?")[0] for request in self.requests]
        return paths.count(path)

    def feed(self, path, *entries, title="Le fournil", **headers):
        """Show an RSS feed: each entry is (name, text), its page is there as well."""
        items = []
        for name, text in entries:
            self.pages.setdefault(f"/{name}", page(b"<p>la page"))
            said = {"guid": name, "title": name, "link": f"{self.url}/{name}"}
            items.append(ITEM.format(**said, text=html.escape(text)))
        body = RSS.format(title=title, origin=self.url, items="".join(items)).encode()
        self.pages[path] = page(body, content_type="application/rss+xml", **headers)
        return f"{self.url}{path}"

    def timeline(self, tag, *statuses, **headers):
        """Show a hashtag's timeline; returns the address that people know it by."""
        body = json.dumps(list(statuses)).encode()
        self.pages[f"/api/v1/timelines/tag/{tag}"] = page(
            body, content_type="application/json", **headers
        )
        return f"{self.url}/tags/{tag}"

    def toot(self, number, text="<p>Four ouvert</p>", tags=("mis78",), **account):
        """A status of this server, as its interface shows it; its page is there."""
        self.pages.setdefault(f"/@ana/{number}", page(b"<p>la page"))
        return {
            "id": str(number),
            "uri": f"{self.url}/users/ana/statuses/{number}",
            "url": f"{self.url}/@ana/{number}",
            "visibility": "public",
            "created_at": "2026-11-14T09:30:00.000Z",
            "content": text,
            "tags": [{"name": tag} for tag in tags],
            "media_attachments": [],
            "account": {"display_name": "Ana", "url": f"{self.url}/@ana", "username": "ana"}
            | account,
        }


def source(url, **fields):
    """A source that is due."""
    fields.setdefault("address", url)
    return Source.objects.create(url=url, **fields)


def trusted(url, **fields):
    """One whose owner agreed that it is not read before."""
    return source(url, consent=Source.Consent.GIVEN, trusted=True, **fields)


def collect(*only):
    """One pass over these sources, or over all that are followed, whenever they are due."""
    numbers = [one.pk for one in only] or Source.objects.values_list("pk", flat=True)
    return rounds.everything(list(numbers), started=timezone.now())
