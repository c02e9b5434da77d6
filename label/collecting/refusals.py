"""Who said no is remembered as a hash: their publications are never collected again."""

from django.utils.crypto import salted_hmac

from label.models import Refusal


def hash_of(address: str) -> str:
    """The hash of an author's page or of a publication's address; nobody can read it back."""
    plain = address.strip().casefold().partition("#")[0].rstrip("/")
    return salted_hmac("label.refusal", plain, algorithm="sha256").hexdigest()


def refuse(*addresses: str) -> None:
    """Remember that nothing of these addresses is to be collected again."""
    for address in filter(None, addresses):
        Refusal.objects.get_or_create(hash=hash_of(address))


def allow(*addresses: str) -> None:
    """Forget it: it was not their author who said so."""
    Refusal.objects.filter(hash__in=[hash_of(one) for one in addresses if one]).delete()


def is_refused(*addresses: str) -> bool:
    """Whether any of these is of somebody who said no."""
    return Refusal.objects.of(*(hash_of(one) for one in addresses if one))
