"""The charter that was signed with a claim: it counts from the moment the claim is accepted."""

from datetime import date

from label import memberships
from label.models import Membership

NOTE = "Avec la demande de gestion {number}"
PASSED_ON = "La fiche est gérée par quelqu’un d’autre, demande de gestion {number}"
GIVEN_BACK = "La demande de gestion {number} est annulée"


def end_theirs(claim, by, replaced):
    """Whom somebody took the place of is no member for this listing any more.

    Returns {user pk: [membership pk, state, until]} of before, ready for JSON.
    """
    theirs = Membership.objects.open().filter(listing=claim.listing)
    ended = {}
    for membership in theirs.filter(user__in=[one.user_id for one in replaced]):
        kept = [membership.pk, membership.state, membership.until and str(membership.until)]
        if memberships.pass_on(membership, by, PASSED_ON.format(number=claim.number)):
            ended[membership.user_id] = kept
    return ended


def give_back(claim, by, kept):
    """What `end_theirs` ended counts again, unless that person moved on since."""
    pk, state, until = kept
    membership = Membership.objects.filter(pk=pk, listing=claim.listing).first()
    if membership:
        # A question that waited is not remembered: somebody reads it again.
        state = (
            Membership.State.ACTIVE
            if state == Membership.State.ACTIVE
            else Membership.State.WAITING
        )
        day = date.fromisoformat(until) if until else None
        memberships.give_back(membership, by, state, day, GIVEN_BACK.format(number=claim.number))


def sign_with(claim, by, accept):
    """Sign for the listing what was signed with the claim; `accept` makes it a member at once.

    A listing that has the label already, or a charter that changed since, leaves a line in the
    claim's history and nothing else.
    """
    # A page that a volunteer typed for somebody is theirs from now on.
    Membership.objects.open().filter(listing=claim.listing, user=None).update(user=claim.user)
    if not claim.charter:
        return
    try:
        membership = memberships.sign(claim.user, claim.charter, claim.listing)
    except memberships.MembershipError as error:
        claim.note("Le label n’est pas demandé", by=by, note=str(error))
        return
    if accept:
        memberships.accept(membership, by, NOTE.format(number=claim.number))


def take_back(claim, by):
    """The claim is undone: whoever came by it is no member for this listing."""
    found = Membership.objects.open().filter(listing=claim.listing, user=claim.user)
    found.filter(signed_at__lt=claim.granted_at).update(user=None)
    for membership in found.filter(signed_at__gte=claim.granted_at):
        # Not revoked: whoever is right here may sign again tomorrow.
        memberships.leave(membership, by, NOTE.format(number=claim.number))
