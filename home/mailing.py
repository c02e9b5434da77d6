"""Sending mails: written down first, sent by the worker, tried again until a server takes them.

Whoever asks for a mail does so inside the transaction that makes it necessary; nothing is sent
there. A mail is plain text to exactly one address.
"""

import logging
import time
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.cache import caches
from django.core.mail import BadHeaderError, EmailMessage
from django.db import Error, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from home.health import heartbeat_age
from home.limits import mailbox, too_often
from home.models import OutgoingMail
from home.public_form import one_line
from home.templatetags.frame import site_settings

# Links to confirm that one mailbox gets in a day, whoever asks for them.
LINKS_A_DAY = 5
DAY = 24 * 3600
# In one round; the next one follows within a minute.
AT_ONCE = 50
TROUBLE = "mail:trouble"
WORKER_IS_LATE = 120  # seconds
log = logging.getLogger(__name__)


def write(recipient, subject, template, context):
    """Put a mail from a template of templates/email/ into the box; the worker sends it."""
    known = {"site": site_settings(), "site_url": settings.SITE_URL}
    body = render_to_string(f"email/{template}.txt", known | context)
    post(recipient, subject, body)


def post(recipient, subject, body):
    """Put a mail into the box."""
    OutgoingMail.objects.create(
        recipient=recipient, subject=one_line(subject)[:200], body=f"{body.strip()}\n"
    )
    transaction.on_commit(send_soon)


def may_get_a_link(recipient):
    """Whether this mailbox may get one more link today; counts it."""
    return not too_often("links", mailbox(recipient), LINKS_A_DAY, DAY)


def send_soon():
    """Wake the worker up; without one the mails wait for its next round."""
    try:
        send_what_waits.enqueue()
    except Error:
        log.warning("worker not asked to send mail", exc_info=True)


@task(backend="jobs")
def send_what_waits():
    """The task behind `send_soon`."""
    send_due()


def send_due():
    """Send what is due; returns how many went. One that fails holds nobody else up."""
    now = timezone.now()
    sent = 0
    for mail in OutgoingMail.objects.due(now)[:AT_ONCE]:
        if not mail.claim(now):
            continue
        try:
            send(mail)
        except (SMTPException, OSError, BadHeaderError, UnicodeError) as error:
            log.warning("mail %s not sent: %s", mail.pk, name_of(error))
            mail.failed(timezone.now())
            caches["counters"].set(TROUBLE, int(time.time()), DAY)
            continue
        mail.delete()
        caches["counters"].delete(TROUBLE)
        sent += 1
    return sent


def name_of(error):
    """An error for the log: its name and the server's codes. In its words stand addresses."""
    refused = getattr(error, "recipients", {})
    codes = [code for code, _ in refused.values()] or [getattr(error, "smtp_code", "")]
    return " ".join(map(str, filter(None, [type(error).__name__, *codes])))


def send(mail):
    """Hand one mail to the mail server; raises what the backend raises."""
    answer_to = site_settings().contact_email
    EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        reply_to=[answer_to] if answer_to else None,
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def is_late():
    """Whether mails do not get out at the moment: people who wait for one are told."""
    age = heartbeat_age()
    stuck = age is None or age > WORKER_IS_LATE
    return stuck or caches["counters"].get(TROUBLE) is not None


def forget_undeliverable():
    """Delete mails that were given up a while ago, addresses and all."""
    OutgoingMail.objects.filter(created_at__lt=timezone.now() - timedelta(days=30)).delete()
