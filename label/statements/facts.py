"""What a statement says of a member: public words only, and for which places it is signed."""

from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from home.templatetags.frame import site_settings
from label.models import Membership
from label.shared_hosts import is_shared
from label.statements.check import place
from label.statements.signed import STATEMENT, Unusable, moment
from webmag.feeds.content import fit

# However long somebody is a member: a statement is made anew before it is as old as this.
LONGEST = timedelta(days=400)
# Made anew when less than this is left of what it could last.
AHEAD = timedelta(days=100)
LONGEST_NAME = 200
# Names below a platform's own that are anybody's door to it, not somebody's site.
DOORS = frozenset(["m", "mobile", "fr", "fr-fr", "en", "web", "touch", "business", "app", "sites"])


def of(membership, now):
    """What may be said of a membership today; None where its badge is not genuine.

    `membership` is the one in force, with its listing and charter.
    """
    if membership.verdict(timezone.localdate(now)) != Membership.Verdict.GENUINE:
        return None
    return {
        "format": STATEMENT,
        "issuer": settings.SITE_URL,
        "code": membership.code,
        "holder": one_line(membership.name),
        "label": one_line(site_settings().label_name),
        "page": settings.SITE_URL + membership.get_absolute_url(),
        "charter": str(membership.charter.number),
        "expires": as_told(ends(membership, now)),
        "sites": sites(membership),
    }


def one_line(text):
    """A name as it can be written in a statement; « ? » for one that has no sign at all."""
    return " ".join(fit(text).split())[:LONGEST_NAME] or "?"


def ends(membership, now):
    """The end of a membership's last day, in the site's time zone, or of the longest term."""
    last = timezone.localdate(now) + LONGEST
    last = min(last, membership.until) if membership.until else last
    return midnight(last + timedelta(days=1))


def midnight(day):
    """The moment when a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def as_told(when):
    """A moment as statements write it: to the second, in the site's time zone."""
    return timezone.localtime(when).replace(microsecond=0).isoformat()


def sites(membership):
    """The places that are the member's own: a host, or a page of a platform where all have one."""
    one = membership.listing or membership
    found = place_of_website(one.website)
    return [found] if found else []


def place_of_website(website):
    """What a statement binds for a website; "" where it would bind more than one's own.

    On a platform (label/shared_hosts.txt) a page counts with its path, a name below the
    platform's by itself.
    """
    try:
        host, path = place(website) if website else ("", "")
    except Unusable:
        return ""
    name = host.partition(":")[0]
    if host == place(settings.SITE_URL)[0] or "." not in name:
        return ""
    if not is_shared(name):
        return host
    path = path.rstrip("/")
    if path:
        plain = not urlsplit(website).query and not {"%", "//", "/."} & {*pairs(path)}
        return f"{host}{path}" if plain and path.isascii() and len(path) <= 300 else ""
    first, _, above = name.partition(".")
    return host if is_shared(above) and first not in DOORS else ""


def pairs(path):
    """Each sign of a path, and each two that follow each other."""
    return [*path, *(path[start : start + 2] for start in range(len(path)))]


def still_true(said, truth):
    """Whether what was signed before may go on being believed, though more could be said now."""
    return (
        truth is not None
        and said["holder"] == truth["holder"]
        and set(said["sites"]) <= set(truth["sites"])
        and moment(said["expires"]) <= moment(truth["expires"])
    )


def fits(said, truth, now):
    """Whether what was signed is all that is to be said today, for long enough."""
    same = all(said[name] == truth[name] for name in truth if name != "expires")
    end = moment(truth["expires"])
    is_capped = end >= midnight(timezone.localdate(now) + LONGEST)
    lasts = moment(said["expires"]) > now + AHEAD if is_capped else said["expires"] == as_told(end)
    return same and lasts
