"""What is published of statements: one for each badge, and the signed list of those taken back."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from label.models import Membership, Statement
from label.statements import facts, keys
from label.statements.issuing import signed
from label.statements.signed import REVOCATIONS

# So long may somebody use the list without asking for a newer one.
LIST_LASTS = timedelta(days=7)


def statement_of(membership):
    """The statement to hand out for a badge: the newest of whoever it leads to, if there is one.

    None where the badge is not genuine, or where its holder is not shown at the moment.
    """
    member = membership.in_force
    if member.verdict() != Membership.Verdict.GENUINE or not member.is_shown:
        return None
    return Statement.objects.standing().filter(membership=member).last()


def revocations(now=None) -> bytes:
    """/label/revocations.json, signed; the same bytes all day, unless something is taken back.

    Raises `KeyTrouble`.
    """
    now = now or timezone.now()
    rows = list(Statement.objects.taken_back(now).values_list("number", "revoked_at"))
    issued = max([facts.midnight(timezone.localdate(now)), *(since for _, since in rows)])
    private, key = keys.signing(now)
    # A key may be younger than the day.
    issued = max(issued, key.since)
    said = {
        "format": REVOCATIONS,
        "issuer": settings.SITE_URL,
        "key": key.kid,
        "issued": keys.in_utc(issued),
        "next_update": keys.in_utc(issued + LIST_LASTS),
        "revoked": [{"id": number, "since": keys.in_utc(since)} for number, since in rows],
    }
    return signed("list", said, private)
