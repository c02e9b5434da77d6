"""A site that answers with malice costs us a few megabytes and a few seconds, never more."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.fetch import FetchError, TooLarge, TooSlow, Unreachable, fetch, names
from home.fetch.door import LARGEST
from tests.outside import Server, every_try, page, redirect, says

SECONDS = 0.6
# A busy machine is late; a tarpit would last for ever.
LATE = 3.0
MEMORY = 12 * 1024 * 1024  # bytes


# Pieces of answers, good and bad, put together any way.
ANSWERS = st.lists(
    st.sampled_from(
        [
            b"HTTP/1.1 200 OK\r\n",
            b"HTTP/1.0 302 Found\r\n",
            b"HTTP/1.1 304 Not Modified\r\n",
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"HTTP/1.1 ",
            b"location: http://[\r\n",
            b"location: //\xff/\xc3\xa9\r\n",
            b"location: \r\n",
            b"content-length: 3\r\n",
            b"content-length: 99999999999999999999\r\n",
            b"transfer-encoding: chunked\r\n",
            b"content-encoding: gzip\r\n",
            b"connection: upgrade\r\n",
            b"retry-after: \xb2\r\n",
            b": ",
            b" ",
            b"\r\n",
            b"\n",
            b"\0",
            b"\xff",
            b"3\r\nabc\r\n",
            b"0\r\n\r\n",
            b"\x16\x03\x03\x00\x02\x02\x28",
            gzip.compress(b"bonjour"),
        ]
    ),
    max_size=10,
).map(b"".join)


@pytest.fixture
def ask():
    """Serve an `answer`, fetch it, and give back what comes; within time and measure."""
    servers = []

    def serve_and_fetch(answer, **limits):
        server = Server(answer if callable(answer) else says(answer))
        servers.append(server)
        start = time.monotonic()
        tracemalloc.start()
        try:
            with override_settings(ALLOW_PRIVATE_FETCH=[server.entry]):
                return fetch(f"{server.url}/", **limits)
        finally:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak < MEMORY, f"{peak / 1e6:.1f} MB"
            assert time.monotonic() - start < limits.get("seconds", 10) + LATE

    yield serve_and_fetch
    for server in servers:
        server.close()


def drip(start, drop, pause=0.05):
    """An `answer` that sends its start, then a drop now and then, for ever."""

    def answer(connection, _):
        connection.sendall(start)
        for _ in range(400):
            connection.sendall(drop)
            time.sleep(pause)

    return answer


def flood(start, drop):
    """An `answer` that sends its start, then as much as will go through."""

    def answer(connection, _):
        connection.sendall(start)
        for _ in range(20_000):
            connection.sendall(drop)

    return answer


def bomb(megabytes):
    """Zeros by the gigabyte, in gzip, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    more = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + more * (megabytes - 1)


def test_a_gzip_bomb_is_cut_while_it_unpacks(ask):
    small = bomb(1024)
    assert len(small) < LARGEST
    with pytest.raises(TooLarge):
        ask(page(small, content_encoding="gzip"))


def test_a_bomb_within_a_bomb_is_not_unpacked(ask):
    nested = gzip.compress(bomb(1024))
    with pytest.raises(Unreachable):
        ask(page(nested, content_encoding="gzip, gzip"))
    assert len(ask(page(nested, content_encoding="gzip")).body) < LARGEST


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "compress", "gzip;q=1", "é"])
def test_a_compression_that_was_not_asked_for_is_not_read(ask, encoding):
    with pytest.raises(Unreachable):
        ask(page(b"bonjour", content_encoding=encoding))


@pytest.mark.parametrize(
    "body",
    [b"bonjour", b"\x1f\x8b", b"\x1f\x8b\x08\x00" + b"\xff" * 50, gzip.compress(b"a" * 99)[:-9]],
    ids=["plain text", "no header", "no stream", "cut short"],
)
def test_damaged_gzip_is_an_error_and_not_half_a_page(ask, body):
    with pytest.raises(Unreachable):
        ask(page(body, content_encoding="gzip"))


def test_what_stands_behind_the_compressed_page_is_not_read(ask):
    found = ask(page(gzip.compress(b"bonjour") + b"\0" * 5000, content_encoding="gzip"))
    assert found.body == b"bonjour"


def test_gzip_that_is_larger_than_what_it_holds_is_cut(ask):
    """Empty blocks unpack to nothing at all, for ever."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    empty = packer.flush(zlib.Z_FULL_FLUSH) or b"\x00\x00\x00\xff\xff"
    head = page(start, content_encoding="gzip", content_length=None)
    with pytest.raises((TooLarge, Unreachable)):
        ask(flood(head, empty * 10_000))


def test_a_declared_size_is_believed_before_anything_is_read(ask):
    with pytest.raises(TooLarge):
        ask(drip(page(b"", content_length=LARGEST + 1), b"a"))


def test_an_absurd_size_is_no_crash(ask):
    for size in ("9" * 19, "9" * 500, "-1", "1e3", "0x10", "1_0", "12, 13", ""):
        with pytest.raises(FetchError):
            ask(page(b"bonjour", content_length=size))


def test_an_endless_page_is_cut(ask):
    with pytest.raises(TooLarge):
        ask(flood(page(b"", content_length=None), b"a" * 65536))


def test_an_endless_page_in_chunks_is_cut(ask):
    head = page(b"", content_length=None, transfer_encoding="chunked")
    with pytest.raises(TooLarge):
        ask(flood(head, b"10000\r\n" + b"a" * 65536 + b"\r\n"))


def test_a_page_in_a_million_crumbs_costs_little(ask, monkeypatch):
    """One byte a chunk is fifty times the work: chunks are counted too."""
    monkeypatch.setattr("home.fetch.answer.MOST_CHUNKS", 5000)
    head = page(b"", content_length=None, transfer_encoding="chunked")
    with pytest.raises(TooLarge):
        ask(flood(head, b"1\r\na\r\n" * 10_000))


def test_a_page_in_many_small_chunks_is_read(ask):
    head = page(b"", content_length=None, transfer_encoding="chunked")
    chunks = (b"64\r\n" + b"a" * 100 + b"\r\n") * 5000
    assert len(ask(head + chunks + b"0\r\n\r\n").body) == 500_000


def test_exactly_the_measure_is_taken_and_one_byte_more_is_not(ask):
    assert len(ask(page(b"a" * 1000), largest=1000).body) == 1000
    with pytest.raises(TooLarge):
        ask(page(b"a" * 1001), largest=1000)
    with pytest.raises(TooLarge):
        ask(page(b"a" * 1001, content_length=None), largest=1000)
    packed = gzip.compress(b"a" * 1001)
    with pytest.raises(TooLarge):
        ask(page(packed, content_encoding="gzip"), largest=1000)
    assert len(ask(page(packed, content_encoding="gzip"), largest=1001).body) == 1001


def test_nobody_takes_more_than_the_usual_measure(ask):
    with pytest.raises(TooLarge):
        ask(page(b"a" * (LARGEST + 1)), largest=10 * LARGEST)


@pytest.mark.parametrize(
    "answer",
    [
        drip(b"", b"H"),
        drip(b"HTTP/1.1 200 OK\r\n", b"x"),
        drip(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(b"", b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"),
        drip(page(b"", content_length=1000), b"a"),
        drip(page(b"", content_length=None), b"a"),
        drip(page(b"", content_length=None, transfer_encoding="chunked"), b"1\r\na\r\n"),
        drip(page(b"", content_length=None, transfer_encoding="chunked"), b"0"),
        drip(page(b"", content_length=None, content_encoding="gzip") + bomb(1)[:20], b"\0"),
        drip(page(b"", content_length=None, transfer_encoding="chunked") + b"0\r\n", b"x: y\r\n"),
        lambda connection, _: time.sleep(5),
    ],
    ids=[
        "status",
        "header",
        "headers",
        "continue",
        "hints",
        "sized",
        "unsized",
        "chunks",
        "chunk size",
        "gzip",
        "trailers",
        "silence",
    ],
)
def test_a_byte_now_and_then_ends_with_the_deadline(ask, answer):
    with pytest.raises(TooSlow):
        ask(answer, seconds=SECONDS)


def test_redirects_share_one_deadline(ask):
    def answer(connection, _):
        time.sleep(SECONDS * 0.6)
        connection.sendall(redirect("/encore"))

    with pytest.raises(TooSlow):
        ask(answer, seconds=SECONDS)


def test_nobody_takes_longer_than_usual(monkeypatch, ask):
    monkeypatch.setattr("home.fetch.door.SECONDS", SECONDS)
    start = time.monotonic()
    with pytest.raises(TooSlow):
        ask(drip(b"", b"H"), seconds=SECONDS * 20)
    assert time.monotonic() - start < SECONDS + LATE


@pytest.mark.parametrize(
    "start,drop",
    [
        (b"HTTP/1.1 200 OK\r\n", b"x: " + b"y" * 60_000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nx: ", b"y" * 65536),
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n" * 10_000),
        (b"HTTP/1.1 200 ", b"O" * 65536),
        (b"", b"\r\n" * 30_000),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2000),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"0" * 65536),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;", b"a" * 65536),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n" * 9999),
    ],
)
def test_endless_headers_and_marks_are_cut(ask, start, drop):
    with pytest.raises((Unreachable, TooLarge, TooSlow)):
        ask(flood(start, drop), seconds=5)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"bonjour",
        b"<html>bonjour</html>\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\nbonjour",
        b"HTTP/1.1 99 OK\r\n\r\n",
        b"HTTP/1.1 1000 OK\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n: none\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-5\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffffff\r\nabc",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: rot13\r\n\r\nnop",
        b"\x16\x03\x01\x02\x00\x01",
        bytes(range(256)) * 200,
    ],
)
def test_what_is_no_http_is_unreachable_and_nothing_worse(ask, answer):
    with pytest.raises(Unreachable):
        ask(answer)


def test_more_than_was_declared_is_left_out(ask):
    assert ask(page(b"bonjour et le reste", content_length=7)).body == b"bonjour"


@given(st.one_of(ANSWERS, st.binary(max_size=300)), st.sampled_from(["http", "https"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_answer_is_an_answer_or_an_error_of_the_door(answer, scheme):
    """Whoever asks has one kind of exception to think of."""
    server = Server(says(answer), hasty=True)
    try:
        with override_settings(ALLOW_PRIVATE_FETCH=[server.entry]):
            fetch(f"{scheme}://{server.entry}/", seconds=1)
    except FetchError:
        pass
    finally:
        server.close()


def test_a_slow_dns_ends_with_the_deadline(monkeypatch):
    hanging = threading.Event()
    monkeypatch.setattr(names, "look_up", lambda host, port: hanging.wait(20) and [])
    start = time.monotonic()
    with pytest.raises(TooSlow):
        fetch("http://lent.example/", seconds=SECONDS)
    hanging.set()
    assert time.monotonic() - start < SECONDS + LATE


def test_slow_names_do_not_pile_up_threads(monkeypatch):
    """A look-up cannot be called back: sixteen hang at most, the others wait for their turn."""
    hanging = threading.Event()
    monkeypatch.setattr(names, "LOOKING_UP", threading.BoundedSemaphore(2))
    monkeypatch.setattr(names, "look_up", lambda host, port: hanging.wait(20) and [])
    before = threading.active_count()
    for _ in range(5):
        with pytest.raises(TooSlow):
            fetch("http://lent.example/", seconds=0.1)
    assert threading.active_count() <= before + 2
    hanging.set()
    with pytest.raises(Unreachable):
        fetch("http://lent.example/", seconds=5)


def test_a_name_with_a_thousand_dead_addresses_ends_with_the_deadline(monkeypatch):
    """Four are tried; nobody listens on any."""
    server = Server(says(page()), host="127.0.0.1")
    server.close()
    loopbacks = [f"127.3.{high}.{low}" for high in range(4) for low in range(250)]
    opened = [f"{address}:{server.port}" for address in loopbacks]
    monkeypatch.setattr(names, "look_up", lambda host, port: loopbacks)
    with (
        override_settings(ALLOW_PRIVATE_FETCH=opened),
        every_try() as tries,
        pytest.raises(Unreachable),
    ):
        fetch(f"http://mille.example:{server.port}/", seconds=5)
    assert len(tries) == 4


def test_no_connection_stays_open_whatever_came_of_it(ask):
    """Each socket is closed by the door itself, not by chance."""
    opened = []
    real = socket.create_connection

    def kept(*arguments, **named):
        opened.append(real(*arguments, **named))
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", kept)
        ask(page())
        for answer in (b"", b"x" * 200_000, drip(b"", b"H"), page(b"a", content_encoding="br")):
            with pytest.raises(FetchError):
                ask(answer, seconds=SECONDS)
        with pytest.raises(FetchError):
            ask(redirect("file:///etc/passwd"))
    assert len(opened) == 6
    assert {connection.fileno() for connection in opened} == {-1}
