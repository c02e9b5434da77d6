"""A label of our own for tests of signed badges: its key, what it signs, what it takes back."""

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from label.statements import signed
from label.statements.signed import canonical, key_id, to_base64url

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
SAID = {
    "format": "badge-signe/1",
    "id": "A" * 21 + "g",
    "issuer": "https://label.example",
    "code": "D2C5E6H8KV",
    "holder": "Chèvrerie « du Bois » 🐐",
    "label": "Fait ici",
    "page": "https://label.example/label/membres/chevrerie/",
    "charter": "2",
    "issued": "2026-11-02T09:00:00+01:00",
    "expires": "2027-05-04T00:00:00+02:00",
    "sites": ["chevrerie.example"],
}


def told(when):
    """A moment as documents write it."""
    return when.isoformat(timespec="seconds")


class Label:
    """One key and what it signs."""

    def __init__(self, seed=b"k" * 32, **times):
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.x = to_base64url(raw)
        self.kid = key_id(self.x)
        self.row = {"kty": "OKP", "crv": "Ed25519", "kid": self.kid, "x": self.x}
        self.row |= {"from": "2026-01-01T00:00:00Z"} | times

    def keys(self, *others):
        """The file of public keys, with those of other labels' too."""
        rows = [self.row, *(other.row for other in others)]
        said = {"format": signed.KEYS, "issuer": SAID["issuer"], "keys": rows}
        return canonical(said)

    def known(self, *others):
        """The same, read."""
        return signed.read_keys(self.keys(*others))

    def sign(self, name, said):
        """A signed document."""
        return canonical({name: said, "signature": self.signature(said)})

    def signature(self, said):
        """What stands beside it."""
        return to_base64url(self.private.sign(canonical(said)))

    def badge(self, **fields):
        """A signed badge that differs from `SAID` in these fields."""
        return self.sign("statement", SAID | {"key": self.kid} | fields)

    def list(self, *numbers, issued=NOW, since=NOW, **fields):
        """A revocation list with these statements."""
        said = {
            "format": signed.REVOCATIONS,
            "issuer": SAID["issuer"],
            "key": self.kid,
            "issued": told(issued),
            "next_update": told(issued + timedelta(days=7)),
            "revoked": [{"id": number, "since": told(since)} for number in numbers],
        }
        return self.sign("list", said | fields)
