"""Finding listings by name as people type it: without accents, words in any order."""

from directory.models import Listing
from home.search.fold import fold, words


def named(listings, typed):
    """Return the listings whose name holds all the typed words, or their beginnings.

    Reads the names (10,000 in some 50 ms): drafts are not in the search index, and the database
    engines compare accents each in its own way.
    """
    wanted = words(typed[:200])
    if not wanted:
        return listings
    rows = Listing.objects.values_list("pk", "name")
    return listings.filter(pk__in=[pk for pk, name in rows if holds(fold(name), wanted)])


def holds(name, wanted):
    """Whether each wanted word is somewhere in the folded name."""
    return all(word in name for word in wanted)
