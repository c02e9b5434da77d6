"""What one collected publication shows in a list, worked out before the template."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from home.pictures import Picture
from label.item_text import absolute, as_html
from label.models import Membership

# On a wall; the rest is read where it was written.
MOST_SIGNS = 500
COLUMNS = (
    *("pk", "url", "network", "author", "author_url", "title", "html", "licence"),
    *("published_at", "photo_id", "pictures", "listing__name", "listing__slug"),
    *("listing__commune__name", "membership__holder", "membership__slug"),
    *("membership__state", "membership__until", "membership__commune__name"),
)


@dataclass(frozen=True)
class ItemCard:
    """One collected publication; `by_url` and `listing` (a slug) are whose it is here, or ""."""

    pk: int
    url: str
    network: str
    author: str
    author_url: str
    title: str
    html: SafeString
    licence: str
    published: datetime
    by: str
    by_url: str
    listing: str
    commune: str
    picture: Picture | None
    large: Picture | None

    @property
    def who(self):
        """Whose words they are: as the site knows them, else as they sign elsewhere."""
        return self.by or self.author

    @property
    def remove_url(self):
        """« C’est ma publication »."""
        return reverse("wall:remove", args=[self.pk])


def make(items, signs=MOST_SIGNS):
    """Return the cards of a QuerySet of items in its order; one query."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in items.values_list(*COLUMNS)]
    today = timezone.localdate()
    return [_card(row, today, signs) for row in rows]


def _card(row, today, signs):
    by, by_url = row["listing__name"] or "", ""
    if by:
        by_url = reverse("directory:listing", args=[row["listing__slug"]])
    elif _is_member(row, today):
        by = row["membership__holder"]
        by_url = reverse("label:member", args=[row["membership__slug"]])
    url = absolute(row["url"])
    return ItemCard(
        pk=row["pk"],
        url=url,
        network=network_name(row["network"], url),
        author=row["author"],
        author_url=absolute(row["author_url"]),
        title=row["title"],
        html=as_html(row["html"], signs),
        licence=row["licence"],
        published=row["published_at"],
        by=by,
        by_url=by_url,
        listing=row["listing__slug"] or "",
        commune=row["listing__commune__name"] or row["membership__commune__name"] or "",
        picture=_picture(row, "card"),
        large=_picture(row, "large"),
    )


def network_name(network, url):
    """« Mastodon », or the host of a site of one's own."""
    return network or (urlsplit(url).hostname or "").removeprefix("www.")


def _picture(row, size):
    """A size of the photo; of one that was deleted nothing is left."""
    kept = row["photo_id"] and row["pictures"].get(size)
    return Picture(**kept) if kept else None


def _is_member(row, today):
    until = row["membership__until"]
    return row["membership__state"] == Membership.State.ACTIVE and (not until or until >= today)
