"""What every row needs: the visitor, the size, the places and pages to ask for."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from benchmarks.row import Row
from benchmarks.timing import Contender, Effort, Timing, by_turns
from benchmarks.visit import Answer, Visitor, forget_pages
from directory.models import Commune
from home.models import SiteSettings

CONSTANT = "vue constante"
WORD = "fromage"
RADIUS_KM = 10
TOWNS = 5
# What is not built says 404, or asks to try again with a slash at the end.
ABSENT = (301, 404)
FOUND = re.compile(rb'data-listing="([^"]+)"')


@dataclass
class Bench:
    """One engine with so many listings; `quick` measures just enough to see that it works."""

    engine: str
    size: int
    quick: bool = False
    visitor: Visitor = field(default_factory=Visitor)

    @property
    def effort(self) -> Effort:
        """How long to measure each thing."""
        return Effort.quick() if self.quick else Effort()

    @cached_property
    def towns(self) -> list[Commune]:
        """The communes of the territory with most people, the first one first."""
        codes = SiteSettings.load().insee_codes
        return list(Commune.objects.filter(insee__in=codes).order_by("-population")[:TOWNS])

    @property
    def search_address(self) -> str:
        """« Who has cheese near the main town? »"""
        return f"/annuaire/?q={WORD}&ou={self.towns[0].name}&rayon={RADIUS_KM}"

    def slugs_on(self, address: str) -> list[str]:
        """The listings shown on a page of results."""
        return [slug.decode() for slug in FOUND.findall(self.plain_body(address))]

    def plain_body(self, address: str) -> bytes:
        """A page's bytes before compression."""
        return self.visitor.get(address, HTTP_ACCEPT_ENCODING="identity").body

    def beside_constant(self, name: str, title: str, act, prepare=lambda: None) -> Row:
        """Time `act` and the constant view by turns."""
        ours, floor = self.time(act, lambda: self.visitor.constant(), prepare)
        return Row(name, title, ours, floor, CONSTANT)

    def time(self, act, floor, prepare=lambda: None) -> list[Timing]:
        """Time two things by turns; `prepare` comes before each `act`, untimed."""
        return by_turns(self.effort, Contender(act, prepare), Contender(floor))

    def first_view(self, name: str, title: str, addresses: list[str]) -> Row:
        """Time pages that are in no cache, one after the other."""
        waiting = []

        def prepare():
            forget_pages()
            waiting[:] = waiting[1:] or list(addresses)

        return self.beside_constant(name, title, lambda: self.visitor.get(waiting[0]), prepare)

    def again(self, name: str, title: str, address: str) -> Row:
        """Time a page that is in the cache."""
        # The clock is in its key: after a few minutes it would be a first view once.
        return self.beside_constant(name, title, lambda: self.visitor.get(address))

    def not_modified(self, name: str, title: str, address: str) -> Row:
        """Time the answer to a browser that has the page."""

        def ask() -> Answer:
            return self.visitor.get(address, HTTP_IF_NONE_MATCH=etag[0])

        etag = [self.visitor.get(address).headers.get("etag", "")]
        row = self.beside_constant(name, title, ask)
        row.facts["status"] = ask().status
        return row

    def is_there(self, address: str) -> bool:
        """Whether this part of the site is built; raises when it is, and fails."""
        status = self.visitor.get(address).status
        if status in (200, *ABSENT):
            return status == 200
        raise RuntimeError(f"{address} : {status}")
