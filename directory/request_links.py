"""Signed links about one request: what is mailed to whoever sent it."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from directory.models import ListingRequest
from directory.models.requests import CONFIRM_DAYS

DAY = 24 * 3600
# The page that a link opens, and for how many days.
CONFIRM, PRECISION = "directory:confirm", "directory:precision"
DAYS = {CONFIRM: CONFIRM_DAYS, PRECISION: 30}


def link(case, page):
    """The address of a page for whoever sent this request."""
    return settings.SITE_URL + reverse(page, args=[signing.dumps(case.pk, salt=page)])


def case_of(token, page):
    """The request that a link is about, or None when it was altered or counts no longer."""
    try:
        pk = signing.loads(token, salt=page, max_age=DAYS[page] * DAY)
    except signing.BadSignature:
        return None
    return ListingRequest.objects.select_related("listing").filter(pk=pk).first()
