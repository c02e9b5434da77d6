"""What happens to listings and memberships elsewhere: the mark follows, nobody stays behind."""

from django.db.models.signals import post_delete, post_save, pre_delete

from directory.models import Listing
from home.models import ContentVersion
from label import memberships, standing
from label.models import Charter, Fact, Membership
from label.statements import issuing


def listing_saved(instance, raw, **_kwargs):
    """Two listings that became one may have brought a membership along."""
    if raw:
        return
    member = Membership.objects.current().filter(listing=instance.pk).first()
    if bool(member) != instance.labelled:
        standing.put_right(Listing.objects.filter(pk=instance.pk))
    if member:
        # Its name and website are signed.
        issuing.follow(member)


def listing_to_go(instance, **_kwargs):
    """Whoever takes their listing away, takes their label page away too."""
    for membership in Membership.objects.open().filter(listing=instance.pk):
        memberships.leave(membership, None, "La fiche est retirée")


def membership_changed(instance, **_kwargs):
    """Also what the administration writes or deletes."""
    standing.follow(instance)


def words_changed(**_kwargs):
    """Charters and facts stand on pages of the label."""
    ContentVersion.bump()


def connect():
    """Listen."""
    post_save.connect(listing_saved, sender=Listing, dispatch_uid="label.listing_saved")
    pre_delete.connect(listing_to_go, sender=Listing, dispatch_uid="label.listing_to_go")
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(
            membership_changed, sender=Membership, dispatch_uid=f"label.membership_{name}"
        )
        for model in (Charter, Fact):
            uid = f"label.{model.__name__}_{name}"
            signal.connect(words_changed, sender=model, dispatch_uid=uid)
