"""Whoever works on a run takes it first, so that two never do the same line.

Taking is one conditional UPDATE; home/holders.py says who has something in hand.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from home.holders import free, is_dead, new_name
from webmag.models import BlogImport

# More than one image may take, times the addresses that are tried for it.
MINUTES = 5


def take(run: BlogImport) -> bool:
    """Take the run for a while; False when somebody else works on it."""
    now = timezone.now()
    name = new_name()
    rows = BlogImport.objects.filter(free(BlogImport.objects, now), pk=run.pk)
    taken = rows.update(leased_by=name, leased_until=now + timedelta(minutes=MINUTES))
    run.leased_by = name if taken else ""
    return bool(taken)


def renew(run: BlogImport) -> bool:
    """Go on holding it; False when it is lost, or when its owner stopped it."""
    states = (BlogImport.State.READING, BlogImport.State.RUNNING)
    mine = BlogImport.objects.filter(pk=run.pk, leased_by=run.leased_by, state__in=states)
    return bool(mine.update(leased_until=timezone.now() + timedelta(minutes=MINUTES)))


def give_back(run: BlogImport) -> None:
    """It is free again."""
    mine = BlogImport.objects.filter(pk=run.pk, leased_by=run.leased_by)
    mine.update(leased_by="", leased_until=None)


def is_held(run: BlogImport) -> bool:
    """Whether somebody works on it right now."""
    until = run.leased_until
    return bool(until and until > timezone.now() and not is_dead(run.leased_by))
