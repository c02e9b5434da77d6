"""Addresses of static files, each worked out once: a page asks for two dozen.

What a name leads to is settled when the files are collected, and stays so while a process lives.
"""

from functools import lru_cache

from django.conf import settings
from django.core.files.storage import storages
from django.templatetags.static import static as django_static

MOST_KEPT = 4096


def static(path: str) -> str:
    """The address of a static file, as Django's own `static` tells it; raises `ValueError`."""
    return known(path, storages["staticfiles"], settings.DEBUG)


@lru_cache(maxsize=MOST_KEPT)
def known(path, _storage, _debug):
    """The address, kept; other settings, as tests make them, come with another storage."""
    return django_static(path)
