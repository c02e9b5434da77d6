"""What comes back: only what the site signed counts, and no mail is too broken to be passed."""

import io
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from letter import links
from letter.addresses import hash_of
from letter.bounces import reading
from letter.bounces.reading import Found
from letter.models import Bounce, Follower, Refusal
from tests.letter import factories

REPORT = """\
From: MAILER-DAEMON@mx.lan
To: retours+{mark}@lettre.lan
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.lan

Final-Recipient: rfc822; marie@boites.lan
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} said so

--B
Content-Type: {returned}

From: lettre@lettre.lan
Message-ID: <lettre.{inner}@lettre.lan>

--B--
"""
COMPLAINT = """\
From: fbl@mx.lan
To: abuse@lettre.lan
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B"

--B
Content-Type: text/plain

This is an email abuse report.

--B
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Some/1.0
Version: 1

--B
Content-Type: message/rfc822

From: lettre@lettre.lan
Message-ID: <lettre.{mark}@lettre.lan>
Subject: La lettre

Bonjour

--B--
"""


@pytest.fixture
def follower(db):
    """Marie, who follows."""
    return factories.follower("marie@boites.lan")


def report(follower, letter=1, status="5.1.1", action="failed", mark=None, inner="", **more):
    """A delivery report about one letter."""
    mark = links.mark(letter, follower.pk) if mark is None else mark
    fields = {"returned": "text/rfc822-headers"} | more
    text = REPORT.format(mark=mark, status=status, action=action, inner=inner, **fields)
    return text.replace("\n", "\r\n").encode()


def follows():
    """Whether Marie still does."""
    return Follower.objects.filter(email="marie@boites.lan").exists()


def test_the_second_letter_that_comes_back_stops_for_good(follower):
    assert reading.take(report(follower, 1)) is Found.HARD
    assert reading.take(report(follower, 1)) is Found.HARD
    assert follows()
    reading.take(report(follower, 2))
    assert not follows()
    assert Refusal.objects.get().address_hash == hash_of("Marie@boites.lan")


def test_a_full_mailbox_is_let_go_of_after_a_month_of_it(follower):
    for letter in range(1, 4):
        assert reading.take(report(follower, letter, "5.2.2")) is Found.SOFT
    assert follows()
    Bounce.objects.update(at=timezone.now() - timedelta(days=31))
    for letter in range(4, 7):
        reading.take(report(follower, letter, "4.4.7"))
    assert follows()
    reading.take(report(follower, 7, "4.4.7"))
    assert not follows() and not Refusal.objects.exists()


def test_a_delay_counts_for_nothing(follower):
    assert reading.take(report(follower, status="4.4.1", action="delayed")) is Found.NOTHING
    assert reading.take(report(follower, status="2.0.0", action="relayed")) is Found.NOTHING
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("status", ["5.4.4", "5.6.1", "5.3.4"])
def test_somebody_s_network_is_no_missing_mailbox(follower, status):
    assert reading.take(report(follower, status=status)) is Found.SOFT


def test_a_month_on_somebody_s_block_list_costs_no_follower(follower):
    for letter in range(1, 31):
        assert reading.take(report(follower, letter, status="5.7.1")) is Found.UNWANTED
    assert follows() and not Bounce.objects.exists()


def test_a_complaint_stops_at_once(follower):
    mark = links.mark(1, follower.pk)
    assert reading.take(COMPLAINT.format(kind="not-spam", mark=mark).encode()) is Found.NOTHING
    assert follows()
    assert reading.take(COMPLAINT.format(kind="abuse", mark=mark).encode()) is Found.COMPLAINT
    assert not follows() and Refusal.objects.get().why == Refusal.Why.COMPLAINED


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_the_mark_is_found_in_the_returned_mail_too(follower, returned):
    inner = links.mark(1, follower.pk)
    raw = report(follower, mark="rien", inner=inner, returned=returned)
    assert reading.take(raw) is Found.HARD


def test_a_forged_report_stops_nobody(follower):
    good = links.mark(1, follower.pk)
    other = links.mark(1, follower.pk + 1)
    forged = [
        f"1-{follower.pk}-{'a' * 16}",
        f"2-{follower.pk}-{good.rpartition('-')[2]}",
        f"1-{follower.pk}-{other.rpartition('-')[2]}",
        good[:-1],
        "",
    ]
    for mark in forged:
        for letter in (1, 2, 3):
            assert reading.take(report(follower, letter, mark=mark)) is Found.NOTHING
        assert reading.take(COMPLAINT.format(kind="abuse", mark=mark).encode()) is Found.NOTHING
    assert follows() and not Bounce.objects.exists()


def test_an_answer_of_a_person_is_passed(follower):
    mark = links.mark(1, follower.pk)
    raw = f"From: marie@boites.lan\r\nTo: retours+{mark}@lettre.lan\r\n\r\nJe suis absente 5.1.1"
    assert reading.take(raw.encode()) is Found.NOTHING


def nested(depth, kind="multipart/mixed"):
    """Parts in parts."""
    head = b'Content-Type: multipart/report; report-type=delivery-status; boundary="b0"\r\n\r\n'
    return head + b"".join(
        f'--b{n}\r\nContent-Type: {kind}; boundary="b{n + 1}"\r\n\r\n'.encode()
        for n in range(depth)
    )


FROM_A_SERVER = b"From: MAILER-DAEMON@mx.lan\r\nSubject: failure\r\n\r\n"
HOSTILE = [
    FROM_A_SERVER + b"\r\n" * 90_000,
    FROM_A_SERVER + b"- " * 90_000,
    FROM_A_SERVER + b"user " * 40_000,
    FROM_A_SERVER + b"original message " * 20_000,
    FROM_A_SERVER.replace(b"Subject", b"Content-Type: text/html\r\nSubject") + b"<" * 90_000,
    b"",
    b"\x00" * 5000,
    b"\xff\xfe" * 90_000,
    b"a" * 3_000_000,
    b"X: y\r\n" * 40_000,
    b"To: " + b"1-1-" * 60_000,
    b"To: " + b"<" * 200_000,
    b"Content-Type: " + b"multipart/" * 20_000,
    b'Content-Type: multipart/report; report-type="delivery-status\r\n\r\n--\r\n--\r\n',
    b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno boundary",
    b"Content-Type: multipart/report; report-type*=bogus''%ff%fe; boundary=B\r\n\r\n--B\r\n",
    b'Content-Type: multipart/report; report-type*0="delivery-"; report-type*1=status;boundary=B'
    b"\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n\xff\r\n\r\n--B--",
    nested(50),
    nested(59, "message/rfc822"),
    nested(5000),
    nested(3000, "message/rfc822"),
    b"Content-Type: message/rfc822\r\n\r\n" * 4000,
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n"
    + b"--B\r\nContent-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n\r\n" * 3000,
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n--B\r\n"
    b"Content-Type: message/delivery-status\r\n\r\n"
    + b"Status: 5.1.1\r\nAction: failed\r\n\r\n"
    * 9000,
    "Content-Type: text/plain; charset=klingon\r\nSubject: =?klingon?Q?=FF?=\r\n\r\né".encode(
        "latin-1"
    ),
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_no_mail_is_too_broken_to_be_passed(follower, raw):
    begun = time.process_time()
    assert reading.take(raw) is Found.NOTHING
    assert time.process_time() - begun < 5
    assert follows()


@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw):
    assert reading.read(raw).found in Found


@given(st.data())
def test_a_report_with_anything_put_into_it_is_read(data):
    text = REPORT.format(
        mark="1-1-x", action="failed", status="5.1.1", inner="", returned="message/rfc822"
    ).encode()
    place = data.draw(st.integers(0, len(text)))
    put = data.draw(st.binary(max_size=40))
    assert reading.read(text[:place] + put + text[place:]).about is None


@given(st.integers(1, 10**12 - 1), st.integers(1, 10**12 - 1))
def test_a_mark_is_read_as_it_was_written_whatever_its_case(letter, follower):
    mark = links.mark(letter, follower)
    assert links.marks_in(f"<lettre.{mark}@x>".upper()) == (letter, follower)
    assert len(f"retours+{mark}") <= 64


def test_the_command_reads_a_file_a_maildir_and_what_is_piped(follower, tmp_path, monkeypatch):
    def said(*arguments):
        told = io.StringIO()
        call_command("read_bounces", *arguments, stdout=told)
        return told.getvalue()

    (tmp_path / "new").mkdir()
    (tmp_path / "cur").mkdir()
    (tmp_path / "new" / "1").write_bytes(report(follower, 1))
    (tmp_path / "cur" / "2").write_bytes(b"rien")
    assert "read=1 hard=1" in said(str(tmp_path / "new" / "1"))
    assert "read=2 hard=1 soft=0 complaint=0 nothing=1" in said(str(tmp_path), "--delete")
    assert not list(tmp_path.glob("*/*"))
    stdin = io.TextIOWrapper(io.BytesIO(report(follower, 2)))
    monkeypatch.setattr("sys.stdin", stdin)
    assert "hard=1" in said("-")
    assert not follows()
    with pytest.raises(CommandError):
        said(str(tmp_path / "rien"))


@pytest.mark.django_db
def test_a_mailbox_let_go_of_may_ask_again_once_the_operator_says_so():
    Refusal.objects.create(address_hash=hash_of("marie@boites.lan"), why="retours")
    told = io.StringIO()
    call_command("allow_letter", "Marie@boites.lan", stdout=told)
    assert "forgotten=1" in told.getvalue() and not Refusal.objects.exists()
