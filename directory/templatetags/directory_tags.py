"""What templates of any room show of the directory."""

from datetime import timedelta

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from directory import card_markup, cards, listing_page, map_data
from directory.markets import day_of, market_rows, most_stands_first, with_details
from directory.markets.asking import SATURDAY, Asked, upcoming
from directory.markets.message import MOST_MARKETS, as_text
from directory.models import Listing
from directory.search.form import DEFAULT_RADIUS_KM
from directory.search.results import count_categories
from directory.tree import category_tree
from home.templatetags.frame import site_settings
from home.versions import remembered, remembered_by

register = template.Library()
register.filter(card_markup.kilometres)
register.filter(card_markup.lead)
register.simple_tag(card_markup.markup, name="card")
SHOWN_MARKETS = 3
SHOWN_TAGGED = 3
PAGE = "listing page"


@register.simple_tag
def search_url(criteria, **changes):
    """The address of this search with some things changed; from the first page on."""
    query = criteria.query(**{name: value or "" for name, value in changes.items()})
    return f"?{query}" if query else "?"


@register.simple_tag(takes_context=True)
def page_of(context, listing):
    """What a listing's page shows, at this moment; for its page and for the editor's preview.

    Worked out once per page: each block of the template asks for it.
    """
    kept = context.render_context
    if PAGE not in kept:
        kept[PAGE] = listing_page.build(listing, timezone.now())
    return kept[PAGE]


@register.simple_tag
def page_url(criteria, page):
    """The address of another page of the same search."""
    return f"?{criteria.query(page=page)}"


@register.filter
def item(mapping, key):
    """The value of a dict under a key that is a variable, 0 where there is none."""
    return mapping.get(key, 0)


@register.inclusion_tag("directory/_map.html")
def listing_map(source, label, criteria=None, served=(), home=None):
    """A map of the elements `[data-listing][data-lat][data-lng]` below `source`, a CSS selector.

    With `criteria` it shows all that answers to them, not only what stands on the page. `home` is
    what it shows where nothing else says where to look: west, south, east, north.
    """
    return {
        "source": source,
        "label": label,
        "criteria": criteria,
        "served": " ".join(served),
        "home": ",".join(f"{edge:.4f}" for edge in home or ()),
        "radius": DEFAULT_RADIUS_KM,
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
        "zone": settings.TIME_ZONE,
        "categories": map_data.category_script(),
    }


@register.simple_tag
def saturday_markets():
    """This Saturday's markets: made once a day, and after each change."""
    today = timezone.localdate()
    return remembered_by(
        today,
        "saturday",
        lambda: render_to_string("directory/_saturday.html", markets_of_saturday(today)),
    )


def markets_of_saturday(today):
    """What is shown of the coming Saturday, the market with most producers first."""
    saturday = upcoming(SATURDAY, today)
    found = day_of(market_rows(saturday), saturday)
    first = most_stands_first(found.held, saturday)[:SHOWN_MARKETS]
    both = with_details([*first, *found.held[:MOST_MARKETS]], saturday)
    shown, listed = both[: len(first)], both[len(first) :]
    return {
        "day": saturday,
        "markets": shown,
        "total": len(found.held),
        "text": as_text(found, listed, (), Asked(today, saturday), with_holders=False),
    }


@register.simple_tag
def category_packets():
    """The twelve families like a seed catalogue's packets: made once per content version."""
    return remembered(
        "packets", lambda: render_to_string("directory/_packets.html", families_shown())
    )


def families_shown():
    """The families with their trades, and how many listings each has."""
    tree = category_tree()
    counts = remembered("counts", lambda: count_categories(Listing.objects.public().trading()))
    return {
        "families": [
            (family, tree.trades_of(family), counts.get(family.pk, 0)) for family in tree.families
        ],
        "trades": len(tree.trades),
    }


@register.simple_tag
def lately_tagged():
    """The listings that carry the label's hashtag and changed last, for `_tagged.html`."""
    hashtag = site_settings().hashtag
    if not hashtag:
        return {}
    listings = Listing.objects.public().trading().tagged(hashtag).order_by("-updated_at", "pk")
    shown = cards.make(listings[:SHOWN_TAGGED], timezone.now())
    label = f"{site_settings().label_name} {site_settings().around}".strip()
    return {"hashtag": hashtag, "label": label, "cards": shown, "total": listings.count()}


@register.inclusion_tag("directory/_figures.html")
def community_figures():
    """How many we are."""

    def count():
        public = Listing.objects.public().trading()
        year_ago = timezone.localdate() - timedelta(days=365)
        return {
            "listings": public.count(),
            "producers": public.of_kind(Listing.Kind.PRODUCER).count(),
            "communes": public.exclude(commune=None).values("commune").distinct().count(),
            "verified": public.filter(verified_on__gte=year_ago).count(),
        }

    return remembered("figures", count)
