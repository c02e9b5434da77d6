"""Once a day, a mail to the volunteers, and only when something waits for them."""

from django.conf import settings
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from directory.moderation import queue
from directory.moderation.volunteers import handlers
from home import mailing
from home.templatetags.frame import site_settings

DAY = 24 * 3600


def remind():
    """Write to each volunteer what waits; returns to how many. Twice a day is once.

    While the team is away nobody is reminded.
    """
    count, days = queue.summary()
    today = timezone.localdate()
    if not count or site_settings().pause:
        return 0
    if not caches["counters"].add(f"queue:reminded:{today}", True, DAY):
        return 0
    context = {
        "count": count,
        "days": days,
        "kinds": [(label, len(queue.Lines(queue.WAITING, code))) for code, label in queue.kinds()],
        "link": settings.SITE_URL + reverse("directory_admin:requests"),
    }
    subject = f"{count} demande{'s' if count > 1 else ''} à traiter"
    recipients = volunteers()
    for address in recipients:
        mailing.write(address, subject, "queue", context)
    return len(recipients)


def volunteers():
    """The addresses of who handles requests; where nobody does, the site's own."""
    found = sorted(handlers().values_list("email", flat=True))
    return found or [address for address in [site_settings().contact_email] if address]
