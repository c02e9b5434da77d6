"""Mails about accounts: how many one mailbox gets, and the box they go into."""

import logging

from home import mailing
from home.limits import mailbox, too_often

MOST_A_DAY = 20
DAY = 24 * 3600
log = logging.getLogger(__name__)


def post(recipient, subject, body):
    """Hand a mail over to the site's outgoing box, which sends it for certain.

    The answer on the page is the same when the day's share is used up: it would tell who has an
    account, and a mailbox is not flooded by whoever asks for codes in its name.
    """
    if too_often("account-mail", mailbox(recipient), MOST_A_DAY, DAY):
        log.warning("a mailbox got its %s mails of the day", MOST_A_DAY)
        return
    mailing.post(recipient, subject, body)
