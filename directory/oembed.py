"""A listing as other sites show it (home/oembed)."""

from django.http import Http404
from django.urls import reverse

from directory.models import FormerSlug, Listing
from directory.tree import category_tree
from home.oembed.things import Thing


def listing(_query, slug):
    """The published listing at this slug, or that was at it; raises `Http404`."""
    public = Listing.objects.public().select_related("commune")
    found = public.filter(slug=slug).first()
    if not found:
        former = FormerSlug.objects.filter(slug=slug).values_list("listing")
        found = public.filter(pk__in=former).first()
    if not found:
        raise Http404
    trade = category_tree().by_pk.get(found.category_id)
    commune = found.commune.name if found.commune else "ambulant" if found.itinerant else ""
    state = "" if found.trading_state == Listing.Trading.OPEN else found.get_trading_state_display()
    page = found.get_absolute_url()
    return Thing(
        title=found.name,
        page=page,
        frame=reverse("embedded_listing", args=[found.slug]),
        kind=" · ".join(filter(None, [state, trade.name if trade else "", commune])),
        line=found.summary,
        pictures=pictures_of(found.snapshot),
        author=(found.name, page),
        sign=trade.sign if trade else "awning",
    )


def pictures_of(kept):
    """The sizes that a snapshot keeps of its first photo, the larger one first."""
    return tuple(filter(None, [next(iter(kept.get("pictures", ())), None), kept.get("card")]))
