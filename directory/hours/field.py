"""A form field for opening hours that asks no one to know OpenStreetMap's syntax.

Seven rows, holidays, and the syntax itself for those who know it; works without JavaScript.
"""

from dataclasses import dataclass

from django import forms
from django.template.loader import get_template

from directory.hours.french import from_french, times_from_french
from directory.hours.rules import (
    ON_APPOINTMENT,
    SimpleWeek,
    compose,
    simple_week,
)
from directory.hours.syntax import APPOINTMENT, HoursError, is_valid
from directory.hours.words import DAY_NAMES, ROUND_THE_CLOCK, describe, time_of_day

UNKNOWN, BY_APPOINTMENT, REGULAR = "inconnu", "rendez-vous", "regulier"
MODES = (
    (REGULAR, "Horaires réguliers"),
    (BY_APPOINTMENT, "Sur rendez-vous"),
    (UNKNOWN, "Horaires inconnus"),
)
HOLIDAYS = (
    ("unknown", "on ne sait pas"),
    ("closed", "fermé"),
    ("", "ouvert comme d’habitude"),
)
WRITTEN_APPOINTMENT = f'"{ON_APPOINTMENT}"'
NO_DAY = "Indiquez au moins un jour d’ouverture, ou choisissez « Horaires inconnus »."


@dataclass(frozen=True, slots=True)
class HoursInput:
    """What came back from the form; `was` is the string that the form was filled from."""

    mode: str
    rows: tuple[str, ...]
    holidays: str
    written: str
    was: str


def row_text(hours: tuple | str) -> str:
    """One day as a volunteer would type it: "9h-12h30, 14h-19h"."""
    if hours == ON_APPOINTMENT:
        return ON_APPOINTMENT
    if hours == ((0, 1440),):
        return ROUND_THE_CLOCK.replace("\N{NO-BREAK SPACE}", "")
    spans = [f"{time_of_day(start)}-{time_of_day(end)}" for start, end in hours]
    return ", ".join(spans).replace("\N{NO-BREAK SPACE}", "")


def mode_of(text: str) -> str:
    """Which of the three choices a stored string stands for."""
    if not text.strip():
        return UNKNOWN
    bare = text.strip().strip('"')
    return BY_APPOINTMENT if APPOINTMENT.search(bare) and len(bare) < 25 else REGULAR


def read_rows(given: HoursInput) -> tuple[list, dict[int, str]]:
    """The seven days, and a French message for each row that can't be read."""
    days, errors = [], {}
    for number, typed in enumerate(given.rows):
        try:
            days.append(times_from_french(typed))
        except HoursError as error:
            days.append(())
            errors[number] = str(error)
    return days, errors


def assemble(given: HoursInput) -> tuple[str, dict[int | str, str]]:
    """The stored string, and messages by row number, "written" or "mode"."""
    written = given.written.strip()
    if written and written != given.was.strip():
        return _advanced(written)
    filled = any(row.strip() for row in given.rows)
    # Rows filled in while the choice was left on what it was: hours are meant.
    forgotten = filled and given.mode == mode_of(given.was) != REGULAR
    if given.mode == UNKNOWN and not forgotten:
        return "", {}
    if given.mode == BY_APPOINTMENT and not forgotten:
        kept = given.was if mode_of(given.was) == BY_APPOINTMENT else WRITTEN_APPOINTMENT
        return kept, {}
    before = simple_week(given.was)
    if written and not filled and before is None and mode_of(given.was) == REGULAR:
        return given.was, {}
    days, errors = read_rows(given)
    if errors:
        return "", errors
    if not any(days):
        return "", {"mode": NO_DAY}
    week = SimpleWeek(tuple(days), given.holidays or None)
    # Another writing of the same week isn't a change.
    return (given.was if week == before else compose(week)), {}


def _advanced(written: str) -> tuple[str, dict[int | str, str]]:
    if is_valid(written):
        return written, {}
    try:
        return from_french(written), {}
    except HoursError as error:
        return written, {"written": str(error)}


class HoursWidget(forms.Widget):
    """Draws the rows; a string that rows can't show is left to the advanced writing alone."""

    template_name = "directory/widgets/hours.html"
    use_fieldset = True

    class Media:
        css = {"all": ["directory/hours-widget.css"]}
        js = [forms.Script("directory/hours-widget.js", type="module")]

    def _render(self, template_name, context, renderer=None):
        # The template lies with the project's, where Django's default form renderer doesn't look.
        return get_template(template_name).render(context)

    def id_for_label(self, id_, index=None):
        """A group of controls: its legend labels it, no single control does."""
        return ""

    def value_from_datadict(self, data, files, name):
        """All the controls together, as typed."""
        return HoursInput(
            mode=data.get(f"{name}-mode", UNKNOWN),
            rows=tuple(data.get(f"{name}-{number}", "") for number in range(7)),
            holidays=data.get(f"{name}-holidays", ""),
            written=data.get(f"{name}-written", ""),
            was=data.get(f"{name}-was", ""),
        )

    def value_omitted_from_data(self, data, files, name):
        """The choice is always sent by a browser."""
        return f"{name}-mode" not in data and f"{name}-written" not in data

    def get_context(self, name, value, attrs):
        """Rows, choices and messages for the template."""
        context = super().get_context(name, None, attrs)
        given, errors = self._shown(value)
        too_rich = bool(given.written.strip()) and simple_week(given.written) is None
        too_rich = too_rich and mode_of(given.written) == REGULAR
        widget_id = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"] |= {
            "id": widget_id,
            "modes": [(key, label, key == given.mode) for key, label in MODES],
            "rows": [
                {
                    "number": number,
                    "label": DAY_NAMES[number].capitalize(),
                    "value": typed,
                    "error": errors.get(number, ""),
                }
                for number, typed in enumerate(given.rows)
            ],
            "holidays": [(key, label, key == given.holidays) for key, label in HOLIDAYS],
            "written": given.written,
            "written_error": errors.get("written", ""),
            "mode_error": errors.get("mode", ""),
            "was": given.was,
            "too_rich": too_rich and not any(row.strip() for row in given.rows),
            "in_words": describe(given.written) if is_valid(given.written) else "",
        }
        return context

    def _shown(self, value) -> tuple[HoursInput, dict[int | str, str]]:
        """What to draw: what was sent, or what a stored string says."""
        if isinstance(value, HoursInput):
            return value, assemble(value)[1]
        text = value or ""
        week = simple_week(text)
        rows = tuple(row_text(hours) for hours in week.days) if week else ("",) * 7
        holidays = (week.holidays or "") if week else "unknown"
        return HoursInput(mode_of(text), rows, holidays, text, text), {}


class HoursField(forms.Field):
    """Cleans to a string in OpenStreetMap's syntax ("" is unknown); messages name the day."""

    widget = HoursWidget

    def __init__(self, *, max_length=1000, required=False, **kwargs):
        """`max_length` is that of the column."""
        self.max_length = max_length
        super().__init__(required=required, **kwargs)

    def to_python(self, value):
        """The string; raises ValidationError with one message for each row."""
        if not isinstance(value, HoursInput):
            return value or ""
        text, errors = assemble(value)
        if errors:
            raise forms.ValidationError([self._message(where, errors[where]) for where in errors])
        if len(text) > self.max_length:
            raise forms.ValidationError(f"Ces horaires dépassent {self.max_length} signes.")
        return text

    def _message(self, where: int | str, message: str) -> str:
        if isinstance(where, int):
            return f"{DAY_NAMES[where].capitalize()}\N{NO-BREAK SPACE}: {message}"
        return message

    def has_changed(self, initial, data):
        """Whether the stored string would be another one."""
        if not isinstance(data, HoursInput):
            return (initial or "") != (data or "")
        text, errors = assemble(data)
        return bool(errors) or text != (initial or "")
