"""What is on file for a listing, how much of it may be told, and whether a code there counts."""

import ipaddress
from urllib.parse import urlsplit

from django.utils import timezone

from directory.models import ContactChange, ListingManager, ListingSource
from directory.models.provenance import PROPOSED
from home.limits import mailbox
from label.claiming.rules import CONTACT_MUST_STAND
from label.models import Claim
from label.shared_hosts import is_shared

Way = Claim.Way


def host_of(website):
    """The host that an address names, "www." taken off; "" where there is none that we trust.

    Names with signs beyond ASCII are refused, since many look like others.
    """
    try:
        parts = urlsplit(website.strip())
        name = (parts.hostname or "").rstrip(".")
        plain = parts.scheme in ("http", "https") and "@" not in parts.netloc
    except ValueError:
        return ""
    if not plain or not name.isascii() or any(bit.startswith("xn--") for bit in name.split(".")):
        return ""
    return name.removeprefix("www.")


def own_site(listing):
    """The listing's website where it is a site of its own, else ""."""
    host = host_of(listing.website)
    return listing.website if host and not is_shared(host) else ""


def mail_host(listing):
    """The host at which an address counts: the very one of the website, else ""."""
    host = host_of(own_site(listing))
    if "." not in host:
        return ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return ""


def ways(listing):
    """The ways that are open now: each only where the contact on file has stood long enough."""
    found = []
    if listing.email and has_stood(listing, "email"):
        found.append(Way.CONTACT)
    if has_stood(listing, "website"):
        if mail_host(listing):
            found.append(Way.DOMAIN)
        if own_site(listing):
            found.append(Way.WEBSITE)
    return [*found, Way.VOLUNTEER]


def has_stood(listing, field, now=None):
    """Whether nobody but a moderator changed this contact lately, nor proposed the listing."""
    since = (now or timezone.now()) - CONTACT_MUST_STAND
    changed = ContactChange.objects.of(listing, field).unvouched(since)
    proposed = ListingSource.objects.filter(
        listing=listing, source=PROPOSED, retrieved_at__gte=since
    )
    return not changed.exists() and not proposed.exists()


def still_counts(code, listing):
    """Whether what a code was sent to is still what is on file, and has stood since."""
    if listing is None:
        return False
    if code.way == Way.CONTACT:
        return is_same_address(code.contact, listing.email) and has_stood(listing, "email")
    if code.way == Way.DOMAIN:
        host = mail_host(listing)
        at_host = bool(host) and code.contact.rpartition("@")[2] == host
        return at_host and has_stood(listing, "website")
    if code.way == Way.WEBSITE:
        return code.contact == own_site(listing) != "" and has_stood(listing, "website")
    return False


def is_same_address(one, other):
    """Whether two addresses are written alike, but for their case."""
    return bool(one) and one.casefold() == other.casefold()


def on_file(listing):
    """Whom a claim is told to: the contact, what it was before lately, and who manages.

    Addresses, each mailbox once; those who manage last.
    """
    now_and_before = [listing.email]
    changes = ContactChange.objects.of(listing, "email")
    now_and_before += changes.order_by("-at", "-pk").values_list("before", flat=True)
    managers = ListingManager.objects.filter(listing=listing, user__is_active=True)
    now_and_before += managers.values_list("user__email", flat=True)
    found = {}
    for address in now_and_before:
        if "@" in address:
            found.setdefault(mailbox(address), address)
    return list(found.values())


def hint(address):
    """As much of an address as one who has it recognises: « l…@ferme….example »."""
    local, _, domain = address.rpartition("@")
    name, dot, top = domain.partition(".")
    shown = name if len(name) <= 3 else f"{name[:5] if len(name) > 6 else name[:2]}…"
    return f"{local[:1]}…@{shown}{dot}{top}"
