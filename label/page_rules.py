"""By what rules things gather: those of a local-production page, of a wall, of a hashtag.

Rules of one kind are joined by « ou », kinds by « et »; a kind without rules asks nothing. Without
a tag of its own a page asks for the label's hashtag, which who bears the label carries by it. Tags
of its own stand in that hashtag's place. The period is asked of what was told, not of who is there.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from directory.tree import category_tree
from home.models.tags import clean_tag
from home.prepared import Prepared
from home.templatetags.frame import site_settings
from label.models import LocalProductionPage
from label.models.production import LocalProductionTag

POST, ARTICLE, ITEM, LISTING, MAKER = range(5)
TEXT = CharField()


@dataclass(frozen=True)
class Rules:
    """By what a page gathers; both days are included."""

    tags: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    communes: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    # A wall may gather whatever there is, only what members or one listing tell, or some kinds.
    everything: bool = False
    labelled: bool = False
    listing: int | None = None
    kinds: tuple[int, ...] = (POST, ARTICLE, ITEM)

    @property
    def ask(self):
        """Whether they ask anything: a page without any rule gathers nothing."""
        return bool(self.tags or self.categories or self.communes or self.everything)


def hashtag():
    """The label's hashtag in its one form; "" where none is set."""
    return clean_tag(site_settings().hashtag)


def rules_of(page):
    """The rules of a draft as it stands in memory."""
    names = [tag.name for tag in page.tags.all()]
    categories = [category.pk for category in page.categories.all()]
    return _rules(page, names, categories, [commune.pk for commune in page.communes.all()])


def published_rules_of(page):
    """The rules of a page as they are kept, in one query for the three kinds."""
    kept = [], [], []
    for kind, value in KEPT_RULES.rows(page.pk):
        kept[kind].append(value)
    names, categories, communes = kept
    return _rules(page, names, map(int, categories), communes)


def _kept_rules(page):
    through = LocalProductionPage.categories.through, LocalProductionPage.communes.through
    kinds = (
        (LocalProductionTag.objects.filter(content_object=page), F("tag__name")),
        (through[0].objects.filter(localproductionpage=page), Cast("category_id", TEXT)),
        (through[1].objects.filter(localproductionpage=page), F("commune_id")),
    )
    rows = [
        found.annotate(kind=whole(kind), value=value).order_by().values_list("kind", "value")
        for kind, (found, value) in enumerate(kinds)
    ]
    return rows[0].union(*rows[1:], all=True)


KEPT_RULES = Prepared(_kept_rules)


def _rules(page, names, categories, communes):
    label = hashtag()
    return Rules(
        tags=tuple(sorted(names)) or ((label,) if label else ()),
        categories=trades(categories),
        communes=tuple(sorted(communes)),
        since=page.since,
        until=page.until,
    )


def trades(numbers):
    """These categories; a family stands for all its trades."""
    tree = category_tree()
    found = {number: tree.by_pk.get(number) for number in numbers}
    below = (trade.pk for one in found.values() if one for trade in tree.trades_of(one))
    return tuple(sorted({*found, *below}))


def whole(number):
    """A number as a column."""
    return Value(number, output_field=IntegerField())
