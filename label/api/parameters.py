"""What a question about collected publications asks for; each impossible value is named."""

from dataclasses import dataclass

from django import forms

from directory.api.parameters import LAST_PAGE, LONGEST_NAME, LONGEST_WORDS, MOST, USUAL, WholeField
from home.models.tags import clean_tag


class Parameters(forms.Form):
    """The parameters of `/api/v1/items`; names are fixed by the design's contract."""

    q = forms.CharField(max_length=LONGEST_WORDS, required=False)
    tag = forms.CharField(max_length=LONGEST_NAME, required=False)
    page = WholeField(1, LAST_PAGE)
    limit = WholeField(1, MOST)


NAMES = frozenset(Parameters.base_fields)


@dataclass(frozen=True)
class Question:
    """A question that can be answered."""

    words: str = ""
    tag: str = ""
    page: int = 1
    limit: int = USUAL

    @property
    def start(self):
        """How many publications come before this page."""
        return (self.page - 1) * self.limit


def read(values):
    """Return (question, {}) or (None, {parameter: what is possible})."""
    form = Parameters(values)
    if not form.is_valid():
        return None, {name: " ".join(errors) for name, errors in form.errors.items()}
    given = form.cleaned_data
    tag = clean_tag(given["tag"])
    return Question(given["q"], tag, given["page"] or 1, given["limit"] or USUAL), {}
