"""One invented listing from its number: the same number, the same listing.

Nothing depends on how many are made, so that ten thousand begin with the same thousand. Dates
are counted from today, as in the demo, so that checks age and holidays come.
"""

import math
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify

from directory.models import Commune, HoursException, Listing, ListingLink
from directory.seeding import opening, words
from directory.seeding.ground import Ground, kind_of

SEED = "semence"
# One market among as many listings; producers stand at the first forty.
MARKET_EVERY = 125
MARKETS_WITH_STANDS = 40
KM_PER_DEGREE = 111.195
PAYMENTS = (["especes", "carte"], ["especes", "cheque"], ["especes", "carte", "sans-contact"])


@dataclass
class Invented:
    """A listing that is not saved yet, and what is to hang on it.

    `stands` are (number of the market's listing, hours).
    """

    number: int
    listing: Listing
    products: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    further: list = field(default_factory=list)
    serves: list = field(default_factory=list)
    links: list = field(default_factory=list)
    exceptions: list = field(default_factory=list)
    stands: list = field(default_factory=list)

    @property
    def is_market(self):
        """Whether others may stand here."""
        return self.listing.kind == Listing.Kind.MARKET


def invent(number: int, ground: Ground, today: date) -> Invented:
    """Make up the listing of this number."""
    chance = random.Random(f"{SEED} {number}")
    (commune,) = chance.choices(ground.communes, cum_weights=ground.commune_weights)
    if number % MARKET_EVERY == 0:
        return _market(number, commune, ground, chance)
    (category,) = chance.choices(ground.trades, cum_weights=ground.trade_weights)
    listing = Listing(
        name=_name(category, chance)[:120],
        kind=kind_of(category),
        category=category,
        summary=_summary(category, chance),
        description=_description(chance),
    )
    _place(listing, commune, chance)
    _contacts(listing, chance)
    _state(listing, chance, today)
    made = Invented(number, listing)
    _hang(made, ground, chance, today)
    return made


def _market(number, commune: Commune, ground: Ground, chance) -> Invented:
    where = chance.choice(words.STREETS)
    listing = Listing(
        name=f"Marché {where}, {commune.name}"[:120],
        kind=Listing.Kind.MARKET,
        category=ground.market,
        summary="Primeurs, fromages, volailles et fleurs, sur la place.",
        hours=chance.choice(opening.MARKET),
    )
    _place(listing, commune, chance, everybody_may_come=True)
    listing.street = f"place {where}"
    listing.live = True
    return Invented(number, listing)


def _name(category, chance) -> str:
    """A name that the trade's places give themselves."""
    house = chance.choice(words.SIGNS[category.sign][0].split("|"))
    first = chance.choice(words.FIRST_NAMES)
    last = chance.choice(words.SURNAME_STARTS) + chance.choice(words.SURNAME_ENDS)
    hamlet = chance.choice(words.HAMLETS)
    return chance.choice(
        (
            f"{house} {hamlet}",
            f"{house} {hamlet}",
            f"{house} {last}",
            f"{first} {last}, {category.name.lower()}",
            f"{last} et {chance.choice(('fils', 'filles', 'Cie', 'associés'))}",
            f"Chez {first}",
            f"{house} {chance.choice(words.ADJECTIVES)}",
            f"{house} {_of(first)}{first}",
            f"GAEC {hamlet}",
            f"{house} {hamlet} – {last}",
        )
    )


def _of(name) -> str:
    return "d’" if slugify(name)[0] in "aeiouy" else "de "


def _summary(category, chance) -> str:
    sold = words.SIGNS[category.sign][1].split(",")
    first, second = chance.sample(sold, 2)
    return f"{category.name} : {first}, {second}, {chance.choice(words.HOW)}."


def _description(chance) -> str:
    if chance.random() < 0.3:
        return ""
    return " ".join(chance.sample(words.SENTENCES, chance.randint(1, 5)))


def _place(listing, commune, chance, everybody_may_come=False):
    """Street and point near the town hall, the nearer the smaller the commune; some hidden."""
    spread_km = min(0.4 + math.sqrt(commune.population) / 60, 3)
    lat = commune.lat + chance.gauss(0, spread_km) / KM_PER_DEGREE
    shrunk = KM_PER_DEGREE * math.cos(math.radians(commune.lat))
    lng = commune.lng + chance.gauss(0, spread_km) / shrunk
    listing.commune = commune
    listing.postal_code = commune.main_postal_code
    listing.lat, listing.lng = round(lat, 6), round(lng, 6)
    way = f"{chance.choice(words.WAYS)} {chance.choice(words.STREETS)}"
    listing.street = f"{chance.randint(1, 98)} {way}"
    if everybody_may_come:
        return
    dice = chance.random()
    if dice < 0.03:
        listing.visits = Listing.Visits.NONE
    elif dice < 0.10:
        listing.visits = Listing.Visits.APPOINTMENT
    elif dice < 0.14:
        listing.hide_address = True
    elif dice < 0.16:
        listing.lat = listing.lng = None
        listing.itinerant = True


def _contacts(listing, chance):
    """Telephones and addresses from the ranges that belong to nobody."""
    host = f"{slugify(listing.name)[:40].strip('-')}.example"
    if chance.random() < 0.85:
        prefix = chance.choice(("06 39 98", "01 99 00"))
        listing.phone = f"{prefix} {chance.randint(0, 99):02} {chance.randint(0, 99):02}"
    if chance.random() < 0.5:
        listing.email = f"contact@{host}"
    if chance.random() < 0.4:
        listing.website = f"https://{host}/"
    if chance.random() < 0.6:
        listing.payment = list(chance.choice(PAYMENTS))


def _state(listing, chance, today):
    """Hours, whether it is published and trades, and who checked it when."""
    listing.hours = opening.hours(chance)
    if listing.hours.startswith(opening.SEASONS):
        listing.season_note = chance.choice(opening.SEASON_NOTES)
    dice = chance.random()
    if dice < 0.015:
        listing.trading_state = Listing.Trading.CLOSED
        listing.trading_note = "La maison a fermé, merci à tous."
    elif dice < 0.025:
        listing.trading_state = Listing.Trading.PAUSED
        listing.trading_note = "Travaux jusqu’au printemps."
    listing.live = chance.random() >= 0.02
    if chance.random() < 0.7:
        listing.verified_on = today - timedelta(days=chance.randint(1, 900))
        listing.verified_by = f"{chance.choice(words.FIRST_NAMES)}, bénévole"


def _hang(made: Invented, ground, chance, today):
    """Products, tags, links, days off, markets: each for a part of the listings."""
    sign = made.listing.category.sign
    if chance.random() < 0.6:
        made.products = chance.sample(words.SIGNS[sign][1].split(","), chance.randint(1, 4))
    if chance.random() < 0.2:
        made.tags = chance.sample(words.TAGS, chance.randint(1, 2))
    if chance.random() < 0.08:
        further = chance.choice(ground.trades)
        made.further = [further] if further != made.listing.category else []
    if chance.random() < 0.03:
        made.serves = list({one.pk: one for one in chance.choices(ground.communes, k=3)}.values())
    if chance.random() < 0.15:
        page = slugify(made.listing.name)[:40].strip("-")
        made.links = [ListingLink(label="Réseau social", url=f"https://reseau.example/{page}")]
    if chance.random() < 0.04:
        start = today + timedelta(days=chance.randint(-10, 60))
        made.exceptions = [
            HoursException(
                start=start, end=start + timedelta(days=chance.randint(0, 20)), note="Congés"
            )
        ]
    if sign in words.FAMILIES_ON_MARKETS and chance.random() < 0.15:
        made.stands = _stands(made.number, chance)


def _stands(number, chance):
    """One or two markets of a smaller number; their hours are the market's."""
    known = min(MARKETS_WITH_STANDS, math.ceil(number / MARKET_EVERY))
    numbers = [one * MARKET_EVERY for one in range(known)]
    return chance.sample(numbers, min(len(numbers), chance.randint(1, 2)))
