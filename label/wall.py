"""The wall: all that was told here and collected elsewhere, and what it may be narrowed by."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from home.models.tags import clean_tag
from home.versions import remembered_by
from label import page_rules
from label.hashtags import LONGEST, one_form
from label.models import Moment

# Articles have their own pages: a wall is what people say in a few words.
KINDS = (page_rules.POST, page_rules.ITEM)


@dataclass(frozen=True)
class Choice:
    """A hashtag to narrow the wall by."""

    name: str
    url: str
    chosen: bool


def rules(tag="", **more):
    """The rules of a wall: everything, or what bears a hashtag."""
    narrow = {"tags": (tag,)} if tag else {"everything": True}
    return page_rules.Rules(kinds=KINDS, **narrow, **more)


def hashtags():
    """The label's own hashtag, then those of the moment."""
    today = timezone.localdate()

    def read():
        moments = Moment.objects.on(today).values_list("tag", flat=True)
        return list(dict.fromkeys(filter(None, [page_rules.hashtag(), *moments])))

    return remembered_by(today, "wall hashtags", read)


def choices(chosen):
    """The links above a wall; a tag that is asked for stands among them."""
    names = hashtags()
    names = [*names, chosen] if chosen and chosen not in names else names
    here = reverse("wall:wall")
    return [
        Choice(name, f"{here}?{urlencode({'etiquette': name})}", name == chosen) for name in names
    ]


def asked_tag(values):
    """The hashtag in an address in its one form ("" for none), and whether what is there is one."""
    text = values.get("etiquette", "").strip()
    tag = one_form(clean_tag(text)) if len(text) <= LONGEST + 1 else ""
    return tag, bool(tag) or not text
