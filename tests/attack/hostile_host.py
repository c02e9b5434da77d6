"""A host that serves thousands of bad feeds and a few good ones, and what must hold afterwards."""

import json
import re
from datetime import timedelta

from django.utils import timezone

from label.collecting import rounds
from label.models import Item, Sighting, Source
from tests.attack import hostile_feeds, hostile_wire
from tests.label.collecting.test_hostile import ALLOWED, MARK
from tests.outside import Server, page

ONE_IN = 40  # so many are good
KINDS = (Source.Kind.FEED, Source.Kind.TIMELINE, Source.Kind.ACCOUNT)
SENTENCE = re.compile(r"[A-ZÉ][^<>]{5,300}\.")
OUR_FAULT = "Un souci chez nous"


class HostileHost(Server):
    """`/flux/<number>` is a feed, `/page/…` what its links lead to, `/bonne/…` a real page."""

    def __init__(self, seed=0):
        self.seed = seed
        super().__init__(self.reply)

    def reply(self, connection, request):
        """By the path alone."""
        place = request.partition(" ")[2].partition(" ")[0].split("/")
        kind, rest = (place[1] if len(place) > 1 else ""), place[-1]
        number = int(rest) if rest.isascii() and rest.isdigit() else 0
        if kind == "flux" and not number % ONE_IN:
            body = hostile_feeds.good(self.url, f"bonne-{number}")
            connection.sendall(page(body, content_type="application/rss+xml", etag='"1"'))
        elif kind == "bonne":
            connection.sendall(page(b"<p>la page", content_type="text/html"))
        elif kind == "page" and number % 2:
            connection.sendall(hostile_wire.photo(number))
        else:
            hostile_wire.Wire(number, self.url, f"{self.seed} {kind}").answer(connection)


def follow(host, count):
    """Follow so many of its feeds, of every kind, most of whom may say anything unread."""
    now = timezone.now()
    return Source.objects.bulk_create(
        Source(
            address=f"{host.url}/flux/{number}",
            url=f"{host.url}/flux/{number}",
            kind=KINDS[number % 3] if number % ONE_IN else Source.Kind.FEED,
            consent=Source.Consent.GIVEN if number % 4 else Source.Consent.UNKNOWN,
            trusted=bool(number % 4),
            everything=bool(number % 5),
            next_poll_at=now,
        )
        for number in range(count)
    )


def once(count):
    """One round over all of it, as the command goes; the report."""
    numbers = list(Source.objects.working().values_list("pk", flat=True)[:count])
    return rounds.everything(numbers, started=timezone.now())


def everything_is_due():
    """As if days had gone by."""
    now = timezone.now()
    Source.objects.update(wait_until=None, next_poll_at=now, etag="", last_modified="")
    Item.objects.exclude(recheck_at=None).update(recheck_at=now - timedelta(seconds=1))
    Item.objects.exclude(photo_due_at=None).update(photo_due_at=now)


def all_is_well(count):
    """Everybody was asked and let go; whatever was kept harms nobody; the good ones are there."""
    assert Source.objects.filter(polled_at=None).count() == 0
    assert not Source.objects.exclude(leased_by="").exists()
    for said in Source.objects.exclude(last_error="").values_list("last_error", flat=True):
        assert OUR_FAULT not in said and SENTENCE.fullmatch(said), said
    names = {f"bonne-{number}" for number in range(0, count, ONE_IN)}
    assert names <= set(
        Item.objects.filter(title__startswith="bonne-").values_list(*["title"], flat=True)
    )
    assert Item.objects.count() == len(set(Item.objects.values_list("canonical_uri", flat=True)))
    pairs = Sighting.objects.values_list("source", "guid")
    assert len(pairs) == len(set(pairs))
    for item in Item.objects.iterator():
        harmless(item)


def harmless(item):
    """Nothing of it runs, leads inside the site, or cannot be shown or sent."""
    for mark in MARK.findall(item.html):
        assert ALLOWED.fullmatch(mark), mark
    for address in (item.url, item.canonical_uri, item.author_url, item.photo_url):
        assert re.fullmatch(r"(?:https?://[^/\s@]+/\S*)?", address), address
    assert item.url and item.canonical_uri
    assert item.published_at <= timezone.now()
    whole = json.dumps(Item.objects.filter(pk=item.pk).values()[0], default=str, ensure_ascii=False)
    whole.encode()
    assert "\x00" not in whole
