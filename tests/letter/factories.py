"""Small makers of followers and letters for tests."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from letter import closing
from letter.addresses import hash_of
from letter.models import Follower

numbers = count(1)


def follower(email=None, audience="site", **fields):
    """Who confirmed some weeks ago and wants a letter each day."""
    email = email or f"abonne-{next(numbers)}@boites.lan"
    then = timezone.now() - timedelta(days=30)
    fields.setdefault("rhythm", Follower.Rhythm.DAILY)
    fields.setdefault("confirmed_at", then)
    fields.setdefault("confirmed_on", timezone.localdate(then))
    return Follower.objects.create(
        email=email, address_hash=hash_of(email), audience=audience, **fields
    )


def letter(now=None):
    """The letter of what is new, closed and on its way."""
    closing.prepare(now)
    return closing.close(now=now)
