"""The words in which the rest of the project asks for listings."""

from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import ExpressionWrapper

from directory import geometry
from directory.search.indexing import KIND
from home.search import Found, find

# The circles that `nearest` looks into, as parts of the largest.
NEAREST_SHARES = (1 / 16, 1 / 4, 1)


class ListingQuerySet(models.QuerySet):
    """Filters and orders that read like sentences."""

    def public(self):
        """What anybody may see: published ones, closed shops included."""
        return self.filter(live=True)

    def trading(self):
        """Without those closed for good."""
        return self.exclude(trading_state="ferme-definitivement")

    def of_kind(self, kind):
        """Of one kind, such as « marche »."""
        return self.filter(kind=kind)

    def labelled(self):
        """Those that bear the label."""
        return self.filter(labelled=True)

    def markets(self):
        """Published markets that have not closed for good, with what their days need."""
        markets = self.public().trading().of_kind("marche")
        return markets.select_related("commune").defer("description")

    def in_category(self, category):
        """Of a trade, or of any trade of a family, as first or further category."""
        ids = [category.pk]
        if category.parent_id is None:
            ids += [trade.pk for trade in category.trades.all()]
        further = self.model.more_categories.through.objects.filter(category_id__in=ids)
        return self.filter(
            Q(category_id__in=ids) | Q(pk__in=further.values("listing_id")),
        )

    def tagged(self, tag):
        """With this tag, or selling the product of this name."""
        named = Q(tag__slug=tag) | Q(tag__name=tag)
        tags = self.model.tag_items.rel.related_model.objects.filter(named)
        products = self.model.product_items.rel.related_model.objects.filter(named)
        return self.filter(
            Q(pk__in=tags.values("content_object")) | Q(pk__in=products.values("content_object"))
        )

    def in_commune(self, commune):
        """In this commune, or delivering and passing there."""
        served = self.model.serves.through.objects.filter(commune_id=commune.pk)
        return self.filter(Q(commune=commune) | Q(pk__in=served.values("listing_id")))

    def in_box(self, west, south, east, north):
        """Whose public point lies in the box; degrees."""
        return self.filter(
            public_lat__range=(south, north),
            public_lng__range=(west, east),
        )

    def on_map(self):
        """What the map shows: public, trading, with a public point (tiles/triggers.py agrees)."""
        return self.public().trading().exclude(cell=None)

    def in_tile(self, tile):
        """Whose public point lies in a map tile; each point is in one tile of a zoom."""
        return self.filter(cell__range=tile.codes)

    def search(self, words):
        """That answer to what somebody typed, or to a `home.search.Found`; all for nothing typed.

        A subquery: it goes with any other filter, and counting needs no list of ids.
        """
        found = words if isinstance(words, Found) else find(KIND, words)
        return self.filter(pk__in=found.ids) if found.asked else self

    def best_first(self, found):
        """Those first that hold more of the words asked for, and hold them in their title."""
        return self.order_by(found.rank().desc(), "name", "pk")

    def within(self, lat, lng, km, commune=None):
        """Whose public point is at most `km` kilometres from here, as the crow flies.

        Those that deliver to, or pass through, the `commune` count as near.
        """
        west, south, east, north = geometry.box_around(lat, lng, km)
        near = Q(
            public_lat__range=(south, north),
            public_lng__range=(west, east),
            squared_degrees__lte=geometry.squared_degrees(km),
        )
        if commune:
            served = self.model.serves.through.objects.filter(commune_id=commune.pk)
            near |= Q(pk__in=served.values("listing_id"))
        return self.with_distance(lat, lng).filter(near)

    def with_distance(self, lat, lng, shrink=None):
        """Add `squared_degrees`: a measure of distance that every engine computes alike.

        `shrink` is `geometry.shrink(lat)`, for those who know it already.
        """
        north = F("public_lat") - Value(lat)
        east = (F("public_lng") - Value(lng)) * Value(shrink or geometry.shrink(lat))
        return self.annotate(
            squared_degrees=ExpressionWrapper(
                north * north + east * east, output_field=FloatField()
            )
        )

    def nearest_first(self):
        """After `with_distance` or `within`; ties in a lasting order, those without point last."""
        return self.order_by(F("squared_degrees").asc(nulls_last=True), "name", "pk")

    def nearest(self, lat, lng, km, most):
        """The pks of at most `most` nearest within `km`, in order.

        Small circles first: where shops are many, the large one need not be read.
        """
        found = []
        for share in NEAREST_SHARES:
            near = self.within(lat, lng, km * share).nearest_first()
            found = list(near.values_list("pk", flat=True)[:most])
            if len(found) == most:
                break
        return found

    def slugs_taken(self, *prefixes):
        """The slugs beginning with one of these that are, were or must stay in use."""
        begins = Q(*(Q(slug__startswith=prefix) for prefix in prefixes), _connector=Q.OR)
        former = self.model.former_slugs.rel.related_model
        tombstone = self.model._meta.apps.get_model("directory.Tombstone")
        return {
            slug
            for model in (self.model, former, tombstone)
            for slug in model.objects.filter(begins).values_list("slug", flat=True)
        }


# Hundreds of stands are read for a day: with what is shown of them, and no more.
OF_STANDS = ("listing_id", "market_id", "place", "hours", "note")
OF_TRADERS = ("name", "slug", "summary", "snapshot", "public_lat", "public_lng", "updated_at")


class MarketStandQuerySet(models.QuerySet):
    """Who stands where."""

    def of_traders(self):
        """Of published listings in business, with what a line about them shows."""
        traders = self.filter(listing__live=True, listing__trading_state="ouvert")
        shown = (f"listing__{name}" for name in OF_TRADERS)
        return traders.select_related("listing").only(*OF_STANDS, *shown)

    def at_markets(self):
        """At markets that have a listing."""
        return self.exclude(market=None)

    def elsewhere(self):
        """At places that are written out: no market's listing stands for them."""
        unlisted = Q(market=None) | Q(market__live=False)
        return self.filter(unlisted).exclude(place="")
