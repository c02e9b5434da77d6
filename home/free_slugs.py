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


def save_under_a_free_slug(thing, save):
    """Call `save()` with the slug that `thing.free_slug()` offers; raises as `under_a_free_slug`.

    Where saving fails, the thing is as it was, without a slug.
    """

    def save_as(slug):
        try:
            thing.slug = slug
            save()
        except IntegrityError:
            thing.slug = ""
            raise

    under_a_free_slug(type(thing), thing.free_slug, save_as)
