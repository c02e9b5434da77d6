"""What one article shows in a list: bare rows, as making models takes longer than finding them."""

from dataclasses import dataclass, field
from datetime import date, datetime

import orjson

from home import page_paths
from home.prepared import aware

COLUMNS = (
    *("pk", "title", "slug", "url_path", "standfirst", "first_published_at"),
    *("last_published_at", "updated_on", "reading_minutes", "snapshot"),
)


@dataclass(frozen=True)
class Card:
    """One public article; `shown` is its snapshot (webmag/snapshots.py).

    Two are equal where all that they show is.
    """

    pk: int
    title: str
    slug: str
    url: str
    standfirst: str
    published: datetime | None
    changed: datetime | None
    updated_on: date | None
    minutes: int
    shown: dict = field(hash=False)


def make(articles):
    """Return the cards of a QuerySet of articles, in its order; one query."""
    return [card(row) for row in articles.values_list(*COLUMNS)]


def bare(rows):
    """The cards of rows of `COLUMNS` as the driver gives them (home/prepared.py)."""
    return [
        card((*head, aware(published), aware(changed), updated_on, minutes, orjson.loads(shown)))
        for *head, published, changed, updated_on, minutes, shown in rows
    ]


def card(row):
    """Return the card of a row of `COLUMNS`."""
    pk, title, slug, url_path, *others = row
    return Card(pk, title, slug, page_paths.address(url_path), *others)
