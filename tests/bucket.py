"""A small S3 server on loopback: buckets in memory, and every request's signature verified.

Signatures are AWS Signature Version 4, as its documentation describes them; what is not signed
with the right key is refused with 403, as a closed bucket does. With TEST_S3_URL the same tests
speak to a server of somebody else's making (MinIO, Garage, moto …).
"""

import contextlib
import hashlib
import hmac
import os
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, REGION, NAME = "cle-de-test", "secret/de+test", "fr-par", "photos"


class Handler(BaseHTTPRequestHandler):
    """PUT, GET, HEAD, DELETE of an object, and the listing of a folder."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing."""

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.allowed(body):
            self.server.objects[self.object_path] = (body, self.headers.get("Content-Type"))
            self.say(200, ETag=f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"')

    def do_GET(self):
        query = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        if self.allowed() and "list-type" in query:
            self.say(200, self.listing(query), **{"Content-Type": "application/xml"})
        elif self.permitted:
            self.give()

    def do_HEAD(self):
        if self.allowed():
            self.give()

    def do_DELETE(self):
        if self.allowed():
            self.server.objects.pop(self.object_path, None)
            self.say(204)

    @property
    def object_path(self):
        return unquote(urlsplit(self.path).path)

    def give(self):
        """The object, or that there is none."""
        body, kind = self.server.objects.get(self.object_path, (None, None))
        if body is None:
            self.say(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        tag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        modified = formatdate(usegmt=True)
        self.say(200, body, **{"Content-Type": kind, "ETag": tag, "Last-Modified": modified})

    def listing(self, query):
        """The objects and folders directly below a prefix."""
        root, prefix = f"/{NAME}/", query.get("prefix", "")
        names = [p.removeprefix(root) for p in self.server.objects if p.startswith(root + prefix)]
        folders = {
            prefix + n.removeprefix(prefix).split("/")[0] for n in names if "/" in n[len(prefix) :]
        }
        files = [n for n in names if "/" not in n.removeprefix(prefix)]
        rows = [
            f"<Contents><Key>{escape(n)}</Key><LastModified>2026-05-01T08:00:00.000Z</LastModified>"
            f'<ETag>"x"</ETag><Size>{len(self.server.objects[root + n][0])}</Size></Contents>'
            for n in files
        ]
        rows += [f"<CommonPrefixes><Prefix>{escape(n)}/</Prefix></CommonPrefixes>" for n in folders]
        inner = f"<IsTruncated>false</IsTruncated>{''.join(rows)}"
        return f"<ListBucketResult>{inner}</ListBucketResult>".encode()

    def allowed(self, body=b""):
        """Whether the request is signed with the key; answers 403 if not."""
        self.server.asked.append((self.command, self.object_path))
        self.permitted = not self.server.broken and self.well_signed(body)
        if self.server.broken:
            self.say(500)
        elif not self.permitted:
            self.say(403, b"<Error><Code>AccessDenied</Code></Error>")
        return self.permitted

    def well_signed(self, body):
        """Whether the Authorization header is what the key makes of this request."""
        scheme, _, rest = self.headers.get("Authorization", "").partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme != "AWS4-HMAC-SHA256" or len(given) != 3:
            return False
        claimed = self.headers.get("x-amz-content-sha256", "")
        if claimed != "UNSIGNED-PAYLOAD" and claimed != hashlib.sha256(body).hexdigest():
            return False
        key, _, scope = given["Credential"].partition("/")
        split = urlsplit(self.path)
        query = sorted(parse_qsl(split.query, keep_blank_values=True))
        headers = given["SignedHeaders"].split(";")
        canonical = "\n".join(
            [
                self.command,
                split.path,
                "&".join(f"{quote(n, safe='-_.~')}={quote(v, safe='-_.~')}" for n, v in query),
                *[f"{name}:{' '.join((self.headers[name] or '').split())}" for name in headers],
                "",
                given["SignedHeaders"],
                claimed,
            ]
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, digest])
        secret = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
        right = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
        return key == KEY and hmac.compare_digest(right, given["Signature"])

    def say(self, status, body=b"", **headers):
        """Answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value or "")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextlib.contextmanager
def bucket_server():
    """Run the server; gives it with `.url` (an S3_URL), `.objects`, `.asked`, `.broken`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.objects, server.asked, server.broken = {}, [], False
    address = f"127.0.0.1:{server.server_address[1]}"
    server.plain = f"http://{address}"
    server.url = f"http://{KEY}:{quote(SECRET, safe='')}@{address}/{NAME}?region={REGION}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def somebody_elses_url():
    """An S3_URL of a server that is not ours, or nothing."""
    return os.environ.get("TEST_S3_URL", "")
