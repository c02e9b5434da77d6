"""Where invented listings may stand, and under which trades."""

from dataclasses import dataclass
from itertools import accumulate

from directory.models import Category, Commune, Listing

# How often each family occurs among a hundred, roughly as in a directory of the countryside.
FAMILY_WEIGHTS = {
    "carrot": 15,
    "wedge": 11,
    "hen": 11,
    "loaf": 13,
    "hive": 9,
    "glass": 6,
    "tulip": 6,
    "awning": 5,
    "fork": 9,
    "bowl": 6,
    "needle": 5,
    "spanner": 4,
}
KINDS = {
    "loaf": Listing.Kind.SHOP,
    "tulip": Listing.Kind.SHOP,
    "awning": Listing.Kind.SHOP,
    "fork": Listing.Kind.TABLE,
    "bowl": Listing.Kind.MAKER,
    "needle": Listing.Kind.MAKER,
    "spanner": Listing.Kind.SERVICE,
}
# So that hamlets have somebody too.
AT_LEAST_AS_MANY_PEOPLE = 300


@dataclass(frozen=True)
class Ground:
    """Communes and trades, each with weights that add up, for `random.choices`."""

    communes: list
    commune_weights: list
    trades: list
    trade_weights: list
    market: Category | None

    @classmethod
    def of(cls, insee_codes):
        """These communes, the more people the more listings; all of France for no code."""
        chosen = Commune.objects.order_by("insee")
        if insee_codes:
            chosen = chosen.filter(insee__in=insee_codes)
        communes = list(chosen)
        every = list(Category.objects.select_related("parent").order_by("slug"))
        parents = {category.parent_id for category in every}
        # A family without trades stands for itself.
        trades = [one for one in every if one.slug != "marche" and one.pk not in parents]
        per_sign = {sign: sum(one.sign == sign for one in trades) for sign in FAMILY_WEIGHTS}
        weights = [FAMILY_WEIGHTS.get(one.sign, 1) / per_sign.get(one.sign, 1) for one in trades]
        return cls(
            communes=communes,
            commune_weights=list(
                accumulate(max(one.population, AT_LEAST_AS_MANY_PEOPLE) for one in communes)
            ),
            trades=trades,
            trade_weights=list(accumulate(weights)),
            market=next((one for one in every if one.slug == "marche"), None),
        )


def kind_of(category):
    """What sort of place follows this trade."""
    return KINDS.get(category.sign, Listing.Kind.PRODUCER)
