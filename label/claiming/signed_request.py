"""A file signed for one claim, to be placed on the listing's website: a way to show the word.

A member's signed badge is public and proves nothing about who asks: anybody can copy it. This
file is made for one claim and one site, and holds the claim's own word (docs/decisions/0042).
"""

import re

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from label.claiming import codes
from label.claiming.errors import ClaimError
from label.statements import issuing, keys, signed
from label.statements.check import place

FORMAT = "badge-demande/1"
FIELDS = {
    "format": re.escape(FORMAT),
    "issuer": signed.FIELDS["issuer"],
    "key": signed.KEY_ID,
    "claim": r"[A-Z0-9]{1,12}",
    "site": signed.SITE,
    "word": r"[a-z2-7]{32}",
    "issued": signed.MOMENT,
    "expires": signed.MOMENT,
}
PUBLIC = (
    "Le fichier trouvé est un badge signé, que tout le monde peut copier : il ne dit pas qui "
    "demande. Placez le fichier de cette demande-ci."
)


def made(claim, row) -> bytes:
    """The file of a claim, for the website that `row` is about; raises `KeyTrouble`."""
    private, key = keys.signing()
    said = {
        "format": FORMAT,
        "issuer": settings.SITE_URL,
        "key": key.kid,
        "claim": claim.number,
        "site": place(row.contact)[0],
        "word": codes.token(row),
        "issued": keys.in_utc(max(row.made_at, key.since)),
        "expires": keys.in_utc(row.expires_at),
    }
    return issuing.signed("request", said, private)


def is_of(claim, row, body) -> bool:
    """Whether a file is the one that was made for this claim and this website.

    Raises `ClaimError` for somebody's signed badge, which proves nothing here.
    """
    known = signed.read_keys(keys.published())
    try:
        said, key = signed.opened(body, "request", FIELDS, signed.LARGEST_STATEMENT, known)
        in_time = signed.moment(said["expires"]) > timezone.now()
    except (signed.Altered, ValueError):
        if is_badge(body, known):
            raise ClaimError(PUBLIC) from None
        return False
    ours = said["claim"] == claim.number and said["site"] == place(row.contact)[0]
    right = constant_time_compare(said["word"], codes.token(row))
    return ours and right and in_time and not key.leaked and set(said) == set(FIELDS)


def is_badge(body, known) -> bool:
    """Whether it is a signed badge of this label, whoever's."""
    try:
        signed.read_statement(body, known)
    except signed.Altered:
        return False
    return True
