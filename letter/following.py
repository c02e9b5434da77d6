"""Asking for the letter, confirming, choosing anew, stopping: what it does to the rows."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from home import mailing
from letter import links
from letter.addresses import hash_of
from letter.models import Delivery, Follower, Letter, Refusal

# Who got which letter is kept as long after it is finished.
KEPT_DAYS = 30


def ask(email, audience, rhythm):
    """Somebody, perhaps not the owner, asks for the letter in the name of a mailbox.

    The mailbox gets a link, whoever it is and whether it follows already; one that must not be
    written to any more gets nothing. Nothing is returned: the answer is the same for all.
    """
    box = hash_of(email)
    if Refusal.objects.filter(address_hash=box).exists() or not mailing.may_get_a_link(email):
        return
    wanted = {
        "wanted_audience": audience.key,
        "wanted_rhythm": rhythm,
        "nonce": secrets.token_hex(16),
        "asked_at": timezone.now(),
    }
    with transaction.atomic():
        follower = kept(email, box, wanted)
        context = {"link": links.confirm_link(follower), "follows": bool(follower.confirmed_at)}
        mailing.write(follower.email, "Un lien à ouvrir pour la lettre", "letter/confirm", context)


def kept(email, box, wanted):
    """The follower of this mailbox with what it asks for now; made where there is none."""
    try:
        with transaction.atomic():
            follower, _ = Follower.objects.update_or_create(
                address_hash=box, defaults=wanted, create_defaults={"email": email, **wanted}
            )
    except IntegrityError:
        # Another request made it in the meantime.
        follower = Follower.objects.get(address_hash=box)
        Follower.objects.filter(pk=follower.pk).update(**wanted)
        follower.refresh_from_db()
    return follower


@transaction.atomic
def confirm(follower):
    """The owner of the mailbox says yes: what was asked for counts; False if it was just used."""
    now = timezone.now()
    mine = Follower.objects.select_for_update().filter(pk=follower.pk, nonce=follower.nonce)
    kept_one = mine.exclude(nonce="").first()
    if not kept_one:
        return False
    values = {
        "audience": kept_one.wanted_audience,
        "rhythm": kept_one.wanted_rhythm,
        "wanted_audience": "",
        "wanted_rhythm": "",
        "nonce": "",
    }
    if not kept_one.confirmed_at:
        # What was told before one came is not told again.
        newest = Letter.objects.closed().order_by().aggregate(newest=Max("pk"))["newest"]
        values |= {
            "confirmed_at": now,
            "confirmed_on": timezone.localdate(now),
            "told_until": newest or 0,
        }
    mine.update(**values)
    return True


def choose(follower, audience, rhythm):
    """New choices of somebody who came by the link in a letter."""
    Follower.objects.filter(pk=follower.pk).update(audience=audience.key, rhythm=rhythm)


@transaction.atomic
def stop(address_hash):
    """Nothing is sent to this mailbox any more, from now on; its address is forgotten.

    Also a letter that is going out in batches: its deliveries go with the row. To be called as
    often as one likes.
    """
    Follower.objects.of(address_hash).delete()


@transaction.atomic
def never_again(follower, why):
    """Stop, and keep a keyed hash so that nothing is ever sent there again."""
    Refusal.objects.get_or_create(address_hash=follower.address_hash, defaults={"why": why})
    stop(follower.address_hash)


def forget_old(now):
    """What the day's round deletes: who never confirmed, and who got which letter weeks ago."""
    Follower.objects.forget_unconfirmed(now)
    long_ago = now - timedelta(days=KEPT_DAYS)
    finished = Letter.objects.filter(finished_at__lt=long_ago)
    Delivery.objects.filter(letter__in=finished).delete()
