"""What a follower follows: the whole site, or some magazines and communes.

Followers with the same choices are one audience: the letter is written once for all of them.
"""

import re
from dataclasses import dataclass

from directory.models import Commune
from webmag.models import Magazine

SITE_KEY = "site"
MAGAZINE = re.compile(r"m([0-9]{1,9})")
COMMUNE = re.compile(r"c([0-9AB]{5})")
MOST_COMMUNES = 40


@dataclass(frozen=True)
class Audience:
    """Some choices; numbers of magazines and INSEE codes, sorted."""

    site: bool = False
    magazines: tuple[int, ...] = ()
    communes: tuple[str, ...] = ()

    @classmethod
    def of(cls, site, magazines=(), communes=()):
        """The audience of these choices; who follows the whole site follows all of it."""
        if site:
            return cls(site=True)
        return cls(False, tuple(sorted(set(magazines))), tuple(sorted(set(communes))))

    @classmethod
    def read(cls, key):
        """The audience that a key stands for; what is no choice is passed over."""
        words = key.split()
        if SITE_KEY in words:
            return cls(site=True)
        magazines = [int(found[1]) for word in words if (found := MAGAZINE.fullmatch(word))]
        communes = [found[1] for word in words if (found := COMMUNE.fullmatch(word))]
        return cls.of(False, magazines, communes)

    @property
    def key(self):
        """Its one form, which followers keep: `site`, or `m12 m15 c78517`."""
        if self.site:
            return SITE_KEY
        numbers = [f"m{number}" for number in self.magazines]
        return " ".join([*numbers, *(f"c{code}" for code in self.communes)])

    @property
    def is_empty(self):
        """Whether nothing was chosen."""
        return not self.key

    @property
    def titles(self):
        """What is followed, in words, for whoever follows it."""
        if self.site:
            return ["tout le site"]
        public = Magazine.objects.public().filter(pk__in=self.magazines).order_by("title")
        communes = Commune.objects.filter(pk__in=self.communes).order_by("folded")
        return [*public.values_list("title", flat=True), *(one.label for one in communes)]


SITE = Audience(site=True)
