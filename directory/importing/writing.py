"""Putting listings that an import has made or changed into the database, with few queries."""

from collections import defaultdict

from django.utils import timezone
from wagtail.models import Revision

from directory import snapshots
from directory.exporting.values import CHILDREN
from directory.following import follow_markets
from directory.importing import children
from directory.importing.slugs import give_slugs
from directory.importing.work import Work
from directory.models import Listing
from directory.models.listings import PUBLIC_PLACE
from directory.search import indexing
from home.models import ContentVersion


def write(works: list[Work], live: bool) -> None:
    """Write new and changed listings, their children, revisions and search entries.

    `live` says whether new ones are published. To be called inside a transaction.
    """
    new = [work for work in works if work.is_new]
    changed = [work for work in works if work.changed and not work.is_new]
    for work in new:
        _prepare(work.listing, live)
    give_slugs([work.listing for work in new])
    for work in (*new, *changed):
        work.listing.place_publicly()
        work.listing.snapshot = snapshots.snapshot(work.listing)
        work.listing.updated_at = timezone.now()
    Listing.objects.bulk_create([work.listing for work in new])
    _update(changed)
    _store_children(new, changed)
    _keep_revisions(works)
    indexing.index_listings([work.listing for work in (*new, *changed)])
    follow_markets([w.listing for w in changed if w.listing.kind == Listing.Kind.MARKET])
    ContentVersion.bump()


def _prepare(listing: Listing, live: bool) -> None:
    listing.live = live
    listing.has_unpublished_changes = not live
    if live:
        listing.first_published_at = listing.last_published_at = timezone.now()


def _update(changed: list[Work]) -> None:
    """One update for each set of columns that changed together."""
    by_columns = defaultdict(list)
    for work in changed:
        by_columns[frozenset(work.changed_columns)].append(work.listing)
    for columns, listings in by_columns.items():
        also = PUBLIC_PLACE | {"snapshot", "updated_at"}
        Listing.objects.bulk_update(listings, [*(columns | also)], batch_size=100)


def _store_children(new: list[Work], changed: list[Work]) -> None:
    """The rows of new listings where there are any, of changed ones where they changed."""
    stored = defaultdict(list)
    for work in new:
        for name, relation in CHILDREN.items():
            if work.values[name]:
                stored[relation].append(work.listing)
    for work in changed:
        for relation in work.changed_relations:
            stored[relation].append(work.listing)
    children.store(stored)


def _keep_revisions(works: list[Work]) -> None:
    """Renew the revision of what has one: the editor shows it, and publishing would undo us.

    `save_revision` is not used, because it saves the listing with the draft's content.
    """
    for work in works:
        listing = work.listing
        if work.is_new or not listing.latest_revision_id:
            continue
        if work.draft and work.draft_changed:
            revision = _new_revision(work.draft)
            Listing.objects.filter(pk=listing.pk).update(latest_revision=revision)
        elif work.changed and not work.draft:
            revision = _new_revision(listing)
            Listing.objects.filter(pk=listing.pk).update(
                latest_revision=revision, live_revision=revision if listing.live else None
            )


def _new_revision(listing: Listing) -> Revision:
    return Revision.objects.create(
        content_object=listing,
        base_content_type=listing.get_base_content_type(),
        content=listing.serializable_data(),
        object_str=str(listing),
    )
