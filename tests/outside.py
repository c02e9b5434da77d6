"""A small outside for the door's tests: servers on loopback, a DNS of our own, a look at each try.

Everything is real but the resolver's answers.
"""

import contextlib
import socket
import sys
import threading

OPEN = "http://site.example"
# What the process tried to connect to, while somebody watches; an audit hook stays for good.
_watched = []


def _see(event, arguments):
    if event == "socket.connect" and _watched:
        for seen in _watched:
            seen.append(arguments[1])


sys.addaudithook(_see)


@contextlib.contextmanager
def every_try():
    """Give the list of addresses that anything in this process connects to meanwhile."""
    seen = []
    _watched.append(seen)
    try:
        yield seen
    finally:
        _watched.remove(seen)


class Server:
    """Listens on loopback; `answer(connection, request)` writes whatever it likes."""

    def __init__(self, answer, host="127.0.0.1", port=0, tls=None, hasty=False):
        self.answer, self.tls = answer, tls
        # Answers the first bytes it hears, a request or not.
        self.hasty = hasty
        self.requests, self.connections, self.errors = [], 0, []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.create_server((host, port), family=family)
        self.host, self.port = self.socket.getsockname()[:2]
        self.ended = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while not self.ended.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._meet, args=[connection], daemon=True).start()

    def _meet(self, connection):
        connection.settimeout(20)
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                request = b""
                while b"\r\n\r\n" not in request and (more := connection.recv(65536)):
                    request += more
                    if self.hasty:
                        break
                self.requests.append(request.decode("latin-1"))
                self.answer(connection, self.requests[-1])
        except OSError as error:
            self.errors.append(error)

    @property
    def entry(self):
        """What ALLOW_PRIVATE_FETCH names it by."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self):
        """Its address by number."""
        return f"http://{self.entry}"

    def close(self):
        """Stop listening."""
        self.ended.set()
        with contextlib.suppress(OSError):
            # Wakes who waits in accept(), and would take one more guest.
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def page(body=b"bonjour", status="200 OK", **headers):
    """An answer in bytes; header names are written with underscores."""
    named = {"content-length": len(body)} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [f"{name}: {value}" for name, value in named.items() if value is not None]
    head = "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""])
    return head.encode("latin-1") + body


def says(content):
    """An `answer` that always sends these bytes."""
    return lambda connection, _: connection.sendall(content)


def redirect(location, status="302 Found"):
    """An answer in bytes that leads elsewhere."""
    return page(b"", status, location=location)
