"""The coming letter, sent to the person who looks after it and to nobody else."""

import logging
from smtplib import SMTPException

from django.core.mail import get_connection
from django_tasks import task

from home.models import User
from letter import sending, writing
from letter.addresses import hash_of
from letter.audiences import SITE
from letter.models import Follower, Letter

log = logging.getLogger(__name__)


@task(backend="jobs")
def send_test(letter_number, user_number):
    """Send it as who follows the whole site gets it; it counts for nothing."""
    letter = Letter.objects.filter(pk=letter_number).first()
    user = User.objects.filter(pk=user_number, is_active=True).first()
    written = letter and user and writing.write(letter, letter.pk - 1, SITE)
    if not written:
        return
    # Not a row: somebody who only looks follows nothing by that.
    somebody = Follower(email=user.email, address_hash=hash_of(user.email))
    connection = get_connection(timeout=sending.ANSWER_SECONDS)
    mail = writing.message(written, letter, somebody, connection)
    mail.subject = f"[Essai] {mail.subject}"
    try:
        sending.hand_over(mail, connection)
    except (SMTPException, OSError) as error:
        sending.trouble("test", error)
