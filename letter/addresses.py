"""Mail addresses: their keyed hash, those that nobody has, and how one is shown half hidden."""

from django.utils.crypto import salted_hmac

SALT = "letter.addresses"
# RFC 2606 and 6761: no mailbox is there, so nothing may leave for them (the demo's are of these).
RESERVED_TOP = ("example", "invalid", "localhost", "test", "local")
RESERVED_DOMAINS = ("example.com", "example.net", "example.org")


def hash_of(address: str) -> str:
    """What an address is found by; 32 hexadecimal digits, keyed with the site's secret.

    Upper and lower case are one mailbox, as everywhere in practice.
    """
    one_form = address.strip().casefold()
    return salted_hmac(SALT, one_form, algorithm="sha256").hexdigest()[:32]


def is_reserved(address: str) -> bool:
    """Whether no mail server can ever be behind this address."""
    domain = address.rpartition("@")[2].casefold().rstrip(".")
    below = any(domain == name or domain.endswith(f".{name}") for name in RESERVED_DOMAINS)
    return below or domain.rpartition(".")[2] in RESERVED_TOP


def half_hidden(address: str) -> str:
    """« o…@exemple.fr »: enough to know one's own."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
