"""Writing into the index: folded texts, and the vocabulary that they are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from home.models import SearchEntry, SearchWord
from home.search import fold

# SQLite may be built to take no more than 999 in one statement.
MOST_PARAMETERS = 900


@dataclass
class Entry:
    """The words of one thing: `title` counts more than `body`; both are lists of texts."""

    object_id: int
    title: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


def index(kind: str, entries: Iterable[Entry]) -> None:
    """Put things into the index, or renew them: a few statements for some hundred entries."""
    vocabulary = {}
    rows = [
        SearchEntry(
            kind=kind,
            object_id=entry.object_id,
            title=_folded(entry.title, vocabulary),
            body=_folded(entry.body, vocabulary),
        )
        for entry in entries
    ]
    SearchEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "body"],
    )
    _learn(vocabulary)


def _learn(vocabulary: dict[str, fold.Word]) -> None:
    """Add to the vocabulary what is new; most words of a text are not."""
    # In order, so that two processes that write the same words cannot wait for each other.
    folded = sorted(vocabulary)
    for start in range(0, len(folded), MOST_PARAMETERS):
        some = folded[start : start + MOST_PARAMETERS]
        known = set(SearchWord.objects.filter(folded__in=some).values_list("folded", flat=True))
        fresh = [vocabulary[word] for word in some if word not in known]
        SearchWord.objects.bulk_create(
            [SearchWord(folded=word.folded, stem=word.stem, shown=word.shown) for word in fresh],
            ignore_conflicts=True,
        )


def remove(kind: str, object_ids: Iterable[int]) -> None:
    """Take things out of the index; their words stay until `forget_stale_words`."""
    SearchEntry.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()


def remove_all_but(kind: str, ids: QuerySet) -> int:
    """Take those out of the index that are not among these ids; returns how many."""
    return SearchEntry.objects.filter(kind=kind).exclude(object_id__in=ids).delete()[0]


def forget_stale_words() -> int:
    """Drop from the vocabulary what no entry holds any more; returns how many."""
    held = set()
    for title, body in SearchEntry.objects.values_list("title", "body").iterator():
        held.update(title.split(), body.split())
    stale = [pk for pk, stem in SearchWord.objects.values_list("pk", "stem") if stem not in held]
    for start in range(0, len(stale), MOST_PARAMETERS):
        SearchWord.objects.filter(pk__in=stale[start : start + MOST_PARAMETERS]).delete()
    return len(stale)


def _folded(texts: list[str], vocabulary: dict[str, fold.Word]) -> str:
    """Return the stems of the texts, each once, and note the words in the vocabulary."""
    stems = {}
    for text in texts:
        for word in fold.tokens(text):
            stems[word.stem] = True
            known = vocabulary.setdefault(word.folded, word)
            # « ÉPICERIE » is often typed without its accents: the spelling with them is shown.
            if known.shown == known.folded != word.shown:
                vocabulary[word.folded] = word
    return " ".join(stems)
