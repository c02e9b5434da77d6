"""The label's own key: made at its first use into SITE_DATA, changed by the operator.

The private key is a file that the site's user alone reads; public keys are rows, of old keys too.
"""

import os
from datetime import UTC
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from home.kept_files import made_once, written_beside
from home.models import ContentVersion
from label.models import SigningKey
from label.statements.signed import KEYS, canonical, key_id, to_base64url

NAME = "badge-key.pem"


class KeyTrouble(Exception):
    """Why nothing can be signed: the file is no key, or cannot be read or written."""


def kept_in() -> Path:
    """Where the private key is."""
    return Path(settings.SITE_DATA) / NAME


def signing(now=None) -> tuple[Ed25519PrivateKey, SigningKey]:
    """The key of today, made if there is none; raises `KeyTrouble`.

    A file that holds a key which was retired (an old copy was put back) is replaced.
    """
    private = kept()
    x = public_part(private)
    row = SigningKey.objects.filter(kid=key_id(x)).first() or known(x, now or timezone.now())
    if row.until or row.leaked:
        return rotate()
    return private, row


@transaction.atomic
def known(x, since) -> SigningKey:
    """The row of a public key, made if there is none: it is published from now on."""
    row, _ = SigningKey.objects.get_or_create(kid=key_id(x), defaults={"x": x, "since": since})
    ContentVersion.bump()
    return row


def kept() -> Ed25519PrivateKey:
    """The private key in SITE_DATA, made if there is none; raises `KeyTrouble`."""
    try:
        raw = made_once(kept_in(), lambda: as_pem(Ed25519PrivateKey.generate()))
        private = load_pem_private_key(raw, password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyTrouble(f"{kept_in()} : {error}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyTrouble(f"{kept_in()} : ce n’est pas une clé Ed25519")
    return private


def as_pem(private) -> bytes:
    """The private key as its file holds it."""
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_part(private) -> str:
    """The public key, as JOSE writes it (RFC 8037)."""
    return to_base64url(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


@transaction.atomic
def rotate(leaked=False) -> tuple[Ed25519PrivateKey, SigningKey]:
    """Sign with a new key from now on; raises `KeyTrouble`.

    What the old ones signed is still checked with them, unless somebody else has one (`leaked`).
    """
    now = timezone.now()
    if kept_in().exists():
        # Also a key that has signed nothing so far has its row: it may be the one that leaked.
        known(public_part(kept()), now)
    if leaked:
        # Whoever has a copy of this site may have older ones: none of them counts any more.
        SigningKey.objects.filter(leaked=None).update(leaked=now)
    SigningKey.objects.filter(until=None).update(until=now)
    private = Ed25519PrivateKey.generate()
    row = known(public_part(private), now)
    try:
        # The last act: should it fail, the old key and its row stay as they were.
        os.replace(written_beside(kept_in(), as_pem(private)), kept_in())
    except OSError as error:
        raise KeyTrouble(f"{kept_in()} : {error}") from error
    return private, row


def published() -> bytes:
    """/label/cles.json: every public key that ever signed, the oldest first."""
    if not SigningKey.objects.filter(until=None).exists():
        signing()
    rows = [jwk(row) for row in SigningKey.objects.order_by("since", "pk")]
    return canonical({"format": KEYS, "issuer": settings.SITE_URL, "keys": rows})


def jwk(row) -> dict:
    """One public key (RFC 7517, RFC 8037), with the times between which it signed."""
    said = {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": row.kid,
        "x": row.x,
        "from": in_utc(row.since),
    }
    times = {"until": row.until, "leaked": row.leaked}
    return said | {name: in_utc(when) for name, when in times.items() if when}


def in_utc(when) -> str:
    """A moment, to the second."""
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
