"""What templates of any room show of the label."""

from django import template

from directory.models import Listing
from home.versions import remembered_by
from label import faces, markets
from label.models import Membership
from label.space import saving

register = template.Library()
# The stamp's card in lists of the label; and as it stands among listings.
register.simple_tag(lambda face, level="h2": faces.markup(face, "member", level), name="member")
register.simple_tag(lambda face, level="h2": faces.markup(face, "maker", level), name="maker")
register.simple_tag(markets.met_at)


@register.inclusion_tag("label/_of_listing.html")
def label_of(listing):
    """The stamp on a listing's page, with the way to the member's page; nothing for others."""
    if not listing.pk or not listing.labelled:
        return {}

    def slug():
        members = Membership.objects.current().filter(listing=listing.pk)
        return members.values_list("slug", flat=True).first() or ""

    return {"slug": remembered_by(listing.pk, "label of listing", slug), "listing": listing}


@register.inclusion_tag("label/_met_at_market.html")
def met_on(one, day):
    """The members without listing who are at a market on a day of it (markets.days.MarketDay)."""
    return {"met": markets.met_on(one, day)}


@register.inclusion_tag("label/_typed_with.html")
def typed_with(listing, member=None):
    """« Saisi avec Odile le 12 mars », where a volunteer typed the last change for somebody.

    Of a listing, or of a member without one.
    """
    thing = listing or member
    if not thing or not thing.pk or (listing and not listing.typed_for_others):
        return {}
    model = Listing if listing else Membership

    def last():
        # As a tuple: None would be asked for again and again.
        return (saving.changes(model, [thing.pk]).last(),)

    (entry,) = remembered_by((model.__name__, thing.pk), "typed with", last)
    return {"entry": entry if entry and entry.data.get("typed_for_others") else None}
