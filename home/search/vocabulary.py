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
# Letters in common and in order, of all those of both words, in per cent.
LIKENESS = 80


@dataclass(frozen=True)
class Vocabulary:
    """The words at one moment, by their folded form, and those that can be meant by a typing
    error: of at least 4 letters, without digits. Never changed, so safe among threads."""

    words: dict[str, Word] = field(default_factory=dict)
    meant: list[str] = field(default_factory=list)

    def correct(self, word: str, besides: frozenset[str] = frozenset()) -> Word | None:
        """Return the word that was probably meant by a folded word, or None.

        Of those that `may_be_meant`, the nearest by letters changed; then one with the same first
        letter, then with the most letters in common. Words whose stem is in `besides` do not count.
        """
        allowed = tolerance(word)
        if not allowed:
            return None
        near = process.extract(
            word, self.meant, scorer=OSA.distance, score_cutoff=allowed, limit=20
        )
        fits = [
            hit
            for hit in near
            if may_be_meant(word, hit[0], hit[1]) and self.words[hit[0]].stem not in besides
        ]
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

    None in very short words (« vin » is not « pin »), nor in numbers such as postal codes; one
    up to seven letters (« sextant » is not « servant »), two up to twelve, then three.
    """
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2 if len(word) < 13 else 3


def may_be_meant(word: str, target: str, distance: int) -> bool:
    """Whether somebody who typed `word` may have meant `target`, so many letters away.

    The shorter of both says how many may differ. With more than one mistake, four fifths of the
    letters must still be there in their order: letters are left out, doubled or swapped more often
    than two are replaced (« librerie » is « librairie », « sextants » is not « servants »). The
    first letter is seldom mistyped: in words of four or five letters it must be right (« bain » is
    not « pain »), and in longer ones it may be the only mistake.
    """
    if distance > min(tolerance(word), tolerance(target)):
        return False
    if distance > 1 and fuzz.ratio(word, target) < LIKENESS:
        return False
    return word[0] == target[0] or (distance == 1 and min(len(word), len(target)) > 5)


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
