"""When mails come back: counted for each follower, who is let go of in the end."""

from datetime import timedelta

from django.utils import timezone

from letter import following
from letter.models import Bounce, Follower, Refusal

# One can be a server's mistake; two different letters are not.
MOST_HARD = 2
MOST_SOFT, SOFT_DAYS = 4, 30


def count_hard(follower_number, letter_number):
    """This mailbox does not exist, says its server; the second letter stops it for good."""
    follower = count(follower_number, letter_number, Bounce.Kind.HARD)
    if follower and follower.bounces.filter(kind=Bounce.Kind.HARD).count() >= MOST_HARD:
        following.never_again(follower, Refusal.Why.BOUNCED)


def count_soft(follower_number, letter_number):
    """It takes nothing for now; who stays so for a month is let go of, and may come back."""
    follower = count(follower_number, letter_number, Bounce.Kind.SOFT)
    if not follower:
        return
    lately = follower.bounces.filter(at__gte=timezone.now() - timedelta(days=SOFT_DAYS))
    if lately.count() >= MOST_SOFT:
        following.stop(follower.address_hash)


def complain(follower_number):
    """Somebody called the letter junk: never again, at once."""
    follower = Follower.objects.filter(pk=follower_number).first()
    if follower:
        following.never_again(follower, Refusal.Why.COMPLAINED)


def count(follower_number, letter_number, kind):
    """Keep one row for each letter, however often it comes back; the follower, if there is one."""
    follower = Follower.objects.filter(pk=follower_number).first()
    if follower:
        row, is_new = Bounce.objects.get_or_create(
            follower=follower, letter_number=letter_number, defaults={"kind": kind}
        )
        if not is_new and kind == Bounce.Kind.HARD and row.kind != kind:
            row.kind = kind
            row.save(update_fields=["kind"])
    return follower
