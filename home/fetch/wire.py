"""The connection: to the addresses that were checked, until the time or the measure is full.

httpcore speaks HTTP and leaves the network to a backend: this one. It never looks a name up, and
every read, however small, gets only the time that is left of the whole.
"""

from __future__ import annotations

import functools
import ssl
import time

import certifi
import httpcore

from home.fetch.errors import TooLarge, TooSlow

MOST_TRIES = 4  # addresses of one site that are tried in turn
ENVELOPE = 256 * 1024  # bytes for headers, chunk marks and TLS, beside the body
RECORD = 16 * 1024  # bytes, the largest that TLS sends in one piece


class Deadline:
    """One measure of time for everything: names, connections, redirects, the body."""

    def __init__(self, seconds: float):
        self.ends = time.monotonic() + seconds
        limit = f"{seconds:g}".replace(".", ",")
        self.sentence = f"Ce site n’a pas répondu en entier en {limit} s."

    def left(self) -> float:
        """Seconds that are left, more than none; raises `TooSlow`."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TooSlow(self.sentence)
        return left


@functools.cache
def tls() -> ssl.SSLContext:
    """Names and certificates are verified, against the authorities that certifi lists."""
    return ssl.create_default_context(cafile=certifi.where())


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to these addresses, whatever name it is given, and counts what comes in."""

    def __init__(self, addresses, deadline: Deadline):
        self.addresses = addresses[:MOST_TRIES]
        self.deadline = deadline
        self.bytes_left = ENVELOPE
        self.opened = None

    def expect(self, size: int):
        """The headers are there: a body of so many bytes may follow."""
        self.bytes_left += size

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        """A stream to the first address that answers; each has its part of the time left."""
        for tries_left in range(len(self.addresses), 0, -1):
            address = self.addresses[-tries_left]
            try:
                self.opened = httpcore.SyncBackend().connect_tcp(
                    str(address), port, timeout=self.deadline.left() / tries_left
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if tries_left == 1:
                    raise
            else:
                return MeasuredStream(self.opened, self)
        raise httpcore.ConnectError("no address")

    def close(self):
        """Hang up, however far it went."""
        if self.opened:
            self.opened.close()


class MeasuredStream(httpcore.NetworkStream):
    """A stream that ends with the deadline, or with more bytes than were agreed."""

    def __init__(self, stream: httpcore.NetworkStream, backend: CheckedBackend):
        self.stream = stream
        self.backend = backend

    def read(self, max_bytes, timeout=None):
        """The next bytes, as they come."""
        data = self.stream.read(max_bytes, timeout=self.backend.deadline.left())
        self.backend.bytes_left -= len(data)
        if self.backend.bytes_left < 0:
            raise TooLarge("Ce site envoie plus que ce que nous acceptons.")
        return data

    def write(self, buffer, timeout=None):
        """Send the bytes."""
        self.stream.write(buffer, timeout=self.backend.deadline.left())

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        """The same stream, encrypted, once the certificate is that of the name."""
        return EncryptedStream(self, ssl_context, server_hostname)

    def close(self):
        """Hang up."""
        self.stream.close()

    def get_extra_info(self, info):
        """What httpcore asks about the socket."""
        return self.stream.get_extra_info(info)


class EncryptedStream(httpcore.NetworkStream):
    """TLS over a measured stream, so that what TLS says to itself is measured as well.

    A socket wrapped by `ssl` reads on as long as records without content come in, and looks at
    no clock meanwhile.
    """

    def __init__(self, stream: MeasuredStream, context: ssl.SSLContext, name: str):
        self.stream = stream
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_hostname=name)
        try:
            self._until_done(self.tls.do_handshake)
        except ssl.SSLError as error:
            raise httpcore.ConnectError(str(error)) from error

    def _until_done(self, act, *arguments):
        """What an act of TLS gives once the other side has sent what it needs."""
        while True:
            try:
                done = act(*arguments)
            except ssl.SSLWantReadError:
                self._send()
                data = self.stream.read(RECORD)
                if data:
                    self.incoming.write(data)
                else:
                    self.incoming.write_eof()
            else:
                self._send()
                return done

    def _send(self):
        if self.outgoing.pending:
            self.stream.write(self.outgoing.read())

    def read(self, max_bytes, timeout=None):
        """The next bytes, as they come; none when the other side has hung up."""
        try:
            return self._until_done(self.tls.read, max_bytes)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            # Many hang up without saying so; HTTP knows whether that was the end.
            return b""
        except ssl.SSLError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer, timeout=None):
        """Send the bytes."""
        self._until_done(self.tls.write, buffer)

    def close(self):
        """Hang up."""
        self.stream.close()

    def get_extra_info(self, info):
        """What httpcore asks about the socket and, here, about TLS."""
        return self.tls if info == "ssl_object" else self.stream.get_extra_info(info)
