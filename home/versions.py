"""Small things worked out once per content version and kept in this process."""

from home.models import ContentVersion
from home.models.versions import asked

_kept = {}
MOST_KEPT = 64
MOST_OF_A_NAME = 500


def content_version():
    """Return the content version, asked for once per request and after each change of our own.

    Each thread asks for itself.
    """
    number = asked.get()
    if number is None:
        number = ContentVersion.current()
        asked.set(number)
    return number


def ask_again():
    """Forget the number: at the start of a request or a task."""
    asked.set(None)


def forget():
    """Forget everything that is kept in this process; tests start from nothing."""
    ask_again()
    _kept.clear()


def remembered(name, make):
    """Return `make()`, or what it returned before under this name and content version.

    For what every page needs and hardly ever changes: menus, settings, categories. Shared between
    threads: what `make` returns must not be changed afterwards.
    """
    version = content_version()
    found = _kept.get(name)
    if found and found[0] == version:
        return found[1]
    value = make()
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[name] = (version, value)
    return value


def remembered_by(key, name, make):
    """The same for many keys of one name, `MOST_OF_A_NAME` at a time."""
    shelf = remembered(name, dict)
    found = shelf.get(key)
    if found is None:
        found = make()
        if len(shelf) >= MOST_OF_A_NAME:
            shelf.clear()
        shelf[key] = found
    return found
