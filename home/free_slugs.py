"""Two who make something of the same name at the same moment: the second gets the next address."""

from django.db import IntegrityError, transaction

TRIES = 5


def under_a_free_slug(model, offer, save):
    """Return what `save(slug)` returns, with the slug that `offer()` found free.

    Where somebody else took that slug in between, it is asked for again, at most `TRIES` times;
    any other `IntegrityError` is the caller's.
    """
    for tries_left in reversed(range(TRIES)):
        slug = offer()
        try:
            with transaction.atomic():
                return save(slug)
        except IntegrityError:
            if not tries_left or not model.objects.filter(slug=slug).exists():
                raise
    raise AssertionError("unreachable")
