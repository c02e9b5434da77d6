"""The demo's label: a charter in two versions, members in every state, what was checked.

Written as it would stand after years, without the mails of each act; nobody has an account here.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from config.demo.loading import day, read
from directory.models import Category, Commune, Listing
from label import standing
from label.memberships import TERM, free_slug
from label.models import (
    Charter,
    Fact,
    Membership,
    MembershipEvent,
    MemberStand,
    SigningKey,
)
from label.statements import facts, issuing, keys

State = Membership.State
NOON = time(12)
ANSWERED = timedelta(days=2)
OWN = ("story", "phone", "email", "website", "reason", "question")


@transaction.atomic
def load_label(photos=None):
    """Make charters, members and facts; returns how many members there are today."""
    today = timezone.localdate()
    charters = [load_charter(row, today) for row in read("charters.json")]
    for row in read("members.json"):
        load_member(row, charters, today, photos or {})
    standing.put_right()
    issuing.sweep()
    return Membership.objects.current().count()


def load_charter(row, today):
    """One version, published on its day."""
    return Charter.objects.create(
        title=row["title"],
        promises="\n".join(row["promises"]),
        text=row["text"],
        published_at=moment(row["published"], today),
    )


def load_member(row, charters, today, photos):
    """A member with their history and what was checked of their listing."""
    listing = Listing.objects.filter(slug=row.get("listing")).first()
    since, ended = day(row.get("since"), today), day(row.get("ended"), today)
    signed = moment(row.get("signed") or row["since"], today)
    holder = row.get("holder") or listing.name
    membership = Membership.objects.create(
        holder=holder,
        slug=free_slug(holder, listing),
        listing=listing,
        trade=Category.objects.filter(slug=row.get("trade")).first(),
        commune=Commune.objects.filter(pk=row.get("insee")).first(),
        charter=[one for one in charters if one.published_at <= signed][-1],
        signed_at=signed,
        since=since,
        until=ended or (since and signed.date() + TERM),
        state=row.get("state", State.ACTIVE),
        photo=photos.get(row.get("photo")),
        **{name: row.get(name, "") for name in OWN},
    )
    note(membership, State.WAITING, since or signed.date(), "Charte signée")
    if since:
        note(membership, State.ACTIVE, since, "")
    if membership.state not in (State.ACTIVE, State.WAITING):
        on = membership.until or signed.date() + ANSWERED
        note(membership, membership.state, on, membership.reason or membership.question)
    if since and membership.state not in Membership.OPEN:
        sign_as_then(membership, signed, ended)
    for kind, on, detail in row.get("facts", ()):
        about = {"listing": listing} if listing else {"membership": membership}
        Fact.objects.create(kind=kind, on=day(on, today), detail=detail, **about)
    for number, stand in enumerate(row.get("stands", ())):
        market = Listing.objects.filter(slug=stand.get("market")).first()
        said = {name: stand.get(name, "") for name in ("place", "hours", "note")}
        if market or said["place"]:
            MemberStand.objects.create(
                membership=membership, market=market, sort_order=number, **said
            )


def sign_as_then(membership, signed, ended):
    """The badge that a former member was given: it expired, or was taken back on its last day."""
    until, state = membership.until, membership.state
    membership.until, membership.state = signed.date() + TERM, State.ACTIVE
    said = facts.of(membership, signed)
    membership.until, membership.state = until, state
    key = keys.signing(signed)[1]
    # The demo's key is as old as its first member.
    SigningKey.objects.filter(pk=key.pk, since__gt=signed).update(since=signed)
    statement = issuing.issue(membership, said, signed)
    if ended:
        statement.revoked_at = timezone.make_aware(datetime.combine(ended, NOON))
        statement.save(update_fields=["revoked_at"])


def join(people):
    """Give members of the demo their accounts; `people` is {e-mail: person}."""
    for row in read("members.json"):
        if row.get("by") in people:
            mine = Membership.objects.filter(listing__slug=row["listing"])
            mine.update(user=people[row["by"]])


def note(membership, state, on, text):
    """A line of history, dated."""
    event = MembershipEvent.objects.create(membership=membership, state=state, note=text)
    # The date is set by itself when it is created.
    at = timezone.make_aware(datetime.combine(on, NOON)) - timedelta(
        hours=2 if state == State.WAITING else 0
    )
    MembershipEvent.objects.filter(pk=event.pk).update(at=at)


def moment(text, today):
    """Noon of a day such as « -12d »."""
    return timezone.make_aware(datetime.combine(day(text, today), NOON))
