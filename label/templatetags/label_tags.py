"""What templates of any room show of the label."""

from django import template

from home.versions import remembered_by
from label import faces
from label.models import Membership

register = template.Library()
# The stamp's card in lists of the label; and as it stands among listings.
register.simple_tag(lambda face, level="h2": faces.markup(face, "member", level), name="member")
register.simple_tag(lambda face, level="h2": faces.markup(face, "maker", level), name="maker")


@register.inclusion_tag("label/_of_listing.html")
def label_of(listing):
    """The stamp on a listing's page, with the way to the member's page; nothing for others."""
    if not listing.pk or not listing.labelled:
        return {}

    def slug():
        members = Membership.objects.current().filter(listing=listing.pk)
        return members.values_list("slug", flat=True).first() or ""

    return {"slug": remembered_by(listing.pk, "label of listing", slug), "listing": listing}
