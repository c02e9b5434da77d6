"""Which reader an answer is for: told by its shape, since what servers say of it is often wrong."""

from __future__ import annotations

import json
import re

from label.collecting.entries import Answer
from label.collecting.parsing import bluesky, feeds, json_feed, mastodon
from label.collecting.parsing.errors import Unreadable
from label.collecting.parsing.text import decoded

LARGEST = 2 * 1024 * 1024  # bytes: what the door lets in
LOOKED_AT = 1_000  # characters, to tell what it is
DEEPEST = 100  # brackets within brackets; feeds have some ten
# A string is one step, also one that never ends; so every character is read once.
BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def read(kind: str, body: bytes, content_type: str, url: str) -> Answer:
    """What a source of this kind says, asked at `url`; raises `Unreadable` and nothing else."""
    if not body.strip():
        raise Unreadable("La réponse est vide.")
    if len(body) > LARGEST:
        raise Unreadable("La réponse est trop grande.")
    try:
        text = decoded(body, content_type).lstrip()
        if text[:1] in ("{", "["):
            return of_json(kind, parsed(text), url)
        return feeds.read(text, url)
    except Unreadable:
        raise
    except Exception as error:  # noqa: BLE001 -- a stranger's document must never stop a collector
        raise Unreadable("La réponse est illisible.") from error


def parsed(text: str):
    """JSON as Python has it; raises `Unreadable`."""
    if is_too_deep(text):
        raise Unreadable("La réponse est du JSON abîmé.")
    try:
        return json.loads(text, parse_constant=no_number)
    except ValueError as error:
        raise Unreadable("La réponse est du JSON abîmé.") from error


def is_too_deep(text: str) -> bool:
    """Whether it nests more than a feed does: reading it would take all of Python's stack.

    Whatever else Python cleans away at that depth would fail then, and not be caught here.
    """
    depth = 0
    for found in BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return True
    return False


def no_number(name):
    """« NaN » and « Infinity » are no JSON."""
    raise ValueError(name)


def of_json(kind: str, data, url: str) -> Answer:
    """The reader by the shape: a list of posts, an author's posts, a JSON Feed."""
    if isinstance(data, list):
        return mastodon.read(data, url, kind)
    if isinstance(data.get("feed"), list):
        return bluesky.read(data, url)
    if isinstance(data.get("items"), list):
        return json_feed.read(data, url)
    message = data.get("error") or data.get("message")
    if isinstance(message, str) and message:
        raise Unreadable("Le serveur refuse de répondre sans compte.")
    raise Unreadable("La réponse n’est pas un flux connu ici.")
