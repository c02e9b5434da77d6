"""Categories found by name, slug, synonym or OpenStreetMap tag, and the kind they imply."""

import re

from directory.importing.keys import fold
from directory.models import Category, Listing

Kind = Listing.Kind
PARTS = re.compile(r"\s+-\s+|[,;/|\n]")

PRODUCING = re.compile(r"produce=|craft=(beekeeper|oil_mill|brewery|cider|winery)|plant_nursery")
NOT_SERVICE = {"shop=books", "shop=second_hand"}
KIND_OF_SIGN = {"fork": Kind.TABLE, "bowl": Kind.MAKER, "needle": Kind.MAKER}

# fmt: off
SERVICE_CRAFTS = {
    f"craft={trade}" for trade in (
        "agricultural_engines", "builder", "chimney_sweeper", "cleaning", "electrician",
        "electronics_repair", "gardener", "glaziery", "heating_engineer", "hvac", "insulation",
        "key_cutter", "locksmith", "painter", "plasterer", "plumber", "roofer", "signmaker",
        "tiler", "window_construction",
    )
}
# fmt: on

# Words of a category that we do not know, in folded form, and the kind they let us guess.
GUESSES = (
    (re.compile(r"\bmarche|\bhalle"), Kind.MARKET),
    (re.compile(r"product|ferm|elev|agric|cultur|gaec|earl"), Kind.PRODUCER),
    (re.compile(r"restau|hotel|gite|chambre|traiteur|bar\b"), Kind.TABLE),
    (re.compile(r"artisan|atelier|creat|fabric|\barts?\b"), Kind.MAKER),
    (re.compile(r"repar|service|blanchiss|teintur|depann|coiff"), Kind.SERVICE),
)


class Trades:
    """All categories in memory; there are a few dozen."""

    def __init__(self):
        self.by_slug: dict[str, Category] = {}
        self.by_word: dict[str, Category] = {}
        self.by_tags: list[tuple[frozenset[str], Category]] = []
        categories = list(Category.objects.select_related("parent"))
        for category in categories:
            self.by_slug[category.slug] = category
            for option in filter(None, category.osm_tags.split(";")):
                self.by_tags.append((frozenset(option.strip().split("+")), category))
        # Whoever is asked first keeps a word: names before synonyms, trades before families,
        # shops before farms (« Fromagerie » is a shop, a farm would say so).
        ranked = sorted(categories, key=self._rank)
        for category in ranked:
            self.by_word.setdefault(fold(category.name), category)
            self.by_word.setdefault(fold(category.slug), category)
        for category in ranked:
            for word in category.words:
                self.by_word.setdefault(fold(word), category)

    @staticmethod
    def _rank(category: Category) -> tuple[bool, bool, int]:
        return category.parent_id is None, kind_of(category) == Kind.PRODUCER, category.order

    def find(self, text: str) -> tuple[list[Category], list[str]]:
        """Return the categories that a cell names, the first one first, and its unknown parts."""
        if not text.strip():
            return [], []
        if whole := self._one(text):
            return [whole], []
        parts = [part.strip() for part in PARTS.split(text) if part.strip()]
        found = [(part, self._one(part)) for part in parts]
        known = list(dict.fromkeys(category for _, category in found if category))
        return known, [part for part, category in found if not category] if known else [text]

    def find_osm(self, tags: list[str]) -> list[Category]:
        """The categories whose OpenStreetMap tags (« shop=farm ») are all there, the main first.

        Most tags win, then the first tag; what a longer set of tags says already is left out
        (« shop=farm » beside « shop=farm+produce=cheese »).
        """
        fitting = [(wanted, category) for wanted, category in self.by_tags if wanted <= {*tags}]
        telling = [
            (-len(wanted), min(map(tags.index, wanted)), category)
            for wanted, category in fitting
            if not any(wanted < other for other, _ in fitting)
        ]
        telling.sort(key=lambda fit: fit[:2])
        return list(dict.fromkeys(category for *_, category in telling))

    def _one(self, text: str) -> Category | None:
        text = text.strip()
        known = self.by_slug.get(text) or self.by_word.get(fold(text))
        return known or next(iter(self.find_osm([text])), None)


def kind_of(category: Category) -> str:
    """The kind of listing that a category stands for, from its tags and its family's sign."""
    tags = category.osm_tags
    if PRODUCING.search(tags):
        return Kind.PRODUCER
    if "marketplace" in tags:
        return Kind.MARKET
    main = tags.partition(";")[0]
    if category.sign == "spanner":
        return Kind.SHOP if main in NOT_SERVICE else Kind.SERVICE
    if main == "craft=gardener":
        return Kind.SERVICE
    return KIND_OF_SIGN.get(category.sign, Kind.SHOP)


def kind_of_osm(tags: list[str]) -> str:
    """The kind that the tags of an unknown trade let us guess."""
    crafts = {tag for tag in tags if tag.startswith("craft=")}
    if not crafts:
        return Kind.SHOP
    return Kind.SERVICE if crafts & SERVICE_CRAFTS else Kind.MAKER


def guess_kind(text: str) -> str:
    """The kind that the words of an unknown category suggest; a shop when they say nothing."""
    words = fold(text)
    return next((kind for pattern, kind in GUESSES if pattern.search(words)), Kind.SHOP)
