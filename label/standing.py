"""Whether a listing bears the label: written down in `directory` here, and nowhere else.

The directory filters and draws by `Listing.labelled` without knowing members.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from directory.models import Listing
from home.models import ContentVersion
from label import indexing
from label.models import Membership, Post
from label.statements import issuing


@transaction.atomic
def put_right(listings=None):
    """Mark those of these listings (all, if not said) that bear the label, and no others.

    Returns how many changed; every page is made anew where one did.
    """
    listings = Listing.objects.all() if listings is None else listings
    members = Membership.objects.current().filter(listing=OuterRef("pk"))
    marked = listings.order_by().annotate(is_member=Exists(members))
    gained = list(marked.filter(is_member=True, labelled=False).values_list("pk", flat=True))
    lost = list(marked.filter(is_member=False, labelled=True).values_list("pk", flat=True))
    Listing.objects.filter(pk__in=gained).update(labelled=True)
    Listing.objects.filter(pk__in=lost).update(labelled=False)
    if gained or lost:
        ContentVersion.bump()
    return len(gained) + len(lost)


def follow(membership):
    """A membership changed: its listing's mark, the badge, the pages and the search follow."""
    if membership.listing_id:
        put_right(Listing.objects.filter(pk=membership.listing_id))
    issuing.follow(membership)
    indexing.index_members(Membership.objects.filter(pk=membership.pk))
    indexing.index_posts(Post.objects.filter(membership=membership.pk))
    ContentVersion.bump()
