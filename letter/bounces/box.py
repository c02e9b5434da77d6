"""The mailbox that returns come to, asked now and then: IMAP or POP3, always over TLS.

It must be for this alone: what was read is deleted there.
"""

import imaplib
import logging
import poplib
import ssl
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django_tasks import task

from letter.bounces import reading

ANSWER_SECONDS = 20
# In one round.
MOST = 200
PORTS = {"imaps": 993, "pop3s": 995}
log = logging.getLogger(__name__)


def ask_soon():
    """Have the worker look, where there is such a mailbox."""
    if settings.LETTER_BOUNCE_BOX:
        read_the_box.enqueue()


@task(backend="jobs")
def read_the_box():
    """The task behind `ask_soon`; a box that does not answer is asked again next time."""
    try:
        number = read_all(settings.LETTER_BOUNCE_BOX)
    except (OSError, imaplib.IMAP4.error, poplib.error_proto, ValueError) as error:
        # Neither the address nor the password is in the name of an error.
        log.warning("letter returns: box not read: %s", type(error).__name__)
    else:
        if number:
            log.info("letter returns: %s read", number)


def read_all(url: str, context=None) -> int:
    """Read what is in the box and delete it there; how many mails it was.

    `url` is `imaps://name:password@host/INBOX` or `pop3s://name:password@host`. Raises
    `ValueError` for another kind, `OSError` and the protocols' own errors.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("imaps:// or pop3s:// is needed")
    context = context or ssl.create_default_context()
    read = by_imap if parts.scheme == "imaps" else by_pop
    return read(parts, parts.port or PORTS[parts.scheme], context)


def by_imap(parts, port, context) -> int:
    """Over IMAP: at most `LARGEST` bytes of each are fetched."""
    box = imaplib.IMAP4_SSL(parts.hostname, port, ssl_context=context, timeout=ANSWER_SECONDS)
    number = 0
    try:
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        box.select(quoted(unquote(parts.path.lstrip("/")) or "INBOX"))
        _, found = box.uid("SEARCH", "ALL")
        for uid in (found[0] or b"").split()[:MOST]:
            _, answer = box.uid("FETCH", uid.decode(), f"(BODY.PEEK[]<0.{reading.LARGEST}>)")
            raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")
            reading.take(raw)
            box.uid("STORE", uid.decode(), "+FLAGS", r"(\Deleted)")
            number += 1
        box.expunge()
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
    return number


def quoted(name: str) -> str:
    """A mailbox's name as IMAP takes it."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class CutLines:
    """What a server says, its long lines cut.

    `poplib` gives up on a mail with a line of more than 2,048 bytes, which many have; it would
    stay the first one in the box, and no other would ever be read.
    """

    def __init__(self, file):
        self.file, self.close = file, file.close

    def readline(self, size):
        """A line of fewer bytes than this; what else it has is passed over."""
        line = rest = self.file.readline(size)
        if len(line) < size:
            return line
        while rest and not rest.endswith(b"\n"):
            rest = self.file.readline(size)
        return line[: size - 3] + b"\r\n"


def by_pop(parts, port, context) -> int:
    """Over POP3: headers and the first lines only, as many as a report has."""
    box = poplib.POP3_SSL(parts.hostname, port, timeout=ANSWER_SECONDS, context=context)
    box.file = CutLines(box.file)
    number = 0
    try:
        box.user(unquote(parts.username or ""))
        box.pass_(unquote(parts.password or ""))
        waiting, _ = box.stat()
        for position in range(1, min(waiting, MOST) + 1):
            _, lines, _ = box.top(position, 2000)
            reading.take(b"\r\n".join(lines))
            box.dele(position)
            number += 1
    finally:
        # Without a proper goodbye nothing is deleted there, and all is read again: no harm, as
        # each letter's return counts once.
        with suppress(OSError, poplib.error_proto):
            box.quit()
    return number
