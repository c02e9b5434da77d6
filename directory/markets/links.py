"""Addresses by which a calendar is followed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def calendar_links(name, *args, query=""):
    """`ics`, to download, and `webcal`, which opens the calendar of a telephone."""
    path = reverse(name, args=args) + (f"?{query}" if query else "")
    site = urlsplit(settings.SITE_URL)
    return {"ics": path, "webcal": f"webcal://{site.netloc}{site.path}{path}"}
