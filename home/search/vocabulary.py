"""Correcting typing errors against the words that occur in the index."""

from threading import Lock

from django.db.models import Count, Max
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from home.models import SearchWord


class Vocabulary:
    """The words of the index in memory, read again when the table has changed.

    One per process; thread-safe, as the lists are replaced and never changed.
    """

    def __init__(self):
        self.mark = None
        self.words = []
        self.lock = Lock()

    def current(self) -> list[str]:
        """Return the folded words that can be meant: at least 4 signs and no digit."""
        sums = SearchWord.objects.aggregate(count=Count("pk"), last=Max("pk"))
        newest = SearchWord.objects.filter(pk=sums["last"]).values_list("folded", flat=True)
        # The newest word too: a table that was emptied and filled again counts alike.
        mark = (sums["count"], sums["last"], newest.first())
        if mark != self.mark:
            with self.lock:
                every = SearchWord.objects.values_list("folded", flat=True)
                self.words = [word for word in every if len(word) > 3 and word.isalpha()]
                self.mark = mark
        return self.words


_vocabulary = Vocabulary()


def tolerance(word: str) -> int:
    """How many letters may be wrong, missing, added or swapped in a word of this length.

    None in very short words (« vin » is not « pin »), nor in numbers such as postal codes.
    """
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 6 else 2 if len(word) < 10 else 3


def correct(word: str, besides: frozenset[str] = frozenset()) -> SearchWord | None:
    """Return the word of the vocabulary that was probably meant by a folded word, or None.

    The nearest by letters changed; then one with the same first letter, then of the same length.
    Words whose stem is in `besides` do not count.
    """
    allowed = tolerance(word)
    if not allowed:
        return None
    near = process.extract(
        word, _vocabulary.current(), scorer=OSA.distance, score_cutoff=allowed, limit=12
    )
    ranked = sorted(
        near, key=lambda hit: (hit[1], hit[0][0] != word[0], abs(len(hit[0]) - len(word)), hit[0])
    )
    rows = {row.folded: row for row in SearchWord.objects.filter(folded__in=[h[0] for h in ranked])}
    meant = (rows[folded] for folded, *_ in ranked if folded in rows)
    return next((row for row in meant if row.stem not in besides), None)


def completions(prefix: str, most: int = 40) -> list[SearchWord]:
    """Return words that begin with a folded prefix, the shortest first, one of each stem."""
    begin = SearchWord.objects.filter(folded__startswith=prefix)
    found = {}
    for word in begin.order_by(Length("folded"), "folded")[: 4 * most]:
        found.setdefault(word.stem, word)
    return list(found.values())[:most]
