"""Keep entries, each publication once, wherever and under however many names it is seen.

What can be worked out without the database comes before the transaction (`prepare`); `store` runs
inside it, together with what the source remembers to ask with next: killed anywhere, the next
round finds all of it or nothing.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.utils.functional import cached_property

from home.models import Photo
from label import hashtags
from label.collecting import cleaning, refusals, vanishing
from label.collecting.canonical import canonical, web_address
from label.collecting.entries import Entry
from label.collecting.trusting import is_at_home, speaks_freely
from label.collecting.turns import site_of
from label.collecting.vanishing import FIRST_RECHECK
from label.collecting.wanted import Words
from label.collecting.words import plain_text
from label.models import Item, Sighting, Source

MOST_ENTRIES = 500
MOST_TAGS = 30
LONGEST_ADDRESS = 500
LONGEST_RECORD = 100_000
LINK = re.compile(r'(?:href|src)="([^"]*)"')
# What readers see; an image's address is often signed anew for each visitor.
SHOWN = ("url", "author", "author_url", "title", "html", "digest")
State = Item.State


@dataclass(frozen=True)
class Ready:
    """An entry as it may be kept: `words` are an item's fields and tags, None if it is not ours.

    `new` says whether it would be taken today: it bears one of today's hashtags, or anything is
    taken; `allowed` whether its author lets it be found.
    """

    guid: str
    entry: Entry
    words: dict | None
    new: bool
    allowed: bool


@dataclass
class Kept:
    """How many publications came in, changed, stayed, went."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0


def prepare(source: Source, entries, words: Words) -> list[Ready]:
    """The entries of one answer, each publication once, cleaned where they are for us."""
    entries = entries[:MOST_ENTRIES]
    named = {(cleaning.guid_that_fits(one.guid), canonical(one.canonical)) for one in entries}
    guids, addresses = Counter(guid for guid, _ in named), {name for _, name in named}
    ready = {}
    for entry in entries:
        name, url = canonical(entry.canonical), web_address(entry.url)
        if not name or not url or name in ready:
            continue
        guid = cleaning.guid_that_fits(entry.guid)
        # A name that several bear is none, nor is the address of another one.
        is_its_own = guid == name or (guids[guid] == 1 and guid not in addresses)
        entry = replace(entry, canonical=name, url=url, guid=guid if guid and is_its_own else name)
        ours = source.everything or cleaning.wanted(entry, set(words.ever))
        new = source.everything or cleaning.wanted(entry, set(words.now))
        allowed = entry.indexable or source.consent == Source.Consent.GIVEN
        clean = cleaning.clean(entry) if ours and allowed else None
        said = fields(entry, clean) if clean else None
        ready[name] = Ready(entry.guid, entry, said, new, allowed)
    return list(ready.values())


def plain(text: str) -> str:
    """Text that every database takes: no NUL, no half of a pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def fields(entry: Entry, clean: Entry) -> dict:
    """An item's words, no longer than they may be."""
    picture = clean.pictures[0] if clean.pictures else None
    pictured = picture and len(picture.url) <= 1000
    tags = clean.tags
    if tags is None:
        tags = hashtags.tags_in(f"{clean.title}\n{plain_text(clean.html)}")
    forms = [form for form in (hashtags.one_form(plain(tag)) for tag in tags) if form]
    return {
        "url": clean.url[:LONGEST_ADDRESS],
        "network": plain(clean.network)[:40],
        "author": plain(clean.author)[:120],
        "author_url": clean.author_url if len(clean.author_url) <= LONGEST_ADDRESS else "",
        "title": plain(clean.title)[:300],
        "html": plain(clean.html),
        "licence": plain(clean.licence)[:40],
        "photo_url": plain(picture.url) if pictured else "",
        "photo_alt": plain(picture.alt)[:500] if pictured else "",
        "digest": cleaning.digest(clean),
        "original": plain(entry.original)[:LONGEST_RECORD],
        "tags": list(dict.fromkeys(forms))[:MOST_TAGS],
    }


def store(source: Source, ready: list[Ready], words: Words, now) -> Kept:
    """Keep what is ready; runs inside the caller's transaction."""
    kept, shelf = Kept(), Shelf(source, ready, words)
    for one in ready:
        if one.entry.canonical not in shelf.refused:
            keep(source, one, shelf, now, kept)
    if source.kind != Source.Kind.LINKS:
        vanishing.look_for_missing(source, [one.guid for one in ready], now)
    return kept


class Shelf:
    """What is known of these entries already, in a handful of queries."""

    def __init__(self, source, ready, words):
        self.source, self.words = source, words
        self.names = [one.guid for one in ready]
        self.refused = refusals.refused([one.entry for one in ready])
        seen = source.sightings.filter(guid__in=self.names)
        self.sightings = {one.guid: one for one in seen.select_related("item")}
        found = Item.objects.filter(canonical_uri__in=[one.entry.canonical for one in ready])
        self.items = {item.canonical_uri: item for item in found}
        numbers = {item.pk for item in self.items.values()}
        numbers |= {one.item_id for one in self.sightings.values()}
        firsts = Sighting.objects.filter(item__in=numbers).order_by("-pk")
        # The earliest comes last, and stays.
        self.first = dict(firsts.values_list("item_id", "source_id"))

    @cached_property
    def missing(self) -> list[Item]:
        """Publications that this feed showed last time, and no longer does.

        Networks never name a post anew.
        """
        if not self.source.brought or self.source.kind != Source.Kind.FEED:
            return []
        gone = self.source.sightings.filter(listed=True).exclude(guid__in=self.names)
        newest = gone.select_related("item").order_by("-pk")[: vanishing.MOST_MISSING]
        return [one.item for one in newest]

    def renamed(self, one: Ready) -> Item | None:
        """The same words of the same moment, which had another name and address until now.

        Within its site: a shop that is rebuilt gives all its pages new ones.
        """
        if not one.words or not one.words["title"] or not one.entry.published:
            return None
        for item in self.missing:
            at_once = item.published_at == one.entry.published
            if at_once and what_it_says(vars(item)) == what_it_says(one.words):
                first = item.sightings.order_by("pk").values_list("source_id", flat=True)
                self.first[item.pk] = first[0]
                return item
        return None


def what_it_says(words: dict) -> tuple:
    """What stays of a publication when all the addresses of its site change."""
    picture = words["photo_url"].partition("?")[0].rpartition("/")[2]
    return words["title"], words["html"], picture, site_of(words["url"])


def keep(source, one: Ready, shelf: Shelf, now, kept: Kept):
    """Keep one entry."""
    sighting = shelf.sightings.get(one.guid)
    item = shelf.items.get(one.entry.canonical) or (sighting and sighting.item)
    item = item or shelf.renamed(one)
    if item is None:
        if one.words and one.new:
            see(Sighting(source=source, guid=one.guid), create(source, one, now), one, now)
            kept.created += 1
        return
    before = sighting.digest if sighting else ""
    may = may_speak(source, item, shelf)
    digest = one.words["digest"] if one.words else ""
    if not sighting or before != digest or not sighting.listed:
        see(sighting or Sighting(source=source, guid=one.guid), item, one, now)
    adopt(source, item)
    if may:
        follow(source, item, one, shelf)
        license_anew(item, one)
    if may and item.is_held and withdrawn(one, item, shelf.words):
        # For good, unless its author changes it again: its page is still there.
        vanishing.take_off(item, None)
        kept.gone += 1
    elif may and one.words and digest != before and edit(source, item, one, now):
        kept.updated += 1
    else:
        kept.unchanged += 1


def withdrawn(one: Ready, item, words: Words) -> bool:
    """Whether its author took our hashtag off, or no longer lets it be found.

    What was taken without a hashtag, or by one that is no longer ours, stays.
    """
    if one.words:
        return False
    return not one.allowed or item.tags.filter(name__in=words.ever).exists()


def create(source, one: Ready, now) -> Item:
    """A new publication: waiting, or public at once where its author agreed to that."""
    words = dict(one.words)
    tags = words.pop("tags")
    item = Item(
        canonical_uri=one.entry.canonical,
        listing_id=source.listing_id,
        membership_id=source.membership_id,
        state=State.PUBLISHED if goes_unread(source, one) else State.WAITING,
        published_at=min(cleaning.clean_date(one.entry.published) or now, now),
        seen_at=now,
        recheck_at=now + FIRST_RECHECK,
        **words,
    )
    item.save()
    item.tags.add(*tags)
    return item


def goes_unread(source, one: Ready) -> bool:
    """Whether it is public at once: its author agreed, and writes there."""
    return speaks_freely(source) and is_at_home(source, one.entry.url)


def see(sighting: Sighting, item: Item, one: Ready, now):
    """Note where it was seen, and what it said there."""
    sighting.item, sighting.url = item, one.entry.url
    sighting.digest = one.words["digest"] if one.words else ""
    sighting.seen_at, sighting.listed = now, True
    sighting.save()


def may_speak(source, item, shelf: Shelf) -> bool:
    """Whether this source may change a publication: who gave it first, or who is its origin.

    Any other feed that names its address only adds a place where it was seen.
    """
    first = shelf.first.get(item.pk)
    origin = urlsplit(item.canonical_uri).netloc
    return first in (None, source.pk) or bool(origin) and origin == urlsplit(source.url).netloc


def follow(source, item, one: Ready, shelf: Shelf):
    """Its page moved within its own site: there it is asked for from now on.

    Else it would be thought deleted, because there is nothing at the old address. What readers
    see of it does not change by that. To another site nobody follows: the name would be theirs.
    """
    name = one.entry.canonical
    if name == item.canonical_uri or name in shelf.items:
        return
    if len({site_of(url) for url in (name, item.canonical_uri, source.url)}) == 1:
        item.canonical_uri, shelf.items[name] = name, item
        item.save(update_fields=["canonical_uri"])


def license_anew(item, one: Ready):
    """What its author allows others to do with it counts from the moment it is said."""
    if not one.words or not item.is_held or item.licence == one.words["licence"]:
        return
    item.licence = one.words["licence"]
    item.save(update_fields=["licence"])
    if item.photo:
        Photo.objects.filter(pk=item.photo_id).update(licence=item.licence)


def adopt(source, item):
    """It belongs to whom the source belongs to, if nobody else."""
    if item.listing_id or item.membership_id or not (source.listing_id or source.membership_id):
        return
    item.listing_id, item.membership_id = source.listing_id, source.membership_id
    item.save(update_fields=["listing", "membership"])


def edit(source, item, one: Ready, now) -> bool:
    """Its author changed it; returns whether that makes a difference here.

    What waits is replaced. What is public stays as somebody read it, and what it became waits
    beside it; only the plain text of who speaks freely goes through. What was gone waits again.
    """
    words = one.words
    same = all(getattr(item, name) == words[name] for name in SHOWN)
    if item.state == State.GONE and one.new:
        item.say(words)
        item.state, item.recheck_at = State.WAITING, now + FIRST_RECHECK
        item.photo_due_at = now if item.photo_url and not item.photo else None
    elif not item.is_held or (same and not item.changed_at):
        return False
    elif item.state == State.WAITING:
        item.say(words)
        item.state = State.PUBLISHED if goes_unread(source, one) else State.WAITING
    elif same:
        item.change, item.changed_at = {}, None
    elif speaks_freely(source) and reach(words) == reach(vars(item)):
        # The image that was read: behind another query there may be another one.
        item.say(words | {"photo_url": item.photo_url})
    else:
        item.change, item.changed_at = words, item.changed_at or now
    item.save()
    return True


def reach(words: dict) -> tuple:
    """Where a publication leads, and what it shows beside its text."""
    addresses = [words[name] for name in ("url", "author_url")]
    # Many sites sign the address of an image anew for each visitor.
    addresses.append(words["photo_url"].partition("?")[0])
    return (*addresses, *sorted(LINK.findall(words["html"])))
