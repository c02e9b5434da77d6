"""What people of a commune want to know of the week that comes: its markets, and who is closed.

It goes along with a letter that has news, and makes none go by itself. Days are counted from the
day on which the letter is written, so that one that was held up tells no day that is over.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from directory import hours
from directory.hours.words import day_in_words, joined
from directory.models import HoursException, Listing
from directory.snapshots import exceptions_of
from home.public_form import one_line
from letter.contents import MOST, Entry, Section, absolute

DAYS = 7
NO_KIND = 0
MARKET = Listing.Kind.MARKET


def sections(audience, today=None):
    """One section for who follows communes, or none."""
    if audience.site or not audience.communes:
        return []
    today = today or timezone.localdate()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    here = Listing.objects.public().trading().filter(commune__in=audience.communes)
    off, on = markets(here, days)
    entries = off + closures(here, days) + on
    if not entries:
        return []
    more = max(0, len(entries) - MOST)
    url = absolute(reverse("markets:day"))
    return [Section("Dans les sept jours", entries[:MOST], more, url)]


def markets(here, days):
    """([markets that do not take place], [those that do, the next one first])."""
    off, on = [], []
    rows = here.filter(kind=MARKET, trading_state=Listing.Trading.OPEN)
    for market in rows.select_related("commune").order_by("name", "pk"):
        known = hours.HoursOverDays(market.hours, exceptions_of(market), days[0], days[-1])
        found = [known.on(day) for day in days]
        off += [called_off(market, one) for one in found if one.status == hours.CANCELLED]
        held = [one for one in found if one.status == hours.HELD]
        if held:
            on.append((held[0].date, entry(market, market.name, joined(list(map(when, held))))))
    return off, [one for _, one in sorted(on, key=lambda dated: dated[0])]


def when(of_day):
    """« samedi 28 novembre, de 8 h à 13 h »."""
    doubt = f" ({of_day.doubt})" if of_day.doubt else ""
    return f"{day_in_words(of_day.date)} {of_day.said}{doubt}"


def called_off(market, of_day):
    """« Pas de marché »."""
    about = " : ".join(filter(None, (day_in_words(of_day.date), one_line(of_day.reason))))
    return entry(market, f"Pas de marché : {market.name}", about)


def closures(here, days):
    """Whose doors stay shut from one of these days on, though they are open otherwise."""
    found = HoursException.objects.filter(
        listing__in=here.exclude(kind=MARKET), hours="", start__gte=days[0], start__lte=days[-1]
    )
    rows = found.select_related("listing__commune").order_by("start", "listing__name", "pk")
    return [entry(one.listing, f"Fermé : {one.listing.name}", closed_when(one)) for one in rows]


def closed_when(one):
    """« du lundi 3 mai au mardi 11 mai : congés »."""
    first, last = day_in_words(one.start), day_in_words(one.end)
    span = first if one.start == one.end else f"du {first} au {last}"
    return " : ".join(filter(None, (span, one_line(one.note))))


def entry(listing, title, about):
    """A line that leads to the page of who it is about; `about` keeps its narrow spaces."""
    return Entry(
        kind=NO_KIND,
        pk=listing.pk,
        title=one_line(title),
        url=absolute(reverse("directory:listing", args=[listing.slug])),
        about=" · ".join(filter(None, (one_line(str(listing.commune or "")), about))),
    )
