"""Handing letters to a real mail server: at most once each, whatever it answers."""

import socket
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.utils import timezone

from letter import closing, sending
from letter.models import Bounce, Delivery, Follower, Letter, LetterSettings
from tests import factories as directory
from tests.letter import factories
from tests.letter.server import Server

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def server(settings):
    """A mail server that the site sends to."""
    server = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.LETTER_RETURN_ADDRESS = "retours@lettre.lan"
    yield server.keeper
    server.close()


@pytest.fixture
def going():
    """A letter on its way to three followers."""
    directory.listing("Ferme du Gué", summary="Du fromage")
    followers = [factories.follower() for _ in range(3)]
    return factories.letter(), followers


def states():
    """How many deliveries are in each state."""
    found = list(Delivery.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def test_each_gets_it_once_through_one_connection(server, going):
    letter, followers = going
    assert sending.send_due().sent == 3
    assert sending.send_due().sent == 0
    assert sorted(server.recipients) == sorted(one.email for one in followers)
    assert len(server.sessions) == 1
    closing.finish()
    letter.refresh_from_db()
    assert (letter.state, letter.sent, letter.uncertain) == (Letter.State.SENT, 3, 0)


def test_the_mail_has_what_mail_programs_look_for(server, going, client):
    sending.send_due()
    mail = server.message()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] and mail["Precedence"] == "bulk"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    stop = mail["List-Unsubscribe"].strip(" <>")
    for part in mail.iter_parts():
        text = part.get_content()
        assert "Ferme du Gué" in text and stop in text and "lien.invalid" not in text
        assert server.recipients[0] not in text
    assert "/lettre/choix/" in mail.get_body(("plain",)).get_content()
    sender = server.mails[0][0]
    assert sender.startswith("retours+") and sender.endswith("@lettre.lan")
    assert len(sender.partition("@")[0]) <= 64 and sender not in mail["From"]
    path = stop[stop.index("/lettre/") :]
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert not Follower.objects.filter(email=server.recipients[0]).exists()


def test_nothing_in_it_tells_who_reads(server, going):
    sending.send_due()
    html = [server.message(number).get_body(("html",)).get_content() for number in range(2)]
    pictures = [[line for line in one.split("<") if line.startswith("img")] for one in html]
    assert pictures[0] == pictures[1]
    assert "http-equiv" not in html[0] and "<script" not in html[0] and "url(" not in html[0]


def test_switching_letters_off_stops_one_that_is_going_out(server, going, settings):
    settings.LETTER_PER_MINUTE = 1
    sending.send_due()
    LetterSettings.objects.update_or_create(defaults={"is_on": False})
    settings.LETTER_PER_MINUTE = 100
    assert sending.send_due().sent == 0
    assert states() == {State.WAITING: 2, State.SENT: 1}
    LetterSettings.objects.update(is_on=True)
    assert sending.send_due().sent == 2


def test_an_address_that_no_mail_can_have_holds_nobody_up_and_is_in_no_log(server, going, caplog):
    _, followers = going
    impossible = f"jeanne@{'é' * 63}.lan"
    Follower.objects.filter(pk=followers[0].pk).update(email=impossible)
    assert sending.send_due().sent == 2
    assert states() == {State.REFUSED: 1, State.SENT: 2}
    assert "not written" in caplog.text and "jeanne" not in caplog.text


def test_not_now_is_tried_again_later(server, going):
    _, followers = going
    server.answers[followers[0].email] = "450 4.2.0 Greylisted"
    assert (sending.send_due().sent, states()) == (2, {State.WAITING: 1, State.SENT: 2})
    assert sending.send_due().sent == 0
    server.answers.clear()
    assert sending.send_due().sent == 0
    later = timezone.now() + timedelta(minutes=20)
    assert sending.send_due(later).sent == 1
    assert sorted(server.recipients) == sorted(one.email for one in followers)


def test_who_is_always_refused_for_now_is_given_up(server, going):
    _, followers = going
    server.answers = {one.email: "450 4.2.0 Not now" for one in followers[:1]}
    for number in range(1, 9):
        sending.send_due(timezone.now() + timedelta(days=3 * number))
    assert states() == {State.REFUSED: 1, State.SENT: 2}
    assert Bounce.objects.get().kind == Bounce.Kind.SOFT
    assert set(Follower.objects.values_list("told_until", flat=True)) == {Letter.objects.get().pk}


@pytest.mark.parametrize("said", ["550 5.1.1 No such user", "550 unknown", "550 5.2.1 Disabled"])
def test_a_mailbox_that_does_not_exist_counts_as_returned(server, going, said):
    _, followers = going
    server.answers[followers[0].email] = said
    assert sending.send_due().sent == 2
    assert states() == {State.REFUSED: 1, State.SENT: 2}
    assert Bounce.objects.get().follower == followers[0]


@pytest.mark.parametrize(
    "said",
    [
        "554 5.7.1 Relay access denied",
        "552 5.2.2 Mailbox full",
        "552 Mailbox full",
        "550 Blocked: spam",
        "550 5.0.0 Your IP is on our block list",
    ],
)
def test_a_refusal_of_ours_is_nobody_s_fault(server, going, said):
    _, followers = going
    server.answers[followers[0].email] = said
    sending.send_due()
    assert states() == {State.WAITING: 1, State.SENT: 2} and not Bounce.objects.exists()


def test_a_server_that_refuses_all_loses_nobody(server):
    directory.listing()
    followers = [factories.follower() for _ in range(8)]
    factories.letter()
    server.answers = {one.email: "550 5.1.1 No such user" for one in followers}
    sending.send_due()
    assert not Bounce.objects.exists() and Follower.objects.count() == 8


def test_words_that_are_refused_stop_the_batch_and_are_tried_again(server):
    directory.listing()
    followers = [factories.follower() for _ in range(8)]
    factories.letter()
    server.data_answers = {one.email: "554 5.7.1 Looks like junk" for one in followers}
    assert sending.send_due().postponed == 3
    assert states() == {State.WAITING: 8} and not Bounce.objects.exists()
    assert set(Follower.objects.values_list("mailed_on", "told_until")) == {(None, 0)}
    server.data_answers.clear()
    assert sending.send_due(timezone.now() + timedelta(hours=1)).sent == 8


def test_without_a_server_everything_waits(settings, going):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert sending.send_due().sent == 0
    assert states() == {State.WAITING: 3}


def test_no_answer_after_the_words_leaves_it_uncertain_and_it_is_not_sent_again(
    going, monkeypatch, mailoutbox
):
    letter, _ = going

    def die(mail, connection):
        connection.send_messages([mail])
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(sending, "hand_over", die)
        assert sending.send_due().sent == 0
    assert states() == {State.CLAIMED: 1, State.WAITING: 2}
    closing.finish()
    letter.refresh_from_db()
    assert letter.state == Letter.State.SENDING
    sending.send_due()
    later = timezone.now() + timedelta(minutes=11)
    sending.send_due(later)
    closing.finish(later)
    letter.refresh_from_db()
    assert (letter.state, letter.sent, letter.uncertain) == (Letter.State.SENT, 2, 1)
    recipients = [mail.to[0] for mail in mailoutbox]
    assert len(recipients) == len(set(recipients)) == 3


def test_two_workers_that_took_the_same_list_send_each_once(going, monkeypatch, mailoutbox):
    """Both have read what is due before either claims anything."""
    due = list(sending.waiting(timezone.now()))
    monkeypatch.setattr(sending, "waiting", lambda now: due)
    first, second = sending.send_due(), sending.send_due()
    assert (first.sent, second.sent, len(mailoutbox)) == (3, 0, 3)


def test_no_more_go_in_a_minute_than_allowed(settings, going, mailoutbox):
    settings.LETTER_PER_MINUTE = 2
    now = timezone.now().replace(second=1) + timedelta(minutes=1)
    sending.send_due(now)
    sent = len(mailoutbox)
    assert sent == 2
    Delivery.objects.filter(state=State.SENT).update(claimed_at=now)
    assert sending.send_due(now).sent == 0
    assert sending.send_due(now + timedelta(minutes=1)).sent == 1


def test_the_demo_s_addresses_never_leave(server):
    directory.listing()
    for email in ("a@example.org", "b@ferme.example", "c@x.test", "d@mail.example.com"):
        factories.follower(email)
    factories.follower("vrai@boites.lan")
    factories.letter()
    sending.send_due()
    assert server.recipients == ["vrai@boites.lan"]


def test_a_connection_that_the_server_closed_claims_nobody(server, going, monkeypatch):
    connection = get_connection()
    monkeypatch.setattr(sending, "get_connection", lambda **_: connection)
    one = sending.one

    def hang_up(*about):
        connection.connection.sock.shutdown(socket.SHUT_RDWR)
        one(*about)

    monkeypatch.setattr(sending, "one", hang_up)
    assert sending.send_due().sent == 0
    assert states() == {State.WAITING: 3}
