"""The verdict on a signed badge, without asking anybody: public keys and a list are enough.

Nothing here knows the site: see label/statements/signed.py and docs/badge-signe.md.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from label.statements.signed import (
    SKEW,
    Altered,
    Foreign,
    Key,
    Revocations,
    Unusable,
    moment,
    read_statement,
)

try:
    import idna
except ImportError:
    # A machine without it is told the ASCII form of a name with accents by hand.
    idna = None

USUAL_PORTS = {"http": 80, "https": 443}
MONTHS = [
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
]


class Verdict(StrEnum):
    """The answers, one word each."""

    GENUINE = "genuine"
    ALTERED = "altered"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OTHER_SITE = "other-site"
    # What it takes to answer is missing, forged or out of date.
    UNDECIDED = "undecided"


TITLES = {
    Verdict.GENUINE: "Ce badge est authentique.",
    Verdict.ALTERED: "Ce badge a été altéré : il n’est pas tel que le label l’a signé.",
    Verdict.EXPIRED: "Ce badge est arrivé à échéance.",
    Verdict.REVOKED: "Ce badge a été révoqué : le label ne le soutient plus.",
    Verdict.OTHER_SITE: "Ce badge est celui d’un autre site.",
    Verdict.UNDECIDED: "Impossible de répondre.",
}


@dataclass(frozen=True)
class Answer:
    """A verdict, why, and what the statement says where that can be believed."""

    verdict: Verdict
    why: str = ""
    said: dict = field(default_factory=dict)


def place(address: str) -> tuple[str, str]:
    """Host (with an unusual port) and path of a web address, as browsers read it.

    "www." is taken off; raises `Unusable` for what is no plain address.
    """
    trouble = Unusable(f"Cette adresse de site n’en est pas une : {printable(address[:100])}")
    address = address.strip()
    if "\\" in address or not address.isprintable():
        raise trouble
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if not host.isascii():
            if idna is None:
                raise Unusable("Écrivez le nom du site sous sa forme « xn--… ».")
            host = idna.encode(host, uts46=True).decode()
    except (ValueError, UnicodeError):
        raise trouble from None
    plain = parts.scheme in USUAL_PORTS and "@" not in parts.netloc
    if not plain or not re.fullmatch(r"[a-z0-9_.-]{1,253}", host):
        raise trouble
    unusual = port and port != USUAL_PORTS[parts.scheme]
    return host.removeprefix("www.") + (f":{port}" if unusual else ""), parts.path


def is_at_home(said: dict, address: str) -> bool:
    """Whether a statement was signed for this place: its holder's sites, or the label's own."""
    host, path = place(address)
    odd = "%" in path or "//" in path or "/." in path
    for site in (place(said["issuer"])[0], *said["sites"]):
        its_host, _, its_path = site.partition("/")
        within = not its_path or (not odd and f"{path}/".startswith(f"/{its_path}/"))
        if host == its_host and within:
            return True
    return False


def check(
    raw: bytes,
    keys: dict[str, Key],
    revocations: Revocations | None = None,
    site: str = "",
    now: datetime | None = None,
) -> Answer:
    """The verdict on a document; `site` is where it was found, `now` the moment that counts.

    In this order: another label's, altered, by a key that is no longer trusted, another site's,
    revoked, expired. Raises `Unusable` for a `site` that is no address.
    """
    now = now or datetime.now(UTC)
    try:
        said, key = read_statement(raw, keys)
    except Foreign as error:
        return Answer(Verdict.OTHER_SITE, printable(str(error)))
    except Altered as error:
        return Answer(Verdict.ALTERED, str(error))
    if key.leaked:
        return Answer(Verdict.REVOKED, "Le label a retiré la clé qui l’a signé.")
    if site and not is_at_home(said, site):
        where = ", ".join(said["sites"]) or "la seule page du label"
        why = f"Il a été signé pour {where}, pas pour {place(site)[0]}."
        return Answer(Verdict.OTHER_SITE, why, said)
    since = revocations and revocations.taken_back.get(said["id"])
    if since and since <= now + SKEW:
        return Answer(Verdict.REVOKED, f"Le label l’a repris le {day(since)}.", said)
    if moment(said["expires"]) <= now:
        return Answer(Verdict.EXPIRED, f"Il valait jusqu’au {last_day(said)} inclus.", said)
    if moment(said["issued"]) > now + SKEW:
        why = f"Il n’est signé que du {day(moment(said['issued']))} : vérifiez la date demandée."
        return Answer(Verdict.UNDECIDED, why, said)
    if revocations and revocations.next_update <= now:
        why = f"La liste des badges révoqués date du {day(revocations.issued)} : reprenez-la."
        return Answer(Verdict.UNDECIDED, why, said)
    return Answer(Verdict.GENUINE, said=said)


def day(when: datetime) -> str:
    """« 3 mai 2027 », in the time zone that the moment is written in."""
    return f"{'1er' if when.day == 1 else when.day} {MONTHS[when.month - 1]} {when.year}"


def last_day(said: dict) -> str:
    """The last day on which a statement counts, where it was signed."""
    return day(moment(said["expires"]) - timedelta(seconds=1))


def printable(text: str) -> str:
    """Without what could move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
