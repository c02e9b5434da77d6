"""What came back, taken up to a measure: the bytes are counted as they are unpacked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from home.fetch.errors import TooLarge, Unreachable

LONGEST_WAIT = 7 * 24 * 3600  # seconds that a site may ask us to stay away
LONGEST_VALIDATOR = 500  # characters
MEDIA_TYPE = re.compile(r"[a-z0-9.+_-]{1,80}/[a-z0-9.+_-]{1,80}")
# Chunks are cheap to send and dear to read: 2 MB by the hundred bytes are 20,000.
MOST_CHUNKS = 50_000
GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Fetched:
    """An answer, whatever its status: the address it came from at last, headers, body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    # Where the address moved for good, if it says so (301, 308) before anything else.
    moved: str = ""

    @property
    def content_type(self) -> str:
        """What the body is said to be, as in "text/html"; empty when nothing sensible is said."""
        text = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return text if MEDIA_TYPE.fullmatch(text) else ""

    @property
    def etag(self) -> str:
        """To be given to the next `fetch` of the same address; at most 500 characters."""
        return validator(self.headers.get("etag", ""))

    @property
    def last_modified(self) -> str:
        """To be given to the next `fetch` of the same address; at most 500 characters."""
        return validator(self.headers.get("last-modified", ""))

    @property
    def not_modified(self) -> bool:
        """The site says that nothing has changed since."""
        return self.status == 304

    @property
    def retry_after(self) -> int | None:
        """Seconds, a week at most, that the site asks us to wait; None when it does not."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return LONGEST_WAIT if len(text) > 9 else min(int(text), LONGEST_WAIT)
        try:
            date = parsedate_to_datetime(text)
            date = date if date.tzinfo else date.replace(tzinfo=UTC)
            seconds = int((date - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return max(0, min(seconds, LONGEST_WAIT))


def validator(text: str) -> str:
    """The text if it is fit to be sent back to the stranger who said it, else nothing."""
    fit = len(text) <= LONGEST_VALIDATOR and text.isascii() and text.isprintable()
    return text if fit else ""


def header_map(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name in lower case; what was said several times, joined by commas."""
    headers = {}
    for raw_name, raw_value in pairs:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def whole_body(chunks: Iterable[bytes], headers: Mapping[str, str], most: int) -> bytes:
    """The body, unpacked, of at most so many bytes; raises `TooLarge` or `Unreachable`."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise Unreachable("La réponse de ce site est compressée d’une façon inconnue ici.")
    unpack = zlib.decompressobj(GZIP) if "gzip" in encoding else None
    declared = headers.get("content-length", "")
    body, count = bytearray(), 0
    if not unpack and declared.isdigit() and int(declared) > most:
        raise TooLarge(_too_large(most))
    for count, chunk in enumerate(chunks, start=1):
        body += _unpacked(unpack, chunk, most + 1 - len(body)) if unpack else chunk
        if len(body) > most or count > MOST_CHUNKS:
            raise TooLarge(_too_large(most))
        if unpack and unpack.eof:
            break
    if unpack and count and not unpack.eof:
        raise Unreachable("La réponse de ce site s’est interrompue.")
    return bytes(body)


def _unpacked(unpack, chunk: bytes, most: int) -> bytes:
    """What a chunk unpacks to, never more than `most` bytes of it."""
    try:
        return unpack.decompress(chunk, most)
    except zlib.error as error:
        raise Unreachable("La réponse de ce site est mal compressée.") from error


def _too_large(most: int) -> str:
    """The sentence, with the measure in megabytes."""
    measure = f"{most / 1024 / 1024:.2g}".replace(".", ",")
    return f"La réponse de ce site dépasse {measure} Mo."
