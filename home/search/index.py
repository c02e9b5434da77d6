"""Writing into the index."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from home.models import SearchEntry


@dataclass
class Entry:
    """The words of one thing: `title` counts more than `body`."""

    object_id: int
    title: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


def index(kind: str, entries: Iterable[Entry]) -> None:
    """Put things into the index, or renew them."""
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                kind=kind,
                object_id=entry.object_id,
                title=" ".join(entry.title),
                body=" ".join(entry.body),
            )
            for entry in entries
        ],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "body"],
    )


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Take things out of the index."""
    SearchEntry.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()
