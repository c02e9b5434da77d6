"""Signed documents as they are written: canonical JSON, Ed25519, public keys, revocation lists.

The format is docs/badge-signe.md. Nothing here knows the site: it runs wherever there is Python
3.11 and `cryptography`.
"""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

STATEMENT, REVOCATIONS, KEYS = "badge-signe/1", "badge-revocations/1", "badge-cles/1"
# In bytes.
LARGEST_STATEMENT, LARGEST_KEYS, LARGEST_LIST = 16 * 1024, 64 * 1024, 8 * 1024 * 1024
# Clocks that are wrong by less change nothing.
SKEW = timedelta(days=1)
ID, KEY_ID, SIGNATURE = r"[A-Za-z0-9_-]{22}", r"[A-Za-z0-9_-]{43}", r"[A-Za-z0-9_-]{86}"
MOMENT = r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
FIELDS = {
    "format": re.escape(STATEMENT),
    "id": ID,
    "issuer": r"https?://[^\s]{1,200}",
    "key": KEY_ID,
    "code": r"[A-Z0-9]{10}",
    "holder": r"[^\x00-\x1f]{1,200}",
    "label": r"[^\x00-\x1f]{1,200}",
    "page": r"https?://[^\s]{1,500}",
    "charter": r"[0-9]{1,6}",
    "issued": MOMENT,
    "expires": MOMENT,
}
LIST_FIELDS = {
    "format": re.escape(REVOCATIONS),
    "issuer": FIELDS["issuer"],
    "key": KEY_ID,
    "issued": MOMENT,
    "next_update": MOMENT,
}
MOST_SITES = 10
NOT_OURS = (
    "Il n’est pas écrit comme le label écrit les siens. A-t-il été collé tout entier, de la "
    "première accolade à la dernière ?"
)
SITE = r"[a-z0-9_.-]{1,253}(:[0-9]{1,5})?(/[^\s?#\\]{1,300})?"


class Unusable(Exception):
    """Why nothing can be said, in French: a key file, a list, an address or a date is no good."""


class Altered(Exception):
    """Why a document is not as it was signed, in French."""


class Foreign(Altered):
    """A document that names another label as its own: these keys can say nothing of it."""


@dataclass(frozen=True)
class Key:
    """A label's public key: from when until when it signed, since when nothing of it counts."""

    issuer: str
    public: Ed25519PublicKey
    since: datetime
    until: datetime | None
    leaked: datetime | None


@dataclass(frozen=True)
class Revocations:
    """What the label takes back: {statement's id: since when}, and until when that is the news."""

    taken_back: dict
    issued: datetime
    next_update: datetime


def canonical(thing) -> bytes:
    """The one way to write JSON made of objects, arrays and strings (RFC 8785).

    Names of members are ASCII here, so that any order of signs is the RFC's. Raises ValueError
    for a string that is no Unicode.
    """
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def parsed(raw: bytes, most: int):
    """JSON of objects, arrays and strings, no name twice; raises ValueError for anything else."""
    if len(raw) > most:
        raise ValueError("too large")

    def once(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a name twice")
        return found

    def no_number(_text):
        raise ValueError("a number")

    hooks = dict.fromkeys(("parse_int", "parse_float", "parse_constant"), no_number)
    try:
        return json.loads(raw.decode(), object_pairs_hook=once, **hooks)
    except RecursionError:
        raise ValueError("too deep") from None


def from_base64url(text: str) -> bytes:
    """The bytes; raises ValueError unless this is the one way to write them, without padding."""
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError(text) from error
    if to_base64url(found) != text:
        raise ValueError(text)
    return found


def to_base64url(raw: bytes) -> str:
    """As JOSE writes bytes: base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def key_id(x: str) -> str:
    """The name of a public key, which only this key can have (RFC 7638, RFC 8037)."""
    jwk = {"crv": "Ed25519", "kty": "OKP", "x": x}
    return to_base64url(hashlib.sha256(canonical(jwk)).digest())


def moment(text: str) -> datetime:
    """A moment with its time zone (RFC 3339); raises ValueError."""
    if not re.fullmatch(MOMENT, text, re.ASCII):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def read_keys(raw: bytes) -> dict[str, Key]:
    """The keys of a file such as /label/cles.json, by their names; raises `Unusable`."""
    try:
        said = parsed(raw, LARGEST_KEYS)
        if said["format"] != KEYS:
            raise ValueError(said["format"])
        return {row["kid"]: as_key(row, said["issuer"]) for row in said["keys"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unusable("Le fichier de clés n’est pas lisible : reprenez-le sur le site.") from None


def as_key(row, issuer) -> Key:
    """One key of a label's file; raises ValueError, KeyError or TypeError."""
    if row["kty"] != "OKP" or row["crv"] != "Ed25519" or row["kid"] != key_id(row["x"]):
        raise ValueError(row["kid"])
    public = Ed25519PublicKey.from_public_bytes(from_base64url(row["x"]))
    until, leaked = (moment(row[name]) if name in row else None for name in ("until", "leaked"))
    return Key(issuer, public, moment(row["from"]), until, leaked)


def opened(raw: bytes, name: str, fields: dict, most: int, keys: dict) -> tuple[dict, Key]:
    """The signed object `name` of a document, and the key that signed it; raises `Altered`.

    The document is written in the one canonical way: nothing can be hidden in how it is written.
    What is forgiven around it counts as a part of its size: whoever reads a file reads a byte more
    than `most`, and what stands behind that would be seen by nobody.
    """
    size, raw = len(raw), raw.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")
    try:
        if size > most:
            raise ValueError("too large")
        document = parsed(raw, most)
        if set(document) != {name, "signature"} or canonical(document) != raw:
            raise ValueError(name)
        said, signature = document[name], document["signature"]
        if any(not re.fullmatch(fields[one], said[one], re.ASCII) for one in fields):
            raise ValueError(name)
        signature = from_base64url(signature) if re.fullmatch(SIGNATURE, signature) else b""
        key, issued = keys.get(said["key"]), moment(said["issued"])
        signed = canonical(said)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Altered(NOT_OURS) from None
    if key is None and said["issuer"] not in {one.issuer for one in keys.values()}:
        raise Foreign(f"Il se dit signé par {said['issuer']} : prenez les clés de ce site-là.")
    if key is None:
        raise Altered(
            "La clé qu’il nomme n’est pas une clé du label. Si votre fichier de clés est ancien, "
            "reprenez-le sur le site."
        )
    try:
        key.public.verify(signature, signed)
    except InvalidSignature:
        raise Altered("La signature ne va pas avec ce qui est écrit.") from None
    if issued < key.since - SKEW or (key.until and issued > key.until + SKEW):
        raise Altered("Il est daté d’un jour où sa clé ne signait pas.")
    return said, key


def read_statement(raw: bytes, keys: dict) -> tuple[dict, Key]:
    """What a signed badge says, and by which key; raises `Altered`."""
    said, key = opened(raw, "statement", FIELDS, LARGEST_STATEMENT, keys)
    sites = said.get("sites")
    fits = isinstance(sites, list) and len(sites) <= MOST_SITES and set(said) == {*FIELDS, "sites"}
    if not fits or any(not isinstance(one, str) or not re.fullmatch(SITE, one) for one in sites):
        raise Altered(NOT_OURS)
    try:
        moment(said["expires"])
    except ValueError:
        raise Altered("Son échéance n’est pas une date.") from None
    return said, key


def read_revocations(raw: bytes, keys: dict) -> Revocations:
    """A list such as /label/revocations.json; raises `Unusable` for one that is forged."""
    try:
        said, key = opened(raw, "list", LIST_FIELDS, LARGEST_LIST, keys)
        if key.leaked:
            raise ValueError("leaked")
        rows = {row["id"]: moment(row["since"]) for row in said["revoked"]}
        return Revocations(rows, moment(said["issued"]), moment(said["next_update"]))
    except (Altered, ValueError, KeyError, TypeError):
        raise Unusable(
            "La liste des badges révoqués n’est pas celle que le label a signée : reprenez-la sur "
            "le site."
        ) from None
