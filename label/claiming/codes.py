"""One-use codes: made by chance, kept as keyed hashes, counted by tries."""

import secrets
from base64 import b32encode

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from label.claiming.rules import CODE_LIFE, MOST_TRIES, TOKEN_LIFE
from label.models import ClaimCode

DIGITS = 8
SPARE = str.maketrans("", "", " -.\u00a0\u202f\u2010\u2011\u2013")


def digest(purpose, code):
    """The keyed hash of a code; `purpose` is what it counts for, and nothing else does."""
    return salted_hmac("label.claiming", f"{purpose}:{code}", algorithm="sha256").hexdigest()


def purpose_of(claim):
    """A code of one claim counts for no other."""
    return f"claim:{claim.pk}"


def mailed(claim, way, contact):
    """Make a code to be mailed; returns it as typed, « 1234-5678 ». Older ones count no more."""
    now = timezone.now()
    waiting = claim.codes.filter(used_at=None, expires_at__gt=now).exclude(way=claim.Way.WEBSITE)
    waiting.update(expires_at=now)
    while True:
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        kept = digest(purpose_of(claim), code)
        # The same eight digits once more for one claim: as good as never, and then another.
        if not ClaimCode.objects.filter(digest=kept).exists():
            break
    ClaimCode.objects.create(
        claim=claim,
        way=way,
        contact=contact,
        digest=kept,
        made_at=now,
        expires_at=now + CODE_LIFE,
    )
    return f"{code[:4]}-{code[4:]}"


def token_row(claim, website):
    """The row of what is to be placed on this website; the same for as long as it counts."""
    now = timezone.now()
    rows = claim.codes.filter(way=claim.Way.WEBSITE, contact=website, expires_at__gt=now)
    found = rows.filter(used_at=None).order_by("-pk").first()
    if found:
        return found
    # The word follows from the row by the site's key: it can be shown again and is kept nowhere.
    row = ClaimCode(claim=claim, way=claim.Way.WEBSITE, contact=website, made_at=now)
    row.expires_at = now + TOKEN_LIFE
    row.digest = digest(purpose_of(claim), token(row))
    row.save()
    return row


def token(row):
    """What is to be placed on the website: 32 letters and digits."""
    purpose = f"{row.claim_id}:{row.made_at.isoformat()}:{row.contact}"
    made = salted_hmac("label.claiming.token", purpose, algorithm="sha256").digest()
    return b32encode(made[:20]).decode().lower()


def take_a_try(row):
    """Count one try of a code; False when it has none left, was used or is over."""
    usable = ClaimCode.objects.filter(
        pk=row.pk, used_at=None, expires_at__gt=timezone.now(), tries__lt=MOST_TRIES
    )
    return bool(usable.update(tries=F("tries") + 1))


def is_right(row, typed):
    """Whether this is the code, however it was written."""
    code = typed.translate(SPARE)[:40]
    return constant_time_compare(digest(purpose_of(row.claim), code), row.digest)


def use(row):
    """Use a code up; False when somebody has just done so."""
    now = timezone.now()
    unused = ClaimCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=now)
    return bool(unused.update(used_at=now))
