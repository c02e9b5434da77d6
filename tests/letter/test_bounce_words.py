"""What servers say of a mailbox, as the large ones of the country do, with or without a code."""

import pytest

from letter import links
from letter.bounces import reading
from letter.bounces.reading import Found
from letter.bounces.words import Meaning, meaning
from letter.models import Bounce
from tests.letter import factories

GONE = [
    "550-5.1.1 The email account that you tried to reach does not exist.",
    "550 5.2.1 The email account that you tried to reach is disabled.",
    "550 5.1.1 <a@orange.fr> Adresse d au moins un destinataire invalide. OFR_416",
    "550 5.1.1 <a@free.fr>: Recipient address rejected: User unknown in virtual mailbox table",
    "550 5.2.1 This mailbox has been blocked due to inactivity (UserSearch)",
    "554 delivery error: dd This user doesn't have a yahoo.fr account (a@yahoo.fr) [0]",
    "552 1 Requested mail action aborted, mailbox not found",
    "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "550 Unrouteable address",
    "Sorry, no mailbox here by that name. (#5.1.1)",
    "550 5.1.1 unknown or illegal user: a@boites.lan",
    "550 L'utilisateur a@boites.lan est inconnu",
    "Host or domain name not found. Name service error for name=boites.lan type=A: Host not found",
]
PASSING = [
    "552-5.2.2 The email account that you tried to reach is over quota.",
    "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException",
    "552 5.2.2 <a@orange.fr> Boite du destinataire pleine. Recipient overquota. OFR_417",
    "550 User's mailbox is full, account does not exist for now",
    "550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents",
    "552 5.3.4 Message size exceeds fixed limit",
    "450 4.1.1 <a@boites.lan>: Recipient address rejected: User unknown",
    "450 4.2.0 Greylisted, see http://postgrey.lan",
    "Name service error for name=boites.lan: Host not found, try again",
]
UNWANTED = [
    "550 5.2.0 Mail rejete. Mail rejected. ofr_506",
    "550 5.5.0 Service refuse. Veuillez essayer plus tard. Service refused, try later. LPN007_510",
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. It is on our block list",
    "550-5.7.26 This mail is unauthenticated, which poses a security risk",
    "550 spam detected",
    "553 5.7.2 [TSS09] All messages from 192.0.2.1 will be permanently deferred",
    "421 Too many spams from your IP (192.0.2.1), please visit http://postmaster.free.fr/",
    "550 5.7.1 Relaying denied",
    "553 5.1.8 Domain of sender address does not exist",
    "553 5.1.0 lettre.lan does not exist (in reply to MAIL FROM command)",
]


@pytest.mark.parametrize("said", GONE)
def test_a_mailbox_that_does_not_exist_is_understood(said):
    assert meaning(said) is Meaning.GONE


@pytest.mark.parametrize("said", PASSING)
def test_a_full_mailbox_is_not_for_ever(said):
    assert meaning(said) is Meaning.PASSING


@pytest.mark.parametrize("said", UNWANTED)
def test_a_block_and_our_own_fault_are_nobody_else_s(said):
    assert meaning(said) is Meaning.UNWANTED


@pytest.mark.parametrize("said", ["", "550 no", "554 5.0.0 Service unavailable", "\x00" * 9000])
def test_what_says_nothing_of_the_mailbox_is_not_guessed(said):
    assert meaning(said) is Meaning.UNCLEAR


DAEMON, PERSON = "MAILER-DAEMON@mx.lan (Mail Delivery)", "Marie <marie@boites.lan>"
QMAIL = """Hi. This is the qmail-send program at mx.lan.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<marie@boites.lan>:
{said}

--- Below this line is a copy of the message.

Return-Path: <retours@lettre.lan>
Subject: La lettre

A fromager whose mailbox is full, no such user here.
"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to all of its recipients.
This is a permanent error. The following address(es) failed:

  marie@boites.lan
    {said}

------ This is a copy of the message, including all the headers. ------

Subject: no such user
"""
DELAYED = """This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its recipients after more
than 24 hours. No action is required on your part. {said}
"""
AWAY = "Je suis en congés. Unknown user? mailbox unavailable! Écrivez à mon collègue. {said}"


def plain(follower, text, said="", sender=DAEMON, subject="failure notice", more=""):
    """A mail that a program wrote, sent to where a letter came from."""
    mark = links.mark(1, follower.pk)
    head = f"From: {sender}\nTo: retours+{mark}@lettre.lan\nSubject: {subject}\n{more}\n"
    return (head + text.format(said=said)).replace("\n", "\r\n").encode()


@pytest.mark.django_db
@pytest.mark.parametrize("text", [QMAIL, EXIM])
def test_servers_that_write_no_report_are_understood(text):
    follower = factories.follower("marie@boites.lan")
    found = [
        reading.take(plain(follower, text, said))
        for said in ("550 5.2.2 Over quota", "4.4.1 connection timed out", "No such user")
    ]
    assert found == [Found.SOFT, Found.SOFT, Found.HARD]
    assert Bounce.objects.get().kind == Bounce.Kind.HARD


@pytest.mark.django_db
@pytest.mark.parametrize(
    "mail",
    [
        {"text": DELAYED},
        {"text": AWAY, "sender": PERSON, "more": "Auto-Submitted: auto-replied\n"},
        {"text": AWAY, "sender": PERSON, "more": "Return-Path: <>\n"},
        {"text": AWAY, "subject": "Réponse automatique : absente"},
        {"text": AWAY, "more": "X-Autoreply: yes\n"},
        {"text": "This account does not exist, said {said}Paul.", "sender": PERSON},
    ],
)
def test_a_delay_an_absence_and_a_person_count_for_nothing(mail):
    follower = factories.follower("marie@boites.lan")
    assert reading.take(plain(follower, **mail)) is Found.NOTHING
    assert not Bounce.objects.exists()


@pytest.mark.django_db
def test_a_forged_notice_counts_for_nobody():
    follower = factories.follower("marie@boites.lan")
    raw = plain(follower, QMAIL, "No such user")
    good = links.mark(1, follower.pk).encode()
    assert reading.take(raw.replace(good, good[:-16] + b"a" * 16)) is Found.NOTHING
    assert not Bounce.objects.exists()


REPORT = """From: postmaster@mx.lan
To: retours+{mark}@lettre.lan
Subject: Undeliverable
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

{told}

--B
Content-Type: {kind}

Reporting-MTA: dns; mx.lan

Final-Recipient: rfc822; marie@boites.lan
{fields}

--B--
"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 No such user", Found.HARD),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 blocked, spam", Found.UNWANTED),
        ("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 552 over quota", Found.SOFT),
        ("Action: failure\nStatus: 5.1.1", Found.HARD),
        ("Status: 5.1.1", Found.HARD),
        ("Action: failed\nStatus: 5.0.0", Found.SOFT),
        ("Status: 4.4.1", Found.NOTHING),
    ],
)
def test_a_report_is_read_with_what_the_server_said(fields, found):
    follower = factories.follower("marie@boites.lan")
    mark = links.mark(1, follower.pk)
    for kind in ("message/delivery-status", "message/global-delivery-status"):
        text = REPORT.format(mark=mark, kind=kind, fields=fields, told="Sorry.")
        assert reading.read(text.encode()).found is found


@pytest.mark.django_db
def test_a_complaint_of_hotmail_s_junk_button_stops_at_once():
    follower = factories.follower("marie@boites.lan")
    text = (
        "From: staff@hotmail.com\nTo: abuse@lettre.lan\nSubject: complaint about message from "
        '192.0.2.1\nContent-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: '
        "message/rfc822\n\nFrom: lettre@lettre.lan\nMessage-ID: <lettre.{mark}@lettre.lan>\n\n"
        "Bonjour\n\n--B--\n"
    )
    assert reading.take(text.format(mark="1-1-aaaaaaaaaaaaaaaa").encode()) is Found.NOTHING
    mark = links.mark(1, follower.pk)
    assert reading.take(text.format(mark=mark).encode()) is Found.COMPLAINT
