"""A list in the top object of a JSON file, decoded element by element with the plain `json`."""

import json
import re
from collections.abc import Iterator

BLANK = re.compile(r"[ \t\r\n]*")


def first_list(text: str, names: set[str]) -> str:
    """The first of these names that the top object has; "" when it has none of them.

    Raises `ValueError` or `RecursionError` for what is no JSON object up to there.
    """
    for key, _ in _members(text, names):
        if key in names:
            return key
    return ""


def elements(text: str, name: str, others: dict | None = None) -> Iterator[object]:
    """The elements of the top object's list of this name; its other members go to `others`.

    Raises `ValueError` or `RecursionError` where the text is no JSON.
    """
    found = False
    for key, value in _members(text, {name}):
        if key == name:
            found = True
            yield from value
        elif others is not None:
            others[key] = value
    if not found:
        raise ValueError(f"pas de liste « {name} »")


def _members(text: str, lists: set[str]) -> Iterator[tuple[str, object]]:
    """The members of the top object; for those named in `lists`, an iterator to be used up."""
    decode = json.JSONDecoder().raw_decode
    at = _expect(text, 0, "{")
    while True:
        key, at = decode(text, _skip(text, at))
        at = _skip(text, _expect(text, at, ":"))
        if key in lists:
            values = _Elements(text, at)
            yield key, values
            at = values.end
        else:
            value, at = decode(text, at)
            yield key, value
        at = _skip(text, at)
        if text[at : at + 1] != ",":
            break
        at += 1
    _expect(text, at, "}")


class _Elements:
    """The elements of the array that begins at `start`; `end` is the position behind it."""

    def __init__(self, text: str, start: int):
        self.text = text
        self.end = start

    def __iter__(self) -> Iterator[object]:
        decode, text = json.JSONDecoder().raw_decode, self.text
        at = _skip(text, _expect(text, self.end, "["))
        if text[at : at + 1] == "]":
            self.end = at + 1
            return
        while True:
            value, at = decode(text, _skip(text, at))
            yield value
            at = _skip(text, at)
            if text[at : at + 1] != ",":
                self.end = _expect(text, at, "]")
                return
            at += 1


def _skip(text: str, at: int) -> int:
    return BLANK.match(text, at).end()


def _expect(text: str, at: int, sign: str) -> int:
    """The position behind `sign`; raises `ValueError` where something else stands."""
    at = _skip(text, at)
    if text[at : at + 1] != sign:
        raise ValueError(f"« {sign} » attendu au signe {at + 1}")
    return at + 1
