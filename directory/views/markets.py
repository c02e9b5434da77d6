"""/marches/: which market is on, near here, and who stands there."""

from math import ceil
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directory import hours
from directory.markets import day_of, market_rows, next_day, with_details
from directory.markets.asking import Asked, MarketsForm
from directory.markets.events import day_json
from directory.markets.links import calendar_links
from directory.markets.message import MOST_MARKETS, as_text
from directory.search.form import DEFAULT_RADIUS_KM
from directory.views.search import place_asked
from home.templatetags.french import pluriel

PAGE_SIZE = 40
# Of what stands apart: more than anybody reads through.
MOST_APART = 40


def day(request):
    """A day's markets; 400 with a message where the address asks for the impossible."""
    form, asked, found, trouble, alternatives = work_out(request)
    context = {
        "asked": asked,
        "trouble": trouble,
        "alternatives": alternatives,
        "messages_about_form": form.messages,
    }
    if found:
        context |= shown_of(asked, found)
    status = 200 if form.is_valid() else 400
    return render(request, "directory/markets.html", context, status=status)


def shown_of(asked, found):
    """What the page shows of a day: one page of its markets, and some of what stands apart."""
    pages = max(1, ceil(len(found.held) / PAGE_SIZE))
    page = min(asked.page, pages)
    apart = [*found.doubtful[:MOST_APART], *found.cancelled[:MOST_APART]]
    here = found.held[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    detailed = with_details([*here, *apart], found.date)
    held = of_status(detailed, hours.HELD)
    cancelled = of_status(detailed, hours.CANCELLED)
    return {
        "day": found,
        "heading": heading(asked, found),
        "held": held,
        "doubtful": of_status(detailed, hours.DOUBTFUL),
        "cancelled": cancelled,
        "points": found.points[:MOST_APART],
        "page_number": page,
        "pages": pages,
        "message": as_text(found, held, cancelled, asked),
        "json_ld": day_json(held, cancelled),
        "radius": DEFAULT_RADIUS_KM,
        "next": None if found.held else next_day(market_rows(asked.day), later(asked), asked.place),
        **calendar_links("markets:calendar_around", query=around(asked)),
    }


def of_status(several, status):
    """Those of one status."""
    return [one for one in several if one.hours.status == status]


def later(asked):
    """The day after which a next one is looked for: never one that is over."""
    return max(asked.day, asked.today)


def text(request):
    """The same list as plain text, to copy or to send."""
    form, asked, found, trouble, _ = work_out(request)
    if trouble or not form.is_valid():
        said = " ".join(form.messages) or f"Nous ne trouvons pas « {trouble.text} »."
        return HttpResponse(said + "\n", content_type=PLAIN, status=400)
    first = [*found.held[:MOST_MARKETS], *found.cancelled[:MOST_MARKETS]]
    detailed = with_details(first, found.date)
    held, cancelled = of_status(detailed, hours.HELD), of_status(detailed, hours.CANCELLED)
    return HttpResponse(as_text(found, held, cancelled, asked) + "\n", content_type=PLAIN)


def around(asked):
    """The place as a calendar's address carries it; a point of the visitor's stays out of it."""
    return urlencode({"ou": asked.where}) if asked.where else ""


PLAIN = "text/plain; charset=utf-8"


def work_out(request):
    """What an address asks for: (form, asked, day or None, trouble or None, other communes).

    Without a day it is today while a market is on or to come, else the next day with one.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    form = MarketsForm(request.GET, today)
    form.is_valid()
    cleaned = form.cleaned_data
    place, trouble, alternatives = place_asked(cleaned)
    wanted = cleaned.get("jour")
    asked = Asked(today, wanted or today, place, cleaned.get("ou", ""), cleaned.get("page") or 1)
    if trouble:
        return form, asked, None, trouble, alternatives
    rows = market_rows(asked.day)
    found = day_of(rows, asked.day, now, place)
    if not wanted and found.is_over:
        coming = next_day(rows, today, place)
        if coming:
            asked = Asked(today, coming.date, place, asked.where, asked.page)
            found = day_of(rows, asked.day, now, place)
    return form, asked, found, None, alternatives


def heading(asked, found):
    """The sentences of the page's head."""
    number = len(found.held)
    name = hours.day_in_words(asked.day, asked.today)
    near = {0: "aujourd’hui", 1: "demain", -1: "hier"}.get((asked.day - asked.today).days, "")
    count = f"{number} marché{pluriel(number)}" if number else "Aucun marché"
    label = asked.place.label if asked.place else ""
    around = f" autour de {label}" if label else ""
    return {
        "title": f"Marchés du {name}{around}",
        "day": name,
        "near": near,
        "count": count,
        "order": f"du plus près au plus loin de {asked.place.label}"
        if asked.place and number > 1
        else "",
        "holiday": hours.holiday_name(asked.day),
    }
