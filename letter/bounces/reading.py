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
from letter.bounces import counting, plain, words

# A report is small; of what is longer only the beginning is looked at.
LARGEST = 256 * 1024
# Deeper, or of more parts, no report is.
MOST_BOUNDARIES = 60
MOST_PARTS, MOST_FIELDS = 40, 400
BOUNDARY = re.compile(rb"^content-type[ \t]*:[ \t]*(?:multipart|message)/", re.IGNORECASE | re.M)
GAP = re.compile(r"\n[ \t\r]*\n")
DELIVERY_TYPES = {"message/delivery-status", "message/global-delivery-status"}
HEADER_TYPES = {"text/rfc822-headers", "message/global-headers"}
COMPLAINTS = {"abuse", "fraud", "other", "opt-out", "opt-out-list", "unsubscribe"}
ADDRESSED = ("to", "delivered-to", "x-original-to", "envelope-to", "x-failed-recipients", "cc")
RETURNED = ("message-id", "return-path", "list-unsubscribe", "original-envelope-id")
log = logging.getLogger(__name__)


class Found(Enum):
    """What a mail turned out to be."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"
    NOTHING = "nothing"
    UNWANTED = "unwanted"


FOUND = {
    words.Meaning.GONE: Found.HARD,
    words.Meaning.PASSING: Found.SOFT,
    words.Meaning.UNWANTED: Found.UNWANTED,
    words.Meaning.UNCLEAR: Found.SOFT,
    None: Found.NOTHING,
}


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
    elif report.found is Found.UNWANTED:
        # Nobody's mailbox is at fault; else a week on a block list would cost all followers.
        log.warning("letter returns: a server does not want our mail (follower %s)", follower)
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
    parts = first(message.walk(), MOST_PARTS)
    kind = str(message.get_param("report-type", "")).casefold()
    types = {part.get_content_type() for part in parts}
    if kind == "feedback-report" or "message/feedback-report" in types:
        found = of_feedback(parts)
    elif types & DELIVERY_TYPES:
        found = of_delivery(parts)
    elif kind not in {"", "delivery-status"}:
        found = Found.NOTHING
    elif is_from_junk_button(message):
        found = Found.COMPLAINT
    else:
        found = FOUND[plain.meaning_of(message, parts)]
    return Report(found, mark_of(message, parts) if found is not Found.NOTHING else None)


def is_from_junk_button(message) -> bool:
    """Hotmail's complaints: no report, the letter hangs on them."""
    subject = str(message.get("subject", "")).strip().casefold()
    return message.is_multipart() and subject.startswith("complaint about message from")


def first(things, most):
    """The first of many."""
    return [thing for _, thing in zip(range(most), things, strict=False)]


def of_delivery(parts) -> Found:
    """What the fields of a delivery report say; the gravest where there are several recipients."""
    found = Found.NOTHING
    for fields in blocks(parts, DELIVERY_TYPES):
        status = words.CODE.search(text_of(fields, "status"))
        if not has_failed(fields, status):
            continue
        of_one = of_recipient(fields, status, parts)
        if of_one is Found.HARD:
            return of_one
        found = of_one
    return found


def has_failed(fields, status) -> bool:
    """Whether the mail is given up for this recipient; some servers leave the field out."""
    action = text_of(fields, "action").strip().casefold()
    if action:
        return action.startswith("fail")
    return bool(status) and status[1] == "5"


def of_recipient(fields, status, parts) -> Found:
    """What is said of one recipient: in its fields, or else in what the server wrote to people."""
    code = status[0] if status else ""
    found = words.meaning(text_of(fields, "diagnostic-code"), code)
    if found is words.Meaning.UNCLEAR:
        found = words.meaning(plain.notice(parts), code)
    return FOUND[found]


def of_feedback(parts) -> Found:
    """Whether a feedback report is a complaint; « not spam » and the like are none."""
    for fields in blocks(parts, {"message/feedback-report"}):
        if text_of(fields, "feedback-type").strip().casefold() in COMPLAINTS:
            return Found.COMPLAINT
    return Found.NOTHING


def blocks(parts, content_types):
    """The groups of fields in the parts of some types, as messages that have headers only."""
    for part in parts:
        if part.get_content_type() not in content_types:
            continue
        body = part.get_payload()
        if isinstance(body, list):
            for one in first(body, MOST_FIELDS):
                yield one
                yield from further_groups(one)
        else:
            # Of a type that the parser does not know, or encoded.
            payload = part.get_payload(decode=True) or b""
            yield email.message_from_bytes(payload[:LARGEST], policy=policy.compat32)


def further_groups(fields):
    """What the parser took for the body of the first group, in a type that it does not know."""
    rest = fields.get_payload()
    if isinstance(rest, str):
        for group in first(filter(str.strip, GAP.split(rest)), MOST_FIELDS):
            yield email.message_from_string(group.lstrip(), policy=policy.compat32)


def mark_of(message, parts):
    """(letter, follower) of the first mark of ours: where it was sent to, then what it returns."""
    for source, names in ((message, ADDRESSED), *((part, RETURNED) for part in parts)):
        for name in names:
            for value in first(source.get_all(name, []), MOST_FIELDS):
                if found := links.marks_in(str(value)):
                    return found
    for part in parts:
        # The returned mail's headers alone (RFC 6522), or copied below what the server says.
        if part.get_content_type() in HEADER_TYPES | {"text/plain"}:
            payload = part.get_payload(decode=True) or b""
            if found := links.marks_in(payload.decode("ascii", "replace")):
                return found
    return None


def text_of(fields, name) -> str:
    """A field as text; "" where it is missing."""
    return str(fields.get(name, ""))
