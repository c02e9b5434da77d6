"""The words that occur in the index: for typing errors and for beginnings of words."""

from dataclasses import dataclass, field
from threading import Lock

from django.db.models import Count, Max, Sum
from django.db.models.functions import Length
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from home.models import SearchWord
from home.search.fold import Word

MOST_COMPLETIONS = 40


@dataclass(frozen=True)
class Vocabulary:
    """The words at one moment, by their folded form, and those that can be meant by a typing
    error: of at least 4 letters, without digits. Never changed, so safe among threads."""

    words: dict[str, Word] = field(default_factory=dict)
    meant: list[str] = field(default_factory=list)

    def correct(self, word: str, besides: frozenset[str] = frozenset()) -> Word | None:
        """Return the word that was probably meant by a folded word, or None.

        The nearest by letters changed; then one with the same first letter, then with the most
        letters in common. Words whose stem is in `besides` do not count.
        """
        allowed = tolerance(word)
        if not allowed:
            return None
        near = process.extract(
            word, self.meant, scorer=OSA.distance, score_cutoff=allowed, limit=20
        )
        fits = [hit for hit in near if self.words[hit[0]].stem not in besides]
        best = min(
            fits,
            key=lambda hit: (hit[1], hit[0][0] != word[0], -fuzz.ratio(word, hit[0]), hit[0]),
            default=None,
        )
        return best and self.words[best[0]]

    def completions(self, prefix: str, most: int = MOST_COMPLETIONS) -> list[Word]:
        """Return words that begin with a folded prefix, the shortest first, one of each stem."""
        begin = (folded for folded in self.words if folded.startswith(prefix))
        found = {}
        for folded in sorted(begin, key=lambda folded: (len(folded), folded)):
            found.setdefault(self.words[folded].stem, self.words[folded])
        return list(found.values())[:most]


def tolerance(word: str) -> int:
    """How many letters may be wrong, missing, added or swapped in a word of this length.

    None in very short words (« vin » is not « pin »), nor in numbers such as postal codes.
    """
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 7 else 2 if len(word) < 10 else 3


_lock = Lock()
_mark, _vocabulary = None, Vocabulary()


def current() -> Vocabulary:
    """Return the vocabulary of this process, read again when the table has changed."""
    global _mark, _vocabulary
    # The letters too: a table that was emptied and filled again can count alike.
    mark = SearchWord.objects.aggregate(
        count=Count("pk"), last=Max("pk"), letters=Sum(Length("folded"))
    )
    with _lock:
        if mark != _mark:
            rows = SearchWord.objects.values_list("shown", "folded", "stem")
            words = {row[1]: Word(*row) for row in rows.iterator()}
            meant = [folded for folded in words if len(folded) > 3 and folded.isalpha()]
            _mark, _vocabulary = mark, Vocabulary(words, meant)
        return _vocabulary
