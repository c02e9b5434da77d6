"""The demo's publications from elsewhere: invented people, on hosts that cannot exist."""

from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from config.demo.loading import read
from directory.models import Listing
from label.models import Item, Membership, Moment, Sighting, Source

State = Item.State
# Nobody answers there: they are shown, never asked.
PAUSED = Source.State.PAUSED


@transaction.atomic
def load_collected(photos):
    """Make the sources and what they brought, in every state; returns how many came."""
    now = timezone.now()
    Moment.objects.create(tag="marchedenoel", until=now.date() + timedelta(days=60))
    sources = {row["name"]: load_source(row, now) for row in read("sources.json")}
    rows = read("collected.json")
    for row in rows:
        load_item(row, sources[row["source"]], photos, now)
    for source in sources.values():
        source.brought = source.sightings.count()
        source.save(update_fields=["brought"])
    return len(rows)


def load_source(row, now):
    """One source, with what its owner said."""
    return Source.objects.create(
        kind=row["kind"],
        address=row["address"],
        url=row["address"],
        title=row["title"],
        listing=Listing.objects.filter(slug=row["listing"]).first(),
        consent=row["consent"],
        consent_on=now.date() - timedelta(days=40) if row["note"] else None,
        consent_note=row["note"],
        trusted=row["trusted"],
        polled_at=now - timedelta(hours=3),
        succeeded_at=now - timedelta(hours=3),
        state=PAUSED,
    )


def load_item(row, source, photos, now):
    """One publication, seen an hour after it was written."""
    when = now - timedelta(days=row["days"], hours=2)
    listing = Listing.objects.filter(slug=row["listing"]).first()
    state = row.get("state", State.PUBLISHED)
    host = source.address.split("/")[2]
    url = f"https://{host}/{row['path']}"
    decided = state not in (State.WAITING, State.GONE) and "taken_down" not in row
    words = {name: row[name] for name in ("network", "author", "licence", "title", "html")}
    change = {**words, **row["change"], "url": url} if "change" in row else {}
    item = Item.objects.create(
        canonical_uri=url,
        url=url,
        author_url=url.rpartition("/")[0] if row["author"] else "",
        photo=photos.get(row["photo"]),
        listing=listing,
        membership=member_of(listing),
        state=state,
        published_at=when,
        seen_at=when + timedelta(hours=1),
        digest=sha256(url.encode()).hexdigest(),
        change=change,
        changed_at=now - timedelta(hours=5) if change else None,
        decided_at=when + timedelta(hours=2) if decided else None,
        taken_down_at=now - timedelta(days=1) if "taken_down" in row else None,
        reason=row.get("reason", ""),
        **words,
    )
    item.tags.add(*row["tags"])
    Sighting.objects.create(item=item, source=source, guid=url, url=url, digest=item.digest)


def member_of(listing):
    """The member whose listing it is."""
    return Membership.objects.current().filter(listing=listing).first() if listing else None
