"""Which market is on when, who stands there, and how to send or follow it."""

from directory.markets.coming import coming_days, next_day
from directory.markets.days import Day, MarketDay, day_of, most_stands_first, with_details
from directory.markets.rows import market_rows

__all__ = [
    "Day",
    "MarketDay",
    "coming_days",
    "day_of",
    "market_rows",
    "most_stands_first",
    "next_day",
    "with_details",
]
