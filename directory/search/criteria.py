"""What somebody searches for, and the address that says it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from directory.models import Category, Commune
from directory.search.form import DEFAULT_RADIUS_KM, SearchForm

Order = SearchForm.Order


@dataclass(frozen=True)
class Criteria:
    """What is searched for. `radius` is in km, `box` in degrees: west, south, east, north."""

    words: str = ""
    place: object = None
    where: str = ""
    radius: float = DEFAULT_RADIUS_KM
    box: tuple | None = None
    commune: Commune | None = None
    category: Category | None = None
    tag: str = ""
    kind: str = ""
    labelled: bool = False
    open_now: bool = False
    order: str = ""
    on_map: bool = False
    page: int = 1

    @property
    def around_a_point(self):
        """Whether the place is a point of the visitor's, and not one that was named."""
        return bool(self.place) and not self.where

    @property
    def sort(self):
        """The order asked for where it makes sense, else the most helpful one."""
        possible = {Order.NAME}
        if self.place:
            possible.add(Order.DISTANCE)
        if self.words:
            possible.add(Order.RELEVANCE)
        if self.order in possible:
            return self.order
        return next(
            order for order in (Order.DISTANCE, Order.RELEVANCE, Order.NAME) if order in possible
        )

    def query(self, **changes):
        """The address's parameters in their one order, with changes; defaults are left out."""
        changed = replace(self, **{"page": 1, **changes})
        pairs = [
            ("q", changed.words),
            ("ou", changed.where),
            *changed._point(),
            ("rayon", f"{changed.radius:g}" if changed.radius != DEFAULT_RADIUS_KM else ""),
            ("bbox", ",".join(f"{edge:g}" for edge in changed.box) if changed.box else ""),
            ("categorie", changed.category.slug if changed.category else ""),
            ("etiquette", changed.tag),
            ("genre", changed.kind),
            ("label", "1" if changed.labelled else ""),
            ("ouvert", "1" if changed.open_now else ""),
            ("tri", changed.order),
            ("vue", "carte" if changed.on_map else ""),
            ("page", changed.page if changed.page > 1 else ""),
        ]
        return urlencode([(name, value) for name, value in pairs if value != ""])

    def _point(self):
        """A point that did not come from a place's name stands in the address itself."""
        if self.around_a_point:
            return [("lat", f"{self.place.lat:g}"), ("lng", f"{self.place.lng:g}")]
        return []
