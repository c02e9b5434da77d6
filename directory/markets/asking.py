"""Reading which day and place somebody asks for, and writing it back into addresses."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from directory import hours
from directory.search.form import NO_PAGE, NO_POINT

BEHIND, AHEAD = timedelta(days=1), timedelta(days=400)
SATURDAY, SUNDAY = 5, 6
NO_DAY = "Cette date n’existe pas dans le calendrier."
TOO_EARLY = "Ce jour est passé."
TOO_LATE = "Ce jour est trop loin : nous ne voyons pas à plus d’un an."


class MarketsForm(forms.Form):
    """The parameters of `/marches/`; names are fixed by the design's contract."""

    jour = forms.DateField(
        label="Quel jour ?",
        required=False,
        # As the address says it, and as people write it where the browser has no calendar.
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": NO_DAY},
    )
    ou = forms.CharField(label="Où ?", max_length=200, required=False)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False, error_messages=NO_POINT)
    lng = forms.FloatField(min_value=-180, max_value=180, required=False, error_messages=NO_POINT)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False, error_messages=NO_PAGE)

    def __init__(self, data, today):
        """`today` is the site's day, from which on days are known."""
        super().__init__(data)
        self.today = today

    def clean_jour(self):
        """Days that are over, or that nobody can know of yet, are named."""
        day = self.cleaned_data.get("jour")
        if day and day < self.today - BEHIND:
            raise ValidationError(TOO_EARLY)
        if day and day > self.today + AHEAD:
            raise ValidationError(TOO_LATE)
        return day

    @property
    def messages(self):
        """What is wrong, in sentences."""
        found = [message for errors in self.errors.values() for message in errors]
        return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Asked:
    """A day and a place, as the address says them; `today` is the site's day."""

    today: date
    day: date
    place: object = None
    where: str = ""
    page: int = 1

    @property
    def around_a_point(self):
        """Whether the place is a point of the visitor's, and not one that was named."""
        return bool(self.place) and not self.where

    def query(self, **changes):
        """The address's parameters in their one order, with changes; from the first page on."""
        changed = replace(self, **{"page": 1, **changes})
        point = []
        if changed.around_a_point:
            point = [("lat", f"{changed.place.lat:g}"), ("lng", f"{changed.place.lng:g}")]
        page = [("page", changed.page)] if changed.page > 1 else []
        where = [("ou", changed.where)] if changed.where else []
        return urlencode([("jour", changed.day.isoformat()), *where, *point, *page])

    @property
    def earliest(self):
        """The first day that can be asked for."""
        return self.today - BEHIND

    @property
    def latest(self):
        """The last day that can be asked for."""
        return self.today + AHEAD

    @property
    def day_before(self):
        """(address, "vendredi 27") of the day before, or None."""
        return self._other_day(self.day - timedelta(days=1))

    @property
    def day_after(self):
        """(address, "dimanche 29") of the day after, or None."""
        return self._other_day(self.day + timedelta(days=1))

    def _other_day(self, day):
        if not self.earliest <= day <= self.latest:
            return None
        return self.query(day=day), hours.day_name(day)

    @property
    def shortcuts(self):
        """Days that people mean: [(address, name, whether it is the one shown)], each once."""
        names = {self.today: "Aujourd’hui", self.today + timedelta(days=1): "Demain"}
        for weekday, name in ((SATURDAY, "Samedi"), (SUNDAY, "Dimanche")):
            names.setdefault(upcoming(weekday, self.today), name)
        return [(self.query(day=day), name, day == self.day) for day, name in names.items()]


def upcoming(weekday, today):
    """The next such weekday (Monday is 0), today included."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)
