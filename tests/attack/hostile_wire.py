"""Answers that are no answers: HTTP as nobody should speak it, the same for the same number."""

import gzip
import time
import zlib

from tests.attack import hostile_feeds
from tests.outside import page

TYPES = (
    *("application/rss+xml", "application/atom+xml; charset=utf-16", "application/json"),
    *("text/html", "image/png", "text/plain; charset=x-nope", "", "a/b" * 90, "\x00", ";;;="),
    *("multipart/mixed; boundary=x", "application/xml; charset=utf-7", "application/zip"),
)
STATUSES = (
    *("100 Continue", "101 Switching Protocols", "102 Processing", "103 Early Hints"),
    *("201 Created", "203 Non-Authoritative", "204 No Content", "205 Reset", "206 Partial Content"),
    *("207 Multi-Status", "226 IM Used", "299 X", "300 Multiple Choices", "304 Not Modified"),
    *("305 Use Proxy", "306 X", "400 Bad", "401 Unauthorized", "402 Payment Required"),
    *("403 Forbidden", "404 Not Found", "405 X", "406 X", "407 X", "408 X", "410 Gone", "418 X"),
    *("421 X", "425 X", "426 X", "429 Too Many", "451 X", "500 X", "502 X", "503 X", "504 X"),
    *("511 X", "520 X", "530 X", "599 X", "600 X", "999 X", "099 X", "000 X", "-1 X", "abc X"),
    *("2000 X", "", "200"),
)
WAITS = (
    *("-1", "0", "1e9", "NaN", "inf", "3,5", "9" * 400, "", " ", "demain", "\u0663".encode()),
    *("Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Sun, 06 Nov 1994", "120"),
    *("+5", "0x10", "1 2", "Sat, 14 Nov 99999 09:30:00 GMT", "Thu, 01 Jan 1970 00:00:00 +2500"),
)
PLACES = (
    *(
        "{here}",
        "/{number}",
        "",
        " ",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//",
        "http://[",
    ),
    *(
        "http://127.0.0.1:1/",
        "http://169.254.169.254/",
        "http://0/",
        "http://[::1]/",
        "gopher://x/",
    ),
    *("http://localhost/", "/\x00", "/bonne/redirigee", "http://a:b@127.0.0.1/", "a" * 9000),
    *("http://2130706433/", "http://127.1/", "?", "#", "http://x.invalid/", "ftp://x/"),
)
CHUNKS = (
    *(b"zz\r\n", b"-5\r\n", b"ffffffffffffffff\r\n", b"5;" + b"x" * 9000 + b"\r\n", b"\r\n"),
    *(b"5\r\nabc", b"0x5\r\nabcde\r\n", b"5\r\nabcde\r\n0\r\nEvil: 1\r\n\r\n", b"5\nabcde\n0\n\n"),
)


class Wire:
    """One answer, chosen by the number of its feed."""

    def __init__(self, number, origin, seed=0):
        self.maker = hostile_feeds.Maker(number, origin, seed)
        self.chance, self.number, self.origin = self.maker.chance, number, origin

    def answer(self, connection):
        """Send it; what goes wrong meanwhile is the point."""
        body = self.maker.body()
        ways = (
            (72, self.plain),
            (8, self.packed),
            (6, self.other_status),
            (3, self.elsewhere),
            (3, self.in_chunks),
            (3, self.lying_length),
            (3, self.odd_headers),
            (1, self.no_http),
            (1, self.endless),
        )
        (send,) = self.chance.choices([way for _, way in ways], [weight for weight, _ in ways])
        send(connection, body)

    def plain(self, connection, body):
        """A good answer with a bad body."""
        said = {"content_type": self.chance.choice(TYPES)}
        if self.chance.random() < 0.3:
            said["etag"] = self.chance.choice(('"1"', "W/", "\x01", "a" * 5000, '"é"'))
        if self.chance.random() < 0.2:
            there = self.chance.choice(PLACES).format(here=self.origin, number=self.number)
            said["link"] = f'<{there}>; rel="next"'
        connection.sendall(page(body, **said))

    def packed(self, connection, body):
        """Packed, or said to be."""
        small = zlib.compress(body)
        raw = zlib.compressobj(wbits=-15)
        whole = gzip.compress(body)
        made = self.chance.choice(
            (
                *((whole, "gzip"), (whole, "x-gzip"), (whole[:-9], "gzip"), (body, "gzip")),
                *((whole + b"trailing", "gzip"), (whole * 3, "gzip"), (whole, ""), (b"", "gzip")),
                *((gzip.compress(whole), "gzip, gzip"), (small, "deflate"), (small, "gzip")),
                *((raw.compress(body) + raw.flush(), "deflate"), (body, "br"), (body, "zstd")),
                *((body, "identity"), (body, "GZIP "), (b"\x1f\x8b", "gzip"), (body, "x" * 900)),
                (gzip.compress(b"<rss>" + b" " * 40_000_000), "gzip"),
            )
        )
        connection.sendall(page(made[0], content_encoding=made[1]))

    def other_status(self, connection, body):
        """Anything but a plain 200."""
        status = self.chance.choice(STATUSES)
        said = {"retry_after": self.chance.choice(WAITS)} if self.chance.random() < 0.7 else {}
        if isinstance(said.get("retry_after"), bytes):
            said["retry_after"] = said["retry_after"].decode("latin-1")
        connection.sendall(page(body, status, **said))

    def elsewhere(self, connection, body):
        """Round and round, or inside."""
        status = self.chance.choice(("301 X", "302 X", "303 X", "307 X", "308 X"))
        there = self.chance.choice(PLACES).format(here=self.origin, number=self.number)
        connection.sendall(page(body, status, location=there))

    def in_chunks(self, connection, body):
        """Chunks that are right until they are not."""
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
        if self.chance.random() < 0.3:
            head += b"Content-Length: 5\r\n"
        good = b"%x\r\n%s\r\n" % (len(body), body) if body else b""
        tail = self.chance.choice((b"0\r\n\r\n", b"", *CHUNKS))
        connection.sendall(head + b"\r\n" + good + tail)

    def lying_length(self, connection, body):
        """More or less than was said."""
        length = self.chance.choice(
            ("-1", "0", "5", "abc", "9" * 30, "10, 20", str(len(body) + 99), "", "1e3")
        )
        connection.sendall(page(body, content_length=length))

    def odd_headers(self, connection, body):
        """Headers by the thousand, without name, in two lines."""
        odd = self.chance.choice(
            (
                b"X: 1\r\n" * 3000,
                b"X: " + b"a" * 300_000 + b"\r\n",
                b": no name\r\n",
                b"No colon at all\r\n",
                b"X: a\r\n folded\r\n",
                b"X: \x00\xff\r\n",
                b"Content-Type: a\r\nContent-Type: b\r\nContent-Encoding: gzip\r\n",
                b"X y: 1\r\n",
                b"Set-Cookie: a=b\r\nRefresh: 0; url=javascript:alert(1)\r\n",
            )
        )
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + odd + b"Connection: close\r\n\r\n" + body)

    def no_http(self, connection, body):
        """Another protocol, or none."""
        said = (
            *(b"", b"\r\n\r\n", b"HTTP/1.1", b"HTTP/9.9 200 OK\r\n\r\n", b"ICY 200 OK\r\n\r\n"),
            *(b"HTTP/2 200\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"SSH-2.0-x\r\n", body),
            *(b"\x15\x03\x01\x00\x02\x02\x46", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nx"),
        )
        connection.sendall(self.chance.choice(said))

    def endless(self, connection, body):
        """Bytes for ever, or one now and then."""
        how = self.chance.randrange(4)
        ends = time.monotonic() + 15
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n<rss>" if how < 3 else b""))
        while how and time.monotonic() < ends:
            if how == 1:
                connection.sendall(b"<item>" * 10_000)
            else:
                connection.sendall(b"a")
                time.sleep(0.3)


def photo(number):
    """An image that is none, for whoever follows an image's address."""
    shapes = (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8")
    return page(shapes[number % len(shapes)], content_type="image/png")
