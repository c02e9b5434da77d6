"""The links that mails carry, and the signed marks that come back with what bounces.

A link names a mailbox by its keyed hash, so that any old one still works after somebody stopped
and came back. It says nothing to whoever lacks the site's key, and nobody can make one up.
"""

import base64
import hmac
import re

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from letter.models import Follower
from letter.models.followers import CONFIRM_DAYS

STOP, CHOICES = "letter:stop", "letter:choices"
CONFIRM = "letter:confirm"
DAY = 24 * 3600
HASH = re.compile(r"[0-9a-f]{32}")
# <letter>-<follower>-<signature>, in digits and letters that survive any mail server's case.
MARK = re.compile(r"(?<![a-z0-9])([0-9]{1,12})-([0-9]{1,12})-([a-z2-7]{16})(?![a-z0-9])")


def address(page, token):
    """The absolute address of a page of the letter."""
    return settings.SITE_URL + reverse(page, args=[token])


def token_of(address_hash: str, page: str) -> str:
    """What the link of a mailbox to a page carries; it never expires."""
    return signing.Signer(salt=page).sign(address_hash)


def mailbox_of(token: str, page: str) -> str:
    """The hash in a token; "" where it was altered or is of another page."""
    try:
        found = signing.Signer(salt=page).unsign(token)
    except signing.BadSignature:
        return ""
    return found if HASH.fullmatch(found) else ""


def confirm_link(follower) -> str:
    """What is mailed to whoever asked; it counts seven days and once."""
    token = signing.dumps([follower.pk, follower.nonce], salt=CONFIRM)
    return address(CONFIRM, token)


def to_confirm(token: str):
    """The follower whose link this is, or None: altered, too old, used, or asked for anew."""
    try:
        number, nonce = signing.loads(token, salt=CONFIRM, max_age=CONFIRM_DAYS * DAY)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Follower.objects.filter(pk=number, nonce=nonce).exclude(nonce="").first()


def mark(letter_number: int, follower_number: int) -> str:
    """What a letter to somebody can be recognised by when it comes back."""
    named = f"{letter_number}-{follower_number}"
    return f"{named}-{signature(named)}"


def signature(named: str) -> str:
    """Sixteen signs that only the site can write (80 bits of HMAC-SHA256)."""
    digest = salted_hmac("letter.mark", named, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()


def marks_in(text: str):
    """(letter, follower) of the first mark of ours in a text, or None; forged ones are passed."""
    for letter, follower, signed in MARK.findall(text.lower()):
        named = f"{int(letter)}-{int(follower)}"
        if hmac.compare_digest(signature(named), signed):
            return int(letter), int(follower)
    return None
