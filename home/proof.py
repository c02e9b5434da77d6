"""Proof of work: a browser computes for half a second, which a robot would have to do each time.

The protocol is ALTCHA's, version 2, by the `altcha` package: the server signs a challenge for one
form; the browser (public-form.js) derives keys by PBKDF2 from a nonce and a counter until one
begins as wanted, and sends that back. docs/decisions/0015 says what it costs and why.
"""

import base64
import json
import secrets
import time

import altcha
from django.core.cache import caches
from django.utils.crypto import salted_hmac

ALGORITHM = "PBKDF2/SHA-256"
# Rounds of one derivation, and between how many derivations the answer lies: about 100 on average,
# never more than 150, so that nobody is unlucky.
COST = 1000
FEWEST, MOST = 50, 150
LIFE_SECONDS = 24 * 3600
LONGEST = 4000


def challenge(purpose):
    """Return a signed challenge as JSON; its solution counts for this purpose only."""
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=FEWEST + secrets.randbelow(MOST - FEWEST),
        expires_at=int(time.time()) + LIFE_SECONDS,
        data={"for": purpose},
        hmac_secret=secret("challenge"),
        hmac_key_secret=secret("solution"),
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def is_good(payload, purpose):
    """Whether this is the solution of an unspent challenge of ours for this purpose."""
    if not payload or len(payload) > LONGEST or not payload.isascii():
        return False
    result = altcha.verify_solution(
        payload, secret("challenge"), hmac_key_secret=secret("solution")
    )
    if not result.verified:
        return False
    parameters = parameters_of(payload)
    return parameters.get("data") == {"for": purpose} and not spent().get(key(parameters))


def spend(payload):
    """Use a good solution up; False when somebody has just done so."""
    return spent().add(key(parameters_of(payload)), True, LIFE_SECONDS)


def parameters_of(payload):
    """The challenge's parameters in a payload that was verified."""
    return json.loads(base64.b64decode(payload))["challenge"]["parameters"]


def key(parameters):
    """What a spent challenge is remembered by."""
    return f"proof:{parameters['nonce']}"


def spent():
    """The memory of all processes."""
    return caches["counters"]


def secret(use):
    """A key for one use, from the site's own."""
    return salted_hmac("home.proof", use, algorithm="sha256").digest()
