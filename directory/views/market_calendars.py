"""Calendars to follow, as text/calendar: one market, the markets around, one producer.

A calendar asks again for months and mostly in vain: its ETag is that of its bytes, so that it
gets a 304 until something in it has changed. The pages' cache knows no such ETag; this keeps the
bytes itself, for as long as the content version holds.
"""

from hashlib import blake2b

from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from directory.markets.asking import MarketsForm
from directory.markets.following import market_ical, markets_ical, producer_ical
from directory.models import Listing
from directory.views.listings import elsewhere
from directory.views.search import place_asked
from home.page_cache import FOR_EVERYBODY, compressed
from home.versions import content_version

KEPT_SECONDS = 3600


@require_safe
def market(request, slug):
    """The days of one market."""
    found = Listing.objects.public().of_kind(Listing.Kind.MARKET).filter(slug=slug)
    listing = found.select_related("commune").first()
    if not listing:
        return elsewhere(request, slug, "markets:calendar")
    return calendar(request, slug, lambda today: market_ical(listing, today))


@require_safe
def producer(request, slug):
    """Where somebody stands, and when."""
    listing = Listing.objects.public().select_related("commune").filter(slug=slug).first()
    if not listing:
        return elsewhere(request, slug, "directory:stands_calendar")
    return calendar(request, slug, lambda today: producer_ical(listing, today))


@require_safe
def around(request):
    """All markets, or those around a place."""
    form = MarketsForm(request.GET, timezone.localdate())
    form.is_valid()
    place, trouble, _ = place_asked(form.cleaned_data)
    if trouble or form.errors:
        said = " ".join(form.messages) or f"Nous ne trouvons pas « {trouble.text} »."
        return HttpResponse(said, content_type="text/plain; charset=utf-8", status=400)
    name = f"marches-{place.lat:g}-{place.lng:g}" if place else "marches"
    return calendar(request, name, lambda today: markets_ical(place, today))


def calendar(request, name, make):
    """The calendar that `make(today)` writes, or a 304."""
    today = timezone.localdate()
    key = f"ics-{content_version():x}-{today}-{digest(f'{request.path} {name}'.encode())}"
    body = caches["default"].get_or_set(key, lambda: make(today), KEPT_SECONDS)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["Cache-Control"] = FOR_EVERYBODY
    response["ETag"] = f'W/"{digest(body)}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return compressed(answer, request) if answer.status_code == 200 else answer


def digest(content):
    """A short name for bytes."""
    return blake2b(content, digest_size=16).hexdigest()
