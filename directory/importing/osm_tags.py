"""What an OpenStreetMap element's tags say, in the words of our own fields.

https://wiki.openstreetmap.org/wiki/Map_features
"""

import re
from datetime import date

from directory.importing.columns import OSM_KEYS
from directory.importing.rows import clean_cell
from directory.importing.trades import Trades
from directory.models import Listing
from home.templatetags.french import de

# Keys that a shop which is gone keeps, behind what became of it.
GONE = ("disused", "abandoned", "was", "demolished", "removed", "razed", "destroyed", "closed")
LIVING = ("shop", "craft", "amenity", "tourism", "landuse")
NO_SHOP = {"no", "vacant", "disused", "closed", "abandoned"}
ALWAYS_CLOSED = re.compile(r'(?i)(?:mo-su\s+)?(?:off|closed)\s*(?:"[^"]*")?\s*;?')
PARTIAL_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
CHECKED_BY = "OpenStreetMap"

# Fields, and the tags that may hold them, the most telling first.
FIELDS = {
    "name": ("name:fr", "name", "official_name", "brand", "operator"),
    "house_number": ("addr:housenumber", "contact:housenumber"),
    "street": ("addr:street", "contact:street", "addr:place"),
    "postal_code": ("addr:postcode", "contact:postcode"),
    "commune": ("addr:city", "contact:city", "is_in:city"),
    "phone": ("phone", "contact:phone", "mobile", "contact:mobile"),
    "email": ("email", "contact:email"),
    "website": ("website", "contact:website", "url"),
    "description": ("description:fr", "description"),
    "hours": ("opening_hours",),
}
PAYMENT = {
    "cash": "espèces",
    "coins": "espèces",
    "notes": "espèces",
    "cards": "carte",
    "credit_cards": "carte",
    "debit_cards": "carte",
    "visa": "carte",
    "mastercard": "carte",
    "cb": "carte",
    "carte_bleue": "carte",
    "contactless": "sans contact",
    "cheque": "chèque",
    "meal_voucher": "titre-restaurant",
    "ticket_restaurant": "titre-restaurant",
    "wire_transfer": "virement",
    "local_currency": "monnaie locale",
}
# What `produce` and `vending` say in English, as French shoppers do.
PRODUCTS = {
    "apple": "pommes",
    "apples": "pommes",
    "asparagus": "asperges",
    "beef": "bœuf",
    "beer": "bière",
    "bread": "pain",
    "cheese": "fromage",
    "cherry": "cerises",
    "chicken": "poulet",
    "cider": "cidre",
    "dairy": "produits laitiers",
    "egg": "œufs",
    "eggs": "œufs",
    "fish": "poisson",
    "flowers": "fleurs",
    "fruit": "fruits",
    "fruits": "fruits",
    "goat_cheese": "fromage de chèvre",
    "grape": "raisin",
    "honey": "miel",
    "jam": "confitures",
    "juice": "jus de fruits",
    "lamb": "agneau",
    "lavender": "lavande",
    "meat": "viande",
    "milk": "lait",
    "mushrooms": "champignons",
    "oil": "huile",
    "pizza": "pizza",
    "pork": "porc",
    "potato": "pommes de terre",
    "potatoes": "pommes de terre",
    "poultry": "volaille",
    "saffron": "safran",
    "snails": "escargots",
    "strawberry": "fraises",
    "strawberries": "fraises",
    "vegetable": "légumes",
    "vegetables": "légumes",
    "wine": "vin",
    "wool": "laine",
}
# Vending machines sell parking tickets too: these goods are food and flowers.
VENDED = {*PRODUCTS, "food", "farm_produce", "farm_products", "oysters", "baguette"}
YES = {"yes", "only"}
TAGS = {"organic": "bio", "bulk_purchase": "vrac", "fair_trade": "commerce équitable"}


def values(tags: dict[str, str], key: str) -> list[str]:
    """The values of a tag: « bakery;pastry » has two."""
    return [value.strip() for value in tags.get(key, "").split(";") if value.strip()]


def is_of_interest(tags: dict[str, str], trades: Trades) -> bool:
    """Whether tags name a trade of ours, or any shop or craft at all."""
    if tags.get("amenity") == "vending_machine" and not VENDED & {*values(tags, "vending")}:
        return False
    if any(value not in NO_SHOP for key in ("shop", "craft") for value in values(tags, key)):
        return True
    pairs = [f"{key}={value}" for key in OSM_KEYS for value in values(tags, key)]
    return bool(trades.find_osm(pairs))


def has_closed(tags: dict[str, str], trades: Trades, today: date) -> bool:
    """Whether tags say that something of interest is no longer there."""
    if {*values(tags, "shop"), *values(tags, "craft")} & (NO_SHOP - {"no"}):
        return True
    if not is_of_interest(tags, trades):
        former = {
            key.partition(":")[2]: value
            for key, value in tags.items()
            if key.partition(":")[0] in GONE and key.partition(":")[2] in (*LIVING, "produce")
        }
        return is_of_interest(former, trades)
    end = tags.get("end_date", "")
    ended = PARTIAL_DATE.fullmatch(end) and end < today.isoformat()[: len(end)]
    return bool(ended) or any(tags.get(key) == "yes" for key in GONE)


def as_cells(tags: dict[str, str], today: date) -> dict[str, str]:
    """The tags as cells under the names of our fields; what is not said is empty."""
    cells = {field: _first(tags, keys) for field, keys in FIELDS.items()}
    cells |= {f"osm:{key}": tags.get(key, "") for key in OSM_KEYS}
    goods = [*values(tags, "produce"), *values(tags, "vending")]
    cells["products"] = ", ".join(PRODUCTS.get(good, good.replace("_", " ")) for good in goods)
    cells["tags"] = ", ".join(word for key, word in TAGS.items() if tags.get(key) in YES)
    cells["payment"] = ", ".join(
        word for key, word in PAYMENT.items() if tags.get(f"payment:{key}") in YES
    )
    cells["unnamed"] = _what(tags)
    cells["trading_state"] = Listing.Trading.OPEN.value
    if ALWAYS_CLOSED.fullmatch(cells["hours"]):
        cells |= {"trading_state": Listing.Trading.PAUSED.value, "hours": ""}
    cells["checked_on"] = _checked_on(tags, today)
    cells["checked_by"] = CHECKED_BY if cells["checked_on"] else ""
    return {column: clean_cell(cell) for column, cell in cells.items()}


def has_name(cells: dict[str, str]) -> bool:
    """Whether a listing can be made of it: it has a name, or is known by its place."""
    return bool(cells["name"].strip() or cells["unnamed"])


def _first(tags: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((tags[key] for key in keys if tags.get(key, "").strip()), "")


def _what(tags: dict[str, str]) -> str:
    """What people call it where it needs no name of its own."""
    if "marketplace" in values(tags, "amenity"):
        return "Marché"
    goods = [PRODUCTS[good] for good in values(tags, "vending") if good in PRODUCTS]
    if "vending_machine" in values(tags, "amenity"):
        return f"Distributeur {de(goods[0])}" if goods else "Distributeur"
    return ""


def _checked_on(tags: dict[str, str], today: date) -> str:
    """The day on which somebody last saw that it is so; "" for none, or one yet to come."""
    days = [tags.get(key, "") for key in ("check_date", "survey:date", "check_date:opening_hours")]
    for day in days:
        try:
            if date.fromisoformat(day) <= today:
                return date.fromisoformat(day).isoformat()
        except ValueError:
            continue
    return ""
