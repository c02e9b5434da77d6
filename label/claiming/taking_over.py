"""What an accepted claim changes, and how that is put back."""

from datetime import datetime

from django.utils import timezone

from directory.models import ListingManager
from home.models import ContentVersion, User
from label.claiming import contacts, joining, letters
from label.models import Claim, Fact, Invitation

State, Way = Claim.State, Claim.Way
Role = ListingManager.Role
PROVES = {
    Way.CONTACT: Fact.Kind.CONTACT,
    Way.DOMAIN: Fact.Kind.DOMAIN,
    Way.WEBSITE: Fact.Kind.WEBSITE,
}


def grant(claim, by, others, proofs, evidence, detail, replace, with_label):
    """Within the transaction that decided it: managers, dated facts, the label, mails."""
    now = timezone.now()
    before = ListingManager.objects.filter(listing=claim.listing).order_by("pk")
    claim.before = [[one.user_id, one.role, one.since.isoformat()] for one in before]
    former = [one.user.email for one in others]
    ended = {}
    if replace:
        ended = joining.end_theirs(claim, by, others)
        ListingManager.objects.filter(pk__in=[one.pk for one in others]).delete()
        # Beside each, the label that went with them, so that undoing gives that back as well.
        claim.before = [[*row, ended.get(row[0])] for row in claim.before]
    # Beside somebody who is responsible already, a second person helps.
    role = Role.HELPER if others and not replace else Role.OWNER
    ListingManager.objects.update_or_create(
        user=claim.user, listing=claim.listing, defaults={"role": role}
    )
    claim.state, claim.granted_at = State.ACCEPTED, now
    claim.decided_by, claim.decided_at, claim.reason = by, now, ""
    claim.save(
        update_fields=["before", "state", "granted_at", "decided_by", "decided_at", "reason"]
    )
    note_facts(claim, by, proofs, evidence, detail)
    claim.note("Acceptée", by=by, note="à la place des précédents" if replace and others else "")
    letters.accepted(claim, label_ended=bool(ended))
    # Since it was sent, the contact may be another, or two listings may have become one.
    also = [*former, *contacts.on_file(claim.listing)]
    letters.told_of_the_end(claim, "accepted", also=also)
    joining.sign_with(claim, by, accept=with_label)


def note_facts(claim, by, proofs, evidence, detail):
    """Each thing that speaks for the claim, with its day."""
    for row in {row.way: row for row in proofs}.values():
        claim.facts.create(
            listing=claim.listing,
            kind=PROVES[row.way],
            on=timezone.localdate(row.used_at),
            by=by,
        )
    if evidence:
        claim.facts.create(listing=claim.listing, kind=evidence, detail=detail, by=by)
    # Visitors read them.
    ContentVersion.bump()


def take_back(claim, by):
    """Who managed before does so again; whom this claim brought in no longer does."""
    present = ListingManager.objects.filter(listing=claim.listing)
    before = {user: (role, since) for user, role, since, *_ in claim.before}
    labels = {row[0]: row[3] for row in claim.before if len(row) > 3 and row[3]}
    brought = brought_in_by(claim) - before.keys()
    present.filter(user_id__in=brought).delete()
    for invitation in Invitation.objects.filter(listing=claim.listing, accepted_at=None):
        if invitation.invited_by_id in brought:
            invitation.delete()
    there = User.objects.in_bulk(before.keys() - undone_since(claim))
    for pk, person in there.items():
        role, since = before[pk]
        one, is_new = ListingManager.objects.update_or_create(
            user=person, listing=claim.listing, defaults={"role": role}
        )
        if is_new:
            ListingManager.objects.filter(pk=one.pk).update(since=datetime.fromisoformat(since))
    claim.facts.all().delete()
    ContentVersion.bump()
    joining.take_back(claim, by)
    for pk in there.keys() & labels.keys():
        joining.give_back(claim, by, labels[pk])


def undone_since(claim):
    """Who managed before by a claim that was itself undone meanwhile: {user pk}."""
    undone = Claim.objects.filter(
        listing=claim.listing, state=State.UNDONE, decided_at__gte=claim.granted_at
    )
    return set(undone.values_list("user_id", flat=True))


def brought_in_by(claim):
    """The claimant, whom they invited since, whom those invited, and so on: {user pk}."""
    since = claim.granted_at
    invited = Invitation.objects.filter(listing=claim.listing, accepted_at__gte=since)
    pairs = list(invited.values_list("invited_by_id", "accepted_by_id"))
    found = {claim.user_id}
    while more := {new for old, new in pairs if old in found and new} - found:
        found |= more
    return found
