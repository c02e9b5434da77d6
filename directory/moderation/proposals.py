"""Making a listing of a proposal, and taking that back."""

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log

from directory.models import ListingSource
from directory.models.provenance import PROPOSED
from home.models import SiteSettings


@transaction.atomic
def make_listing(case, listing, user, publish):
    """Save the listing that a moderator checked; publish it, or leave it as a draft.

    `imported_values` stays empty: a person looked at each value, so imports leave them alone.
    """
    is_new = listing.pk is None
    listing.live = False
    listing.save()
    if is_new:
        log(instance=listing, action="wagtail.create", user=user)
    ListingSource.objects.get_or_create(
        source=PROPOSED,
        source_id=f"demande-{case.pk}",
        defaults={
            "listing": listing,
            "licence": SiteSettings.load().data_licence,
            "retrieved_at": timezone.now(),
        },
    )
    revision = listing.save_revision(user=user)
    if publish:
        revision.publish(user=user, skip_permission_checks=True)
        listing.refresh_from_db()
    case.listing = listing
    case.listing_name = listing.name
    case.save(update_fields=["listing", "listing_name"])
    return listing


def take_back(case, user):
    """Undo: the listing that came of a proposal is a draft again; returns whether it was not."""
    listing = case.listing
    if not listing or not listing.live:
        return False
    UnpublishAction(listing, user=user).execute(skip_permission_checks=True)
    return True
