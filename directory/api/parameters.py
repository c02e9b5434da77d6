"""What a question to the API asks for; each impossible value is named."""

import re
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.models import Commune, Listing
from directory.places.geocoding import Place
from directory.search.criteria import Criteria
from directory.search.form import DEFAULT_RADIUS_KM
from directory.tree import category_tree

MOST, USUAL = 500, 50
LAST_PAGE = 10_000
LONGEST_WORDS, LONGEST_NAME = 200, 60
RADIUS_KM = (0.1, 500)
# Hours are known by rules, not by calendars: far from today they mean nothing.
YEARS = (2000, 2099)
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"\d{1,9}", re.ASCII)
INSEE = r"[0-9][0-9AB][0-9]{3}"
SLUG = r"[-a-zA-Z0-9_]+"
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
# "+" means a space in an address: "10:00 01:00" was meant to be "10:00+01:00".
LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)")
YES, NO = ("1", "true"), ("0", "false")
YES_OR_NO = (*YES, *NO)
BOUNDS = (180, 90, 180, 90)


def number(text, what):
    """Read a plain decimal number; Python's own reading takes NaN, "1_000" and "٣" as well."""
    if not NUMBER.fullmatch(text.strip()):
        raise ValidationError(what)
    return float(text)


class NumberField(forms.CharField):
    """A number between two others, both included."""

    def __init__(self, least, most, **kwargs):
        self.least, self.most = least, most
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        """Raises `ValidationError` for anything else."""
        text = super().clean(value)
        message = f"Un nombre de {self.least:g} à {self.most:g}."
        if not text:
            return None
        found = number(text, message)
        if not self.least <= found <= self.most:
            raise ValidationError(message)
        return found


class WholeField(NumberField):
    """A whole number between two others, both included."""

    def clean(self, value):
        """Raises `ValidationError` for anything else."""
        if value and not WHOLE.fullmatch(value.strip()):
            raise ValidationError(f"Un nombre entier de {self.least} à {self.most}.")
        found = super().clean(value)
        return None if found is None else int(found)


class DegreesField(forms.CharField):
    """Degrees separated by commas: `bounds` has the largest of each, both ways."""

    def __init__(self, bounds, message):
        self.bounds, self.message = bounds, message
        super().__init__(required=False, max_length=200)

    def clean(self, value):
        """Raises `ValidationError` for anything that is not that many degrees on the Earth."""
        text = super().clean(value)
        if not text:
            return None
        parts = [number(part, self.message) for part in text.split(",")]
        fits = len(parts) == len(self.bounds) and all(
            abs(part) <= bound for part, bound in zip(parts, self.bounds, strict=True)
        )
        if not fits or (len(parts) == 4 and (parts[0] > parts[2] or parts[1] > parts[3])):
            raise ValidationError(self.message)
        return tuple(parts)


class MomentField(forms.CharField):
    """A moment in ISO 8601; without an offset it is the site's own time."""

    def clean(self, value):
        """Raises `ValidationError` for what is no moment of this century."""
        text = LOST_PLUS.sub("+", super().clean(value))
        if not text:
            return None
        message = "Un moment ISO 8601, de 2000 à 2099 : 2026-11-22T10:30+01:00."
        if not MOMENT.fullmatch(text):
            raise ValidationError(message)
        try:
            moment = datetime.fromisoformat(text.replace("z", "Z"))
        except ValueError:
            raise ValidationError(message) from None
        if not YEARS[0] <= moment.year <= YEARS[1]:
            raise ValidationError(message)
        return moment if moment.tzinfo else timezone.make_aware(moment)


class Parameters(forms.Form):
    """The parameters of `/api/v1/listings`; names are fixed by the design's contract."""

    q = forms.CharField(max_length=LONGEST_WORDS, required=False)
    near = DegreesField((90, 180), "Deux nombres, « latitude,longitude » : 48.64,1.83.")
    radius_km = NumberField(*RADIUS_KM)
    bbox = DegreesField(
        BOUNDS, "Quatre nombres, « ouest,sud,est,nord » dans cet ordre : 1.6,48.4,2.1,48.8."
    )
    category = forms.RegexField(rf"^{SLUG}\Z", max_length=LONGEST_NAME, required=False)
    tag = forms.CharField(max_length=LONGEST_NAME, required=False)
    commune = forms.RegexField(rf"^{INSEE}\Z", required=False)
    kind = forms.ChoiceField(choices=Listing.Kind.choices, required=False)
    label = forms.ChoiceField(choices=[(one, one) for one in YES_OR_NO], required=False)
    open_at = MomentField(required=False, max_length=40)
    page = WholeField(1, LAST_PAGE)
    limit = WholeField(1, MOST)


NAMES = frozenset(Parameters.base_fields)
# What tells where somebody stands, or a moment: such answers are not kept.
FREE = frozenset(["near", "bbox", "open_at"])


@dataclass(frozen=True)
class Question:
    """A question that can be answered; `nowhere`: no listing can be meant."""

    criteria: Criteria
    limit: int = USUAL
    moment: datetime | None = None
    radius: float | None = None
    nowhere: bool = False

    @property
    def start(self):
        """How many listings come before this page."""
        return (self.criteria.page - 1) * self.limit

    @property
    def slice(self):
        """Which of the sorted listings stand on this page."""
        return slice(self.start, self.start + self.limit)


def read(values):
    """Return (question, {}) or (None, {parameter: what is possible}).

    A category or commune that does not exist is possible: it has no listing.
    """
    given, errors = {}, {}
    # As a form does, without one: making it would take longer than reading.
    for name, field in Parameters.base_fields.items():
        try:
            given[name] = field.clean(values.get(name))
        except ValidationError as error:
            errors[name] = " ".join(error.messages)
    if errors:
        return None, errors
    category = category_tree().by_slug.get(given["category"])
    commune = Commune.objects.filter(pk=given["commune"]).first() if given["commune"] else None
    criteria = Criteria(
        words=given["q"],
        place=Place("", *given["near"]) if given["near"] else None,
        radius=given["radius_km"] or DEFAULT_RADIUS_KM,
        box=given["bbox"],
        commune=commune,
        category=category,
        tag=given["tag"].lstrip("#").casefold(),
        kind=given["kind"],
        labelled=given["label"] in YES,
        page=given["page"] or 1,
    )
    question = Question(
        criteria,
        limit=given["limit"] or USUAL,
        moment=given["open_at"],
        radius=given["radius_km"],
        nowhere=bool((given["category"] and not category) or (given["commune"] and not commune)),
    )
    return question, {}
