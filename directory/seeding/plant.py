"""Putting invented listings into the database by the hundred, and taking them out again."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from directory import snapshots
from directory.exporting.children import TABLES, THROUGH
from directory.importing import children
from directory.importing.slugs import give_slugs
from directory.models import Listing, ListingProduct, ListingSource, ListingTag, MarketStand
from directory.search import indexing
from directory.seeding import words
from directory.seeding.ground import Ground
from directory.seeding.invent import MARKET_EVERY, MARKETS_WITH_STANDS, SEED, Invented, invent
from home import search
from home.models import ContentVersion, Tag

SOURCE = SEED
LICENCE = "CC0-1.0"
# The write lock is given back between two of them.
CHUNK = 500


def plant(
    number: int,
    insee_codes: Iterable[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """See to it that the first `number` invented listings are there; returns how many were new.

    They stand in these communes, everywhere in France for none. Those that are there are left
    alone. `progress(done, total)` is called after each chunk.
    """
    present = set(ListingSource.objects.filter(source=SOURCE).values_list("source_id", flat=True))
    numbers = [one for one in range(number) if source_id(one) not in present]
    planter = Planter(Ground.of(insee_codes))
    for start in range(0, len(numbers), CHUNK):
        planter.plant(numbers[start : start + CHUNK])
        progress(min(start + CHUNK, len(numbers)), len(numbers))
    return len(numbers)


def source_id(number: int) -> str:
    """The identifier of an invented listing in its source."""
    return f"{number:07}"


class Planter:
    """Writes chunks; knows the tags and the markets that listings name."""

    def __init__(self, ground: Ground):
        self.ground = ground
        self.today = timezone.localdate()
        self.tags = {}
        self.markets = self._markets()

    def _markets(self) -> dict[int, Listing]:
        """The markets that are there already, by number."""
        numbers = range(0, MARKET_EVERY * MARKETS_WITH_STANDS, MARKET_EVERY)
        sources = ListingSource.objects.filter(
            source=SOURCE, source_id__in=[source_id(one) for one in numbers]
        )
        related = sources.select_related("listing__commune")
        return {int(one.source_id): one.listing for one in related}

    @transaction.atomic
    def plant(self, numbers: list[int]) -> None:
        """Write the listings of these numbers, markets first: others name them."""
        chunk = [invent(number, self.ground, self.today) for number in numbers]
        self._write([made for made in chunk if made.is_market])
        self.markets |= {made.number: made.listing for made in chunk if made.is_market}
        self._write([made for made in chunk if not made.is_market])
        ContentVersion.bump()

    def _write(self, chunk: list[Invented]) -> None:
        listings = [made.listing for made in chunk]
        give_slugs(listings)
        for made in chunk:
            self._finish(made)
        Listing.objects.bulk_create(listings)
        self._write_children(chunk)
        ListingSource.objects.bulk_create(
            ListingSource(
                listing=made.listing,
                source=SOURCE,
                source_id=source_id(made.number),
                licence=LICENCE,
                retrieved_at=timezone.now(),
            )
            for made in chunk
        )
        search.index(
            indexing.KIND, [indexing.entry(listing) for listing in listings if listing.live]
        )

    def _finish(self, made: Invented) -> None:
        """What saving one by one would work out: the public point, the snapshot, dates."""
        listing = made.listing
        children.begin_empty(listing)
        listing.product_items = [ListingProduct(tag=self._tag(name)) for name in made.products]
        listing.tag_items = [ListingTag(tag=self._tag(name)) for name in made.tags]
        listing.links, listing.exceptions = made.links, made.exceptions
        listing.more_categories, listing.serves = made.further, made.serves
        listing.stands = [
            MarketStand(market=self.markets[number])
            for number in made.stands
            if number in self.markets
        ]
        listing.place_publicly()
        listing.snapshot = snapshots.snapshot(listing)
        listing.has_unpublished_changes = not listing.live
        if listing.live:
            listing.first_published_at = listing.last_published_at = timezone.now()

    def _write_children(self, chunk: list[Invented]) -> None:
        """The rows of each relation, of all listings at once."""
        for relation, (model, owner, _) in TABLES.items():
            rows = []
            for made in chunk:
                for row in getattr(made.listing, relation).all():
                    setattr(row, owner, made.listing.pk)
                    rows.append(row)
            model.objects.bulk_create(rows)
        for relation, (model, target, _) in THROUGH.items():
            model.objects.bulk_create(
                model(listing_id=made.listing.pk, **{f"{target}_id": other.pk})
                for made in chunk
                for other in getattr(made.listing, relation).all()
            )

    def _tag(self, name: str) -> Tag:
        if name not in self.tags:
            self.tags[name], _ = Tag.objects.get_or_create(
                name=name, defaults={"slug": slugify(name)}
            )
        return self.tags[name]


def uproot(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Delete the invented listings, and nothing else; returns how many.

    One that a real source has been joined with since is somebody's, and only loses this source.
    """
    ours = ListingSource.objects.filter(source=SOURCE)
    others = ListingSource.objects.exclude(source=SOURCE)
    ours.filter(listing__in=others.values("listing")).delete()
    ids = list(ours.order_by("pk").values_list("listing", flat=True))
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            Listing.objects.filter(pk__in=ids[start : start + CHUNK]).delete()
        progress(min(start + CHUNK, len(ids)), len(ids))
    _forget_words()
    return len(ids)


def _forget_words() -> None:
    """Tags that only invented listings had, and words that nothing holds any more."""
    ours = {*words.TAGS}
    for _, sold in words.SIGNS.values():
        ours.update(sold.split(","))
    Tag.objects.filter(
        name__in=ours, synonyms="", listing_products=None, listing_tags=None
    ).delete()
    search.forget_stale_words()
