"""Secrets of second factors are kept sealed: a copy of the database alone opens no account.

The key follows from the site's own (SECRET_KEY), which is kept beside the database and not in
it. SECRET_KEY_FALLBACKS are tried for opening, as Django does for everything it has signed.
"""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# What was kept before there was sealing is base32 or hexadecimal: it never begins so.
MARK = "scelle1:"
PURPOSE = b"second factor"

log = logging.getLogger(__name__)


def seal(text):
    """Encrypt a secret (Fernet: AES-128 and HMAC-SHA256); a sealed one stays as it is."""
    return text if text.startswith(MARK) else MARK + keys().encrypt(text.encode()).decode()


def unseal(text):
    """Open a sealed secret; one that was never sealed is returned as it is.

    Where no key of the site opens it, the answer is a secret that nobody knows: every code is
    then wrong, and nobody gets in by something that could be guessed.
    """
    if not text.startswith(MARK):
        return text
    try:
        return keys().decrypt(text.removeprefix(MARK)).decode()
    except (InvalidToken, ValueError):
        log.error(  # noqa: TRY400 -- the trace would say nothing more
            "A second factor was sealed with another SECRET_KEY: give the former one back, or use "
            "bin/manage reset_second_factor."
        )
        return base64.b32encode(secrets.token_bytes(20)).decode()


def keys():
    """The site's key, which seals and opens, and its former ones, which open."""
    return MultiFernet(
        [
            Fernet(derived(secret))
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )


def derived(secret):
    """A key for this purpose alone, in the form that Fernet takes."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(made)
