"""Statements follow the members: signed when one is accepted or changes, taken back at the end.

Written when something changes and by the nightly round, never by a visitor's question.
"""

import json
import logging
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from home.models import ContentVersion
from label.models import Membership, Statement
from label.statements import facts, keys
from label.statements.signed import canonical, moment, to_base64url

AT_ONCE = 200
WITH = ("listing", "charter", "merged_into__listing", "merged_into__charter")
log = logging.getLogger(__name__)


def follow(membership, now=None):
    """A membership changed: what is no longer true is taken back, what is true is signed.

    Read anew, as visitors see it: whoever saves may hold a listing with a draft's words.
    A key that cannot be read stops nobody from leaving: it is logged, and tried again at night.
    """
    now = now or timezone.now()
    with transaction.atomic():
        standing = Statement.objects.standing(now)
        found = Membership.objects.select_related(*WITH).filter(pk=membership.pk).first()
        if not found:
            return bool(standing.filter(membership=None).update(revoked_at=now))
        return settle(found, list(standing.filter(membership=found)), now)


def sweep(now=None):
    """All of it, once more: what changed in bulk, what ends soon; returns how many changed."""
    now, changed = now or timezone.now(), 0
    standing = Statement.objects.standing(now)
    concerned = Q(pk__in=Membership.objects.public(timezone.localdate(now)).values("pk"))
    concerned |= Q(pk__in=standing.exclude(membership=None).values("membership"))
    found = list(Membership.objects.filter(concerned).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(found), AT_ONCE):
        with transaction.atomic():
            some = found[start : start + AT_ONCE]
            kept = {}
            for one in standing.filter(membership__in=some):
                kept.setdefault(one.membership_id, []).append(one)
            members = Membership.objects.filter(pk__in=some).select_related(*WITH)
            changed += told(sum(settle(one, kept.get(one.pk, []), now) for one in members))
    with transaction.atomic():
        return changed + told(standing.filter(membership=None).update(revoked_at=now))


def told(number):
    """So many changed: pages follow, in the transaction that changed them."""
    if number:
        ContentVersion.bump()
    return number


def settle(membership, kept, now):
    """Make one membership's statements right; `kept` are those that stand. Whether any changed."""
    truth = facts.of(membership.in_force, now)
    untrue = [one.pk for one in kept if not facts.still_true(said_by(one), truth)]
    Statement.objects.filter(pk__in=untrue, revoked_at=None).update(revoked_at=now)
    speaks = truth and not membership.merged_into_id and membership.is_shown
    if speaks and not any(facts.fits(said_by(one), truth, now) for one in kept):
        try:
            issue(membership, truth, now)
        except keys.KeyTrouble:
            log.exception("nothing can be signed")
            return bool(untrue)
        return True
    return bool(untrue)


def issue(membership, truth, now):
    """Sign what is true of a member; raises `KeyTrouble`."""
    private, row = keys.signing(now)
    number = to_base64url(secrets.token_bytes(16))
    said = truth | {"id": number, "key": row.kid, "issued": facts.as_told(now)}
    return Statement.objects.create(
        number=number,
        membership=membership,
        key=row,
        body=signed("statement", said, private).decode(),
        issued_at=now,
        expires_at=moment(said["expires"]),
    )


def signed(name, said, private) -> bytes:
    """A signed document: what is said under this name, beside its signature."""
    signature = to_base64url(private.sign(canonical(said)))
    return canonical({name: said, "signature": signature})


def said_by(statement):
    """What a statement of ours says."""
    return json.loads(statement.body)["statement"]
