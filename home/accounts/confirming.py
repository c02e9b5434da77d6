"""Confirmed addresses: allauth keeps a row for each, and lets nobody in without one.

Whoever staff makes (a command, the demo, the administration's form) is confirmed by that; whoever
signs up opens a link. The row follows when the address changes, and goes with the person.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models.signals import post_save

from home.accounts.middleware import stamp
from home.models import User


@transaction.atomic
def confirm(user):
    """Take this person's address as theirs, and forget any other."""
    address = user.email.lower()
    EmailAddress.objects.filter(user=user).exclude(email=address).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"verified": True, "primary": True}
    )


def follow(instance, created, update_fields, raw=False, **_kwargs):
    """Keep the row in step where the address of somebody was changed by staff."""
    if created or raw or (update_fields and "email" not in update_fields):
        return
    mine = EmailAddress.objects.filter(user=instance, primary=True)
    if not mine.filter(email=instance.email.lower()).exists():
        confirm(instance)


def forget_a_strangers_password(request, email_address, **_kwargs):
    """Whoever confirms by a mailed code chose no password at sign-up: somebody else did.

    A stranger may sign up in another's name and wait. The owner of the mailbox asks for a code,
    which confirms the address; the stranger's password must not open it then.
    """
    user = email_address.user
    by_code = (
        request.resolver_match and request.resolver_match.url_name == "account_confirm_login_code"
    )
    if by_code and user.last_login is None and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])


def count_as_proof(request, user, authenticator, **_kwargs):
    """The first code of a telephone proves as much as the next one: it is not asked for again."""
    record_authentication(
        request, user, method="mfa", type=authenticator.type, reauthenticated=True
    )


def connect():
    """Listen to people who are saved, addresses that are confirmed, sessions that begin."""
    post_save.connect(follow, sender=User, dispatch_uid="home.accounts.follow")
    email_confirmed.connect(
        forget_a_strangers_password, dispatch_uid="home.accounts.strangers_password"
    )
    authenticator_added.connect(count_as_proof, dispatch_uid="home.accounts.proof")
    user_logged_in.connect(stamp, dispatch_uid="home.accounts.stamp")
