"""How far a market day has come: it will begin, is on, or is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from directory.hours import HoursOfDay, time_of_day
from directory.hours.state import Piece

COMING, ON, OVER = "coming", "open", "over"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a day stands at a moment: "coming", "open" or "over", and a French sentence."""

    state: str
    said: str


def progress(hours: HoursOfDay, now: datetime) -> Progress:
    """Say of a day that is held whether it goes on at `now` (aware)."""
    clock = timezone.localtime(now).replace(tzinfo=None)
    left = [piece for piece in hours.pieces if piece.end > clock]
    if not left:
        return Progress(OVER, "Terminé")
    first = left[0]
    if first.start <= clock:
        if hours.open_end and ends_at_midnight(first):
            return Progress(ON, "En cours")
        return Progress(ON, f"En cours, jusqu’à {_clock(first.end)}")
    again = "Reprend" if len(left) < len(hours.pieces) else "Commence"
    return Progress(COMING, f"{again} à {_clock(first.start)}")


def ends_at_midnight(piece: Piece) -> bool:
    """Whether a stretch ends with its day."""
    return piece.end.date() > piece.day and not (piece.end.hour or piece.end.minute)


def running_late(pieces: Sequence[Piece], now: datetime) -> tuple[Piece, ...]:
    """The stretches of the evening before that are not over at `now` (aware)."""
    clock = timezone.localtime(now).replace(tzinfo=None)
    return tuple(p for p in pieces if p.end > clock and p.day < clock.date())


def _clock(moment: datetime) -> str:
    minutes = moment.hour * 60 + moment.minute
    return "minuit" if minutes == 0 else time_of_day(minutes)
