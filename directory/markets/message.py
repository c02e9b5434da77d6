"""A day's markets as a text to send to somebody."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from directory import hours
from directory.markets.days import Day, MarketDay
from directory.markets.stands import PointOfSale

# A message that a telephone's address can still carry.
MOST_MARKETS = 12
MOST_HOLDERS = 12
NBSP = "\N{NO-BREAK SPACE}"


def as_text(
    day: Day,
    held: Sequence[MarketDay],
    cancelled: Sequence[MarketDay],
    asked,
    with_holders: bool = True,
) -> str:
    """The day's markets, who stands there, and the page's address, as plain lines.

    `held` and `cancelled` are the first of the day's, with their details. What people have typed
    comes in one line each, whatever it holds.
    """
    around = f" autour de {asked.place.label}" if asked.place else ""
    lines = [f"Marchés du {hours.day_in_words(day.date, asked.today)}{around}"]
    for one in held[:MOST_MARKETS]:
        lines += ["", *_market(one, with_holders)]
    if len(day.held) > MOST_MARKETS:
        lines += ["", f"… et {len(day.held) - MOST_MARKETS} autres."]
    if not day.held:
        lines += ["", "Aucun marché connu ce jour-là."]
    for one in cancelled[:MOST_MARKETS]:
        reason = f" ({one.hours.reason})" if one.hours.reason else ""
        lines += ["", f"Pas de marché : {_name(one)}{reason}"]
    if with_holders and day.points:
        lines += ["", "Aussi ce jour-là :", *map(_point, day.points[:MOST_MARKETS])]
    lines += ["", f"{settings.SITE_URL}{reverse('markets:day')}?{asked.query()}"]
    return "\n".join(one_line(line) for line in lines)


def _market(one: MarketDay, with_holders: bool) -> list[str]:
    doubt = f" ({one.hours.doubt})" if one.hours.doubt else ""
    said = [f"• {_name(one)} : {one.hours.said}{doubt}"]
    if one.hours.exceptional and one.hours.reason:
        said.append(f"  {one.hours.reason}")
    if with_holders:
        said += [f"  – {holder.listing.name}{_about(holder)}" for holder in _few(one.holders)]
        if len(one.holders) > MOST_HOLDERS:
            said.append(f"  – et {len(one.holders) - MOST_HOLDERS} autres")
    return said


def _few(holders):
    return holders[:MOST_HOLDERS]


def _about(holder) -> str:
    return f" : {holder.sells}" if holder.sells else ""


def _name(one: MarketDay) -> str:
    return ", ".join(part for part in (one.market.name, one.where) if part)


def _point(point: PointOfSale) -> str:
    return f"• {point.place}, {point.hours.said} : {point.listing.name}"


class Signs(dict):
    """What becomes of each sign of a line, told once: `str.translate` asks for its number."""

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        self[number] = found = sign if sign.isprintable() or sign == NBSP else " "
        return found


SIGNS = Signs()


def one_line(text: str) -> str:
    """The text without line breaks and control signs."""
    return text.translate(SIGNS)
