"""The mailbox of returns, over TLS on loopback: read, deleted there, only where trusted."""

import imaplib
import ipaddress
import poplib
import socketserver
import ssl
import threading

import pytest
from cryptography import x509

from letter.bounces import box
from letter.models import Bounce
from tests.home.test_fetch_https import certificate
from tests.letter import factories
from tests.letter.test_bounces import report

pytestmark = pytest.mark.django_db


class Conversation(socketserver.StreamRequestHandler):
    """What POP3 and IMAP servers have in common: a line is asked, lines are answered."""

    def say(self, *lines):
        """Answer."""
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    def asked(self):
        """Each line, until there is none."""
        yield from iter(self.rfile.readline, b"")


class Pop(Conversation):
    """As much of RFC 1939 as is asked."""

    def handle(self):
        mails = self.server.mails
        self.say(b"+OK")
        for line in self.asked():
            word, *rest = line.split()
            if word == b"PASS" and rest != [b"mot@dit"]:
                self.say(b"-ERR")
            elif word == b"STAT":
                self.say(b"+OK %d 1000" % len(mails))
            elif word == b"TOP":
                self.say(b"+OK", *mails[int(rest[0]) - 1].split(b"\r\n"), b".")
            else:
                if word == b"DELE":
                    self.server.deleted.append(int(rest[0]))
                self.say(b"+OK")


class Imap(Conversation):
    """As much of RFC 3501 as is asked."""

    def handle(self):
        mails = self.server.mails
        self.say(b"* OK IMAP4rev1")
        for line in self.asked():
            tag, word, *rest = line.split()
            word = rest[0] if word == b"UID" else word
            if word == b"CAPABILITY":
                self.say(b"* CAPABILITY IMAP4rev1")
            elif word == b"LOGIN" and b"mot@dit" not in line:
                self.say(tag + b" NO wrong")
                continue
            elif word == b"SELECT":
                self.say(b"* %d EXISTS" % len(mails))
            elif word == b"SEARCH":
                self.say(b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, len(mails) + 1)))
            elif word == b"FETCH":
                raw = mails[int(rest[1]) - 1]
                self.wfile.write(b"* 1 FETCH (BODY[]<0> {%d}\r\n%b)\r\n" % (len(raw), raw))
            elif word == b"STORE":
                self.server.deleted.append(int(rest[1]))
            self.say(tag + b" OK done")


@pytest.fixture
def serve(tmp_path):
    """Serve a box with these mails over TLS; (its port, who trusts it, what was deleted)."""
    servers = []

    def start(kind, mails):
        path = tmp_path / f"{kind.__name__}.pem"
        certificate([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))], path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.daemon_threads, server.mails, server.deleted = True, mails, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server.server_address[1], ssl.create_default_context(cafile=path), server.deleted

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("scheme", "kind"), [("imaps", Imap), ("pop3s", Pop)])
def test_returns_are_read_and_deleted_there(serve, scheme, kind):
    follower = factories.follower()
    mails = [report(follower, 1), b"\xff\x00 rien", report(follower, 1, mark="1-1-faux")]
    port, trusts, deleted = serve(kind, mails)
    url = f"{scheme}://retours%40boites.lan:mot%40dit@127.0.0.1:{port}/Retours%20ici"
    assert box.read_all(url, trusts) == 3
    assert Bounce.objects.get().follower == follower and deleted == [1, 2, 3]


@pytest.mark.parametrize(("scheme", "kind"), [("imaps", Imap), ("pop3s", Pop)])
def test_a_mail_with_long_lines_does_not_stop_those_behind_it(serve, scheme, kind):
    follower = factories.follower()
    long = [b"Subject: x\r\n\r\n" + b"x" * length for length in (2046, 2047, 2048, 2049, 50_000)]
    port, trusts, deleted = serve(kind, [*long, report(follower, 1)])
    url = f"{scheme}://retours%40boites.lan:mot%40dit@127.0.0.1:{port}/"
    assert box.read_all(url, trusts) == 6
    assert Bounce.objects.get().follower == follower and deleted == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("scheme", "kind"), [("imaps", Imap), ("pop3s", Pop)])
def test_nothing_is_asked_of_whom_nobody_vouches_for(serve, settings, scheme, kind):
    follower = factories.follower()
    port, _, deleted = serve(kind, [report(follower, 1)])
    url = f"{scheme}://nom:mot%40dit@127.0.0.1:{port}"
    with pytest.raises(ssl.SSLError):
        box.read_all(url)
    settings.LETTER_BOUNCE_BOX = url
    box.read_the_box.func()
    assert deleted == [] and not Bounce.objects.exists()


@pytest.mark.parametrize(("scheme", "kind"), [("imaps", Imap), ("pop3s", Pop)])
def test_a_wrong_password_reads_nothing_and_breaks_nothing(serve, settings, scheme, kind, caplog):
    port, trusts, deleted = serve(kind, [b"x"])
    url = f"{scheme}://nom:zorglubsecret@127.0.0.1:{port}"
    with pytest.raises((imaplib.IMAP4.error, poplib.error_proto)):
        box.read_all(url, trusts)
    settings.LETTER_BOUNCE_BOX = url
    box.read_the_box.func()
    assert deleted == [] and "zorglub" not in caplog.text


@pytest.mark.parametrize("url", ["imap://a:b@127.0.0.1", "x", "pop3s://", "http://127.0.0.1"])
def test_only_boxes_over_tls_are_asked(url):
    with pytest.raises(ValueError, match="imaps"):
        box.read_all(url)
