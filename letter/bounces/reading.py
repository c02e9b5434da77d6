"""Reading what mail servers send back: delivery reports (RFC 3464) and complaints (RFC 5965).

Nobody is believed: a report counts only with a mark that the site signed (letter/links.py), which
stands in the address it was sent to or in the mail that it returns. Whatever else comes is passed.
"""

import email
import logging
import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from enum import Enum

from letter import links
from letter.bounces import counting

# A report is small; of what is longer only the beginning is looked at.
LARGEST = 256 * 1024
# Deeper, or of more parts, no report is.
MOST_BOUNDARIES = 60
MOST_PARTS, MOST_FIELDS = 40, 400
BOUNDARY = re.compile(rb"^content-type[ \t]*:[ \t]*(?:multipart|message)/", re.IGNORECASE | re.M)
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# The mailbox is full, the mail too long; the network; somebody's policy: none of them for ever.
PASSING = {("2", "2"), ("2", "3"), ("3", "4")}
PASSING_SUBJECTS = {"4", "6", "7"}
ADDRESSED = ("to", "delivered-to", "x-original-to", "envelope-to", "x-failed-recipients", "cc")
RETURNED = ("message-id", "return-path", "list-unsubscribe", "original-envelope-id")
log = logging.getLogger(__name__)


class Found(Enum):
    """What a mail turned out to be."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Report:
    """What a mail says, and about which (letter, follower): None where no mark of ours is in it."""

    found: Found
    about: tuple[int, int] | None = None


def take(raw: bytes) -> Found:
    """Read one mail and count it; what it was, `NOTHING` for all that does not concern us."""
    report = read(raw)
    if report.about is None:
        return Found.NOTHING
    letter, follower = report.about
    if report.found is Found.HARD:
        counting.count_hard(follower, letter)
    elif report.found is Found.SOFT:
        counting.count_soft(follower, letter)
    elif report.found is Found.COMPLAINT:
        counting.complain(follower)
    return report.found


def read(raw: bytes) -> Report:
    """What a mail says; never raises, whatever the bytes are."""
    raw = raw[:LARGEST]
    if len(BOUNDARY.findall(raw)) > MOST_BOUNDARIES:
        return Report(Found.NOTHING)
    try:
        # The oldest policy: it gives headers as they stand and stumbles over none.
        message = email.message_from_bytes(raw, policy=policy.compat32)
        return understood(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        log.info("a mail that cannot be read", exc_info=True)
        return Report(Found.NOTHING)


def understood(message) -> Report:
    """Sort a message that could be taken apart."""
    if message.get_content_type() != "multipart/report":
        return Report(Found.NOTHING)
    kind = str(message.get_param("report-type", "")).casefold()
    parts = first(message.walk(), MOST_PARTS)
    if kind == "feedback-report":
        found = of_feedback(parts)
    elif kind == "delivery-status":
        found = of_delivery(parts)
    else:
        found = Found.NOTHING
    return Report(found, mark_of(message, parts) if found is not Found.NOTHING else None)


def first(things, most):
    """The first of many."""
    return [thing for _, thing in zip(range(most), things, strict=False)]


def of_delivery(parts) -> Found:
    """What the fields of a delivery report say; the gravest where there are several recipients."""
    found = Found.NOTHING
    for fields in blocks(parts, "message/delivery-status"):
        action = text_of(fields, "action").strip().casefold()
        status = STATUS.search(text_of(fields, "status"))
        if action != "failed" or not status:
            continue
        if is_for_ever(status):
            return Found.HARD
        found = Found.SOFT
    return found


def is_for_ever(status) -> bool:
    """Whether a status says that the mailbox does not exist (RFC 3463)."""
    grade, subject, detail = status.groups()
    if grade != "5" or subject in PASSING_SUBJECTS:
        return False
    return (subject, detail) not in PASSING


def of_feedback(parts) -> Found:
    """Whether a feedback report is a complaint; « not spam » and the like are none."""
    for fields in blocks(parts, "message/feedback-report"):
        if text_of(fields, "feedback-type").strip().casefold() in {"abuse", "fraud", "other"}:
            return Found.COMPLAINT
    return Found.NOTHING


def blocks(parts, content_type):
    """The groups of fields in the parts of a type, as messages that have headers only."""
    for part in parts:
        if part.get_content_type() != content_type:
            continue
        body = part.get_payload()
        if isinstance(body, list):
            yield from first(body, MOST_FIELDS)
        else:
            # Of a type that the parser does not know, or encoded.
            payload = part.get_payload(decode=True) or b""
            yield email.message_from_bytes(payload[:LARGEST], policy=policy.compat32)


def mark_of(message, parts):
    """(letter, follower) of the first mark of ours: where it was sent to, then what it returns."""
    for source, names in ((message, ADDRESSED), *((part, RETURNED) for part in parts)):
        for name in names:
            for value in first(source.get_all(name, []), MOST_FIELDS):
                if found := links.marks_in(str(value)):
                    return found
    for part in parts:
        # « text/rfc822-headers »: the returned mail's headers alone (RFC 6522).
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True) or b""
            if found := links.marks_in(payload.decode("ascii", "replace")):
                return found
    return None


def text_of(fields, name) -> str:
    """A field as text; "" where it is missing."""
    return str(fields.get(name, ""))
