"""A new source: from an address that a person gave, or from a list of many."""

from dataclasses import dataclass, field

from django.utils import timezone

from home.fetch import FetchError, Refused
from label.collecting import addresses, refusals
from label.models import Source


class NotAdded(ValueError):
    """Why an address does not become a source, as a plain sentence."""


def ask(address: str) -> tuple[addresses.Asked, str]:
    """What to ask for an address, and a warning, or "": who does not answer today may tomorrow.

    Raises `NotAdded`. Asks the network: not inside a transaction.
    """
    try:
        return addresses.discover(address), ""
    except Refused as error:
        raise NotAdded(str(error)) from error
    except (FetchError, ValueError) as error:
        return by_shape(address), str(error)


def by_shape(address: str) -> addresses.Asked:
    """The same from the address alone; raises `NotAdded`."""
    try:
        return addresses.resolve(address)
    except ValueError as error:
        raise NotAdded(str(error)) from error


def may_be_followed(asked: addresses.Asked) -> None:
    """Raises `NotAdded` for the address of somebody who said no."""
    if refusals.is_refused(asked.url, asked.address):
        raise NotAdded("La personne ne veut pas que l’on reprenne ses publications.")


def point(source: Source, asked: addresses.Asked) -> None:
    """Let a source ask another address: what it knew of the old one is forgotten; does not save."""
    source.kind, source.url, source.address = asked.kind, asked.url, asked.address
    source.title = source.title or asked.title[:200]
    source.etag = source.last_modified = source.last_error = ""
    source.failures, source.wait_until, source.next_poll_at = 0, None, timezone.now()


def add(asked: addresses.Asked, trust=False, **fields) -> tuple[Source, bool]:
    """The source that asks so, and whether it is new; raises `NotAdded`.

    One that is there keeps what people wrote; a listing and trust are given to it as well.
    """
    may_be_followed(asked)
    given = {name: value for name, value in fields.items() if value}
    if trust:
        given |= {
            "consent": Source.Consent.GIVEN,
            "consent_on": timezone.localdate(),
            "trusted": True,
        }
    named = {"title": asked.title[:200]} | given
    source, created = Source.objects.get_or_create(
        url=asked.url,
        defaults={"kind": asked.kind, "address": asked.address, **named},
    )
    changed = [name for name, value in given.items() if getattr(source, name) != value]
    if not created and changed:
        for name in changed:
            if name not in ("title", "created_by"):
                setattr(source, name, given[name])
        source.save()
    return source, created


@dataclass
class Report:
    """What became of a list."""

    rows: int = 0
    created: int = 0
    unchanged: int = 0
    failed: int = 0
    errors: list = field(default_factory=list)

    def summary(self) -> str:
        """The last line of the command."""
        names = ("rows", "created", "unchanged", "failed")
        return " ".join(f"{name}={getattr(self, name)}" for name in names)


def add_many(outlines, trust=False, by=None) -> Report:
    """Add what an OPML file lists; asks nobody, the collector does so in its time."""
    report = Report(rows=len(outlines))
    for number, outline in enumerate(outlines, start=1):
        try:
            _, created = add(
                by_shape(outline.address), trust, title=outline.title[:200], created_by=by
            )
        except NotAdded as error:
            report.failed += 1
            report.errors.append(f"ligne {number}, {outline.title or outline.address} : {error}")
            continue
        report.created += created
        report.unchanged += not created
    return report
