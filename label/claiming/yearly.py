"""« Toujours exact ? »: once a year, managers are asked to confirm their listing by one button."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from directory.models import Listing, ListingManager
from home import mailing
from label.claiming.rules import STILL_TRUE_AFTER, STILL_TRUE_AGAIN
from label.models import Fact, StillTrueAsk

SALT = "label.claiming.still-true"
AT_ONCE = 200


def ask_who_is_due(now=None):
    """Write to the managers of listings that nobody confirmed for a year; returns how many."""
    now = now or timezone.now()
    old = timezone.localdate(now) - STILL_TRUE_AFTER
    lately = StillTrueAsk.objects.filter(asked_at__gt=now - STILL_TRUE_AGAIN)
    managed = ListingManager.objects.filter(since__lt=now - STILL_TRUE_AFTER)
    due = (
        Listing.objects.public()
        .exclude(trading_state=Listing.Trading.CLOSED)
        .filter(Q(verified_on__lte=old) | Q(verified_on=None, pk__in=managed.values("listing")))
        .filter(pk__in=ListingManager.objects.values("listing"))
        .exclude(pk__in=lately.values("listing"))
        .order_by("pk")
    )
    asked = 0
    for listing in due[:AT_ONCE]:
        with transaction.atomic():
            StillTrueAsk.objects.update_or_create(listing=listing, defaults={"asked_at": now})
            for one in listing.managers.filter(user__is_active=True).select_related("user"):
                write(one)
                asked += 1
    return asked


def write(manager):
    """The mail to one of them."""
    listing = manager.listing
    context = {
        "listing": listing,
        "link": link(manager),
        "listing_url": settings.SITE_URL + listing.get_absolute_url(),
    }
    mailing.write(
        manager.user.email, f"Toujours exact ? {listing.name}", "claim/still_true", context
    )


def link(manager):
    """The address of the page with the button, for this person only."""
    token = signing.dumps(manager.pk, salt=SALT)
    return settings.SITE_URL + reverse("claims:still_true", args=[token])


def read(token):
    """The manager whom a link was mailed to, while they still manage the listing; else None."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=STILL_TRUE_AFTER)
    except signing.BadSignature:
        return None
    return ListingManager.objects.select_related("listing", "user").filter(pk=pk).first()


@transaction.atomic
def confirm(manager):
    """All of it is still true: the listing says so today. Once a day is enough."""
    listing = Listing.objects.select_for_update(of=("self",)).get(pk=manager.listing_id)
    today = timezone.localdate()
    facts = Fact.objects.filter(listing=listing, kind=Fact.Kind.STILL_TRUE, on=today)
    if facts.exists():
        return
    # Who manages what is nobody's business: no name.
    checked = {"verified_on": today, "verified_by": "son responsable"}
    draft = listing.get_latest_revision_as_object() if listing.has_unpublished_changes else None
    for name, value in checked.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(checked))
    if draft:
        # A draft that is published later would say the old day again.
        for name, value in checked.items():
            setattr(draft, name, value)
        draft.save_revision(user=manager.user, changed=True)
    Fact.objects.create(listing=listing, kind=Fact.Kind.STILL_TRUE, on=today, by=manager.user)
