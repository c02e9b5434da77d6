"""What the log says of mails that a server does not take: why, and not to whom."""

import pytest

from home import mailing
from home.models import OutgoingMail
from tests.letter.server import Server

pytestmark = pytest.mark.django_db


def test_a_mail_that_is_refused_is_logged_without_the_address(settings, caplog):
    server = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.keeper.answers = {"jeanne@boites.lan": "550 5.1.1 <jeanne@boites.lan>: no such user"}
    try:
        OutgoingMail.objects.create(recipient="jeanne@boites.lan", subject="Bonjour", body="Oui\n")
        assert mailing.send_due() == 0
    finally:
        server.close()
    (said,) = [one.getMessage() for one in caplog.records if one.name == "home.mailing"]
    assert said.endswith("not sent: SMTPRecipientsRefused 550")
