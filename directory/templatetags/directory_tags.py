"""What templates of any room show of the directory."""

from datetime import timedelta

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from directory import cards, listing_page, markets
from directory.models import Listing
from directory.search.results import count_categories
from directory.tree import category_tree
from home.templatetags.frame import site_settings
from home.versions import remembered

register = template.Library()
SHOWN_MARKETS = 3
SHOWN_TAGGED = 3
SATURDAY = 5
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
def kilometres(km):
    """A distance as a person says it: « 4,2 » below 10 km, whole above.

    Below 100 m nothing finer than « 0,1 » is said: the points are no better than that.
    """
    if km is None:
        return ""
    return f"{max(km, 0.1):.1f}".replace(".", ",") if km < 9.95 else f"{km:.0f}"


@register.filter
def lead(sentence):
    """Set the first word of today's sentence in bold: it is what people look for."""
    first, _, rest = str(sentence).partition(" ")
    return format_html("<strong>{}</strong> {}", first, rest)


@register.filter
def item(mapping, key):
    """The value of a dict under a key that is a variable, 0 where there is none."""
    return mapping.get(key, 0)


@register.inclusion_tag("directory/_saturday.html")
def saturday_markets():
    """This Saturday's markets, the one with most producers first."""
    today = timezone.localdate()
    saturday = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
    found = markets.markets_on(saturday)
    return {
        "day": saturday,
        "markets": found[:SHOWN_MARKETS],
        "total": len(found),
        "text": as_message(saturday, found),
    }


def as_message(day, held):
    """The day's markets as a text to send to somebody, with the site's address."""
    lines = [
        f"{one.market.commune or one.market.name}, {one.market.public_street or one.market.name} : "
        f"{', '.join(one.intervals)}"
        for one in held
    ]
    return "\n".join([f"Marchés du {date_format(day, 'l j F')}", *lines, settings.SITE_URL])


@register.inclusion_tag("directory/_packets.html")
def category_packets():
    """The twelve families like a seed catalogue's packets, with how many listings each has."""
    tree = category_tree()
    counts = remembered("counts", lambda: count_categories(Listing.objects.public().trading()))
    return {
        "families": [
            (family, tree.trades_of(family), counts.get(family.pk, 0)) for family in tree.families
        ],
        "trades": len(tree.trades),
    }


@register.inclusion_tag("directory/_tagged.html")
def lately_tagged():
    """The listings that carry the label's hashtag and changed last."""
    hashtag = site_settings().hashtag
    if not hashtag:
        return {}
    listings = Listing.objects.public().trading().tagged(hashtag).order_by("-updated_at", "pk")
    shown = cards.make(listings.for_cards()[:SHOWN_TAGGED], timezone.now())
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
