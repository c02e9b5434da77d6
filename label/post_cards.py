"""What one post shows in a list or on its page, worked out before the template."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import orjson
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from home.pictures import Picture
from home.prepared import aware
from label.models import Membership
from label.post_text import as_html

# Some 4 kB each with what finds them: at most 8 MB of a process.
MOST_KEPT = 2048
COLUMNS = (
    *("pk", "text", "published_at", "photo_id", "pictures", "listing__name", "listing__slug"),
    *("listing__commune__name", "membership__holder", "membership__slug"),
    *("membership__state", "membership__until", "membership__commune__name"),
)


@dataclass(frozen=True)
class PostCard:
    """One post; `by` and `by_url` are whose it is, "" for who is no member any more."""

    pk: int
    text: str
    published: datetime | None
    by: str
    by_url: str
    commune: str
    picture: Picture | None
    large: Picture | None

    @property
    def html(self):
        """The text with its links."""
        return as_html(self.text)

    @property
    def url(self):
        """Its own page."""
        return reverse("posts:post", args=[self.pk])

    @property
    def words(self):
        """The text on one line."""
        return " ".join(self.text.split())


@lru_cache(maxsize=MOST_KEPT)
def markup(card: PostCard, template: str, level: str) -> SafeString:
    """A post as a template draws it, kept: it is found by all that it shows
    (docs/decisions/0020)."""
    return render_to_string(f"label/_{template}.html", {"card": card, "level": level})


def make(posts):
    """Return the cards of a QuerySet of posts in its order; one query."""
    today = timezone.localdate()
    rows = posts.values_list(*COLUMNS)
    return [_card(dict(zip(COLUMNS, row, strict=True)), today) for row in rows]


def bare(rows):
    """The cards of rows of `COLUMNS` as the driver gives them (home/prepared.py)."""
    named = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
    today = timezone.localdate()
    return [
        _card(
            row
            | {
                "published_at": aware(row["published_at"]),
                "pictures": orjson.loads(row["pictures"]),
            },
            today,
        )
        for row in named
    ]


def _card(row, today):
    name, url = row["listing__name"] or "", ""
    if name:
        url = reverse("directory:listing", args=[row["listing__slug"]])
    elif _is_member(row, today):
        name = row["membership__holder"]
        url = reverse("label:member", args=[row["membership__slug"]])
    return PostCard(
        pk=row["pk"],
        text=row["text"],
        published=row["published_at"],
        by=name,
        by_url=url,
        commune=row["listing__commune__name"] or row["membership__commune__name"] or "",
        picture=_picture(row, "card"),
        large=_picture(row, "large"),
    )


def _picture(row, size):
    """A size of the photo; of one that was deleted nothing is left."""
    kept = row["photo_id"] and row["pictures"].get(size)
    return Picture(**kept) if kept else None


def _is_member(row, today):
    until = row["membership__until"]
    return row["membership__state"] == Membership.State.ACTIVE and (not until or until >= today)
