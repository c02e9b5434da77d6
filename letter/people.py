"""Followers who have an account: in « mes données », and gone when the account goes."""

from allauth.account.models import EmailAddress
from django.db.models.signals import pre_delete

from home.models import User
from letter import following
from letter.addresses import hash_of
from letter.audiences import Audience
from letter.models import Follower


def data_of(user):
    """What is kept of the mailbox of an account, for its archive."""
    rows = Follower.objects.of(hash_of(user.email))
    return [
        {
            "adresse": row.email,
            "suit": Audience.read(row.audience).titles,
            "rythme": row.get_rhythm_display(),
            "demandee_le": row.asked_at,
            "confirmee_le": row.confirmed_at,
            "derniere_lettre_le": row.mailed_on,
        }
        for row in rows
    ]


def account_to_go(instance, **_kwargs):
    """Whoever closes their account gets no letter any more.

    Only of a confirmed address: an account that a stranger began in somebody's name is deleted
    some day, and the letter of the mailbox's owner must not go with it.
    """
    mine = EmailAddress.objects.filter(user=instance, verified=True)
    for address in mine.values_list("email", flat=True):
        following.stop(hash_of(address))


def connect():
    """Listen."""
    pre_delete.connect(account_to_go, sender=User, dispatch_uid="letter.account_to_go")
