"""Finding: from what somebody typed to a filter and an order for any QuerySet."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from home.models import SearchEntry, SearchWord
from home.search import fold, postgresql, sqlite, vocabulary

MOST_WORDS = 12
LONGEST_QUESTION = 1000
TITLE_WEIGHT, BODY_WEIGHT = 4, 1
ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class Term:
    """A word of the question: the stems that answer to it (none: unknown), and its correction."""

    typed: fold.Word
    stems: tuple[str, ...] = ()
    corrected: str = ""


@dataclass(frozen=True)
class Found:
    """What a question came to.

    `asked` is the question, fit for showing; `corrected` the same with typing errors mended, or
    "". `partial` says that nothing holds all the words: then those count that hold the most of
    them (`at_least`). Nothing is read until `ids` or `rank` stand in a query.
    """

    kind: str
    asked: str
    terms: tuple[Term, ...] = ()
    partial: bool = False
    at_least: int = 0

    @property
    def corrected(self) -> str:
        """The question as it was understood, or "" when it was taken as typed."""
        text = self.asked
        for term in self.terms:
            if term.corrected:
                word = rf"(?<![^\W_]){re.escape(term.typed.shown)}(?![^\W_])"
                text = re.sub(word, term.corrected, text, flags=re.IGNORECASE)
        return "" if text == self.asked else text

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The stems of each word that is known."""
        return [term.stems for term in self.terms if term.stems]

    @property
    def ids(self) -> QuerySet:
        """The ids of what was found, as a subquery: `queryset.filter(pk__in=found.ids)`."""
        if not self.groups:
            entries = SearchEntry.objects.none()
        elif self.partial:
            entries = _tallied(self.kind, self.groups).filter(hits__gte=self.at_least)
        else:
            entries = _entries(self.kind, self.groups)
        return entries.values("object_id")

    def rank(self, pk: str = "pk") -> Combinable:
        """How well a row fits: for each word 4 in the title or 1 in the body, added up.

        The sets of ids are each computed once a query, so that ten thousand rows are ranked in
        some milliseconds, and alike on every engine.
        """
        # A bare 0 in ORDER BY would name a column.
        total = Cast(Value(0), IntegerField())
        for group in self.groups:
            title = _entries(self.kind, [group], in_title=True).values("object_id")
            body = _entries(self.kind, [group]).values("object_id")
            total += Case(
                When(**{f"{pk}__in": title}, then=TITLE_WEIGHT),
                # Where all words are held anyway, asking for each again would cost time only.
                *([When(**{f"{pk}__in": body}, then=BODY_WEIGHT)] if self.partial else []),
                default=Value(0 if self.partial else BODY_WEIGHT),
            )
        return total


def find(kind: str, question: str) -> Found:
    """Understand a question about things of one kind. Takes any text, never raises.

    All words must be held. The last one may be the beginning of a word, unknown ones are
    corrected; where nothing holds them all, what holds the most of them is found.
    """
    return find_each([kind], question)[kind]


def find_each(kinds: Sequence[str], question: str, besides: Sequence[str] = ()) -> dict[str, Found]:
    """The same about several kinds at once, in fewer queries than one by one.

    Of the kinds `besides` only what holds all words is found, unless nothing of any kind does.
    """
    asked = _clean(question)
    typed = list({word.stem: word for word in reversed(fold.tokens(asked))}.values())[::-1]
    typed, every = typed[:MOST_WORDS], (*kinds, *besides)
    if not typed:
        return {kind: Found(kind, asked) for kind in every}
    stems = [word.stem for word in typed]
    known = set(SearchWord.objects.filter(stem__in=stems).values_list("stem", flat=True))
    # Read at the first unknown word only.
    understand = partial(_understood, typed, known, cache(vocabulary.current))
    first = understand(frozenset())
    whole = _held_by(every, first)
    answers = {}
    for kind in every:
        if kind in whole:
            answers[kind] = Found(kind, asked, first)
        elif whole and kind in besides:
            answers[kind] = Found(kind, asked)
        else:
            answers[kind] = _nearest(Found(kind, asked, first), understand)
    return answers


def _nearest(found: Found, understand: Callable[[frozenset], tuple[Term, ...]]) -> Found:
    """What comes nearest where no entry holds all words: the vocabulary also has words of other
    kinds, and of things that are gone."""
    best, absent = _tally(found)
    if absent:
        found = replace(found, terms=understand(absent))
        if _held_by([found.kind], found.terms):
            return found
        best, gone = _tally(found)
        absent |= gone
    held = tuple(Term(t.typed) if absent.issuperset(t.stems) else t for t in found.terms)
    return replace(found, terms=held, partial=best > 0, at_least=best)


def _held_by(kinds: Sequence[str], terms: tuple[Term, ...]) -> set[str]:
    """Those of the kinds with an entry that holds all words."""
    if not all(term.stems for term in terms):
        return set()
    holding = ENGINES[connection.vendor].holding([term.stems for term in terms])
    entries = SearchEntry.objects.filter(holding, kind__in=kinds)
    return set(entries.order_by().values_list("kind", flat=True).distinct())


def _understood(
    typed: list[fold.Word],
    known: set[str],
    words: Callable[[], vocabulary.Vocabulary],
    absent: frozenset,
) -> tuple[Term, ...]:
    """Each word with the stems that answer to it; none of those that are absent."""
    return tuple(
        Term(word, (word.stem,))
        if word.stem in known - absent
        else _guess(word, words(), absent, last=word is typed[-1])
        for word in typed
    )


def _guess(word: fold.Word, words: vocabulary.Vocabulary, absent: frozenset, last: bool) -> Term:
    """What a word that does not occur may stand for: the beginning of some, or a typing error."""
    if last and len(word.folded) > 1:
        begun = tuple(w.stem for w in words.completions(word.folded) if w.stem not in absent)
        if begun:
            return Term(word, begun)
    meant = words.correct(word.folded, besides=absent)
    return Term(word, (meant.stem,), meant.shown) if meant else Term(word)


def question(groups: Sequence[Sequence[str]]) -> str:
    """What the engine is asked for: see `holding` in its module."""
    return ENGINES[connection.vendor].question(groups)


def _entries(kind: str, groups: list[tuple[str, ...]], in_title: bool = False) -> QuerySet:
    """Entries that hold a stem of each group."""
    engine = ENGINES[connection.vendor]
    return SearchEntry.objects.filter(engine.holding(groups, in_title), kind=kind)


def _tallied(kind: str, groups: list[tuple[str, ...]]) -> QuerySet:
    """Entries that hold any of the groups, with the number of groups as `hits`."""
    holding = ENGINES[connection.vendor].holding
    every = tuple(stem for group in groups for stem in group)
    each = {
        f"holds_{n}": Case(When(holding([group]), then=1), default=0)
        for n, group in enumerate(groups)
    }
    entries = _entries(kind, [every]).annotate(**each)
    return entries.annotate(hits=sum((F(name) for name in each), Value(0)))


def _tally(found: Found) -> tuple[int, frozenset[str]]:
    """Return how many words any one entry holds at most, and the stems that none holds."""
    if not found.groups:
        return 0, frozenset()
    counts = {
        f"count_{n}": Count("pk", filter=Q(**{f"holds_{n}": 1})) for n in range(len(found.groups))
    }
    sums = _tallied(found.kind, found.groups).aggregate(best=Max("hits"), **counts)
    gone = {
        stem for n, group in enumerate(found.groups) if not sums[f"count_{n}"] for stem in group
    }
    return sums["best"] or 0, frozenset(gone)


def _clean(question: str) -> str:
    """The question without control signs, in one line, of at most 1,000 signs."""
    plain = unicodedata.normalize("NFC", question[:LONGEST_QUESTION])
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())
