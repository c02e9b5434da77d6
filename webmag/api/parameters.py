"""What a question about articles asks for; each impossible value is named."""

from dataclasses import dataclass

from django import forms

from directory.api.parameters import (
    INSEE,
    LAST_PAGE,
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST,
    SLUG,
    USUAL,
    WholeField,
)
from home.models.tags import clean_tag

LONGEST_SLUG = 255


class Parameters(forms.Form):
    """The parameters of `/api/v1/articles`; names are fixed by the design's contract."""

    q = forms.CharField(max_length=LONGEST_WORDS, required=False)
    tag = forms.CharField(max_length=LONGEST_NAME, required=False)
    commune = forms.RegexField(rf"^{INSEE}\Z", required=False)
    magazine = forms.RegexField(rf"^{SLUG}\Z", max_length=LONGEST_SLUG, required=False)
    author = forms.RegexField(rf"^{SLUG}\Z", max_length=LONGEST_SLUG, required=False)
    page = WholeField(1, LAST_PAGE)
    limit = WholeField(1, MOST)


NAMES = frozenset(Parameters.base_fields)


@dataclass(frozen=True)
class Question:
    """A question that can be answered."""

    words: str = ""
    tag: str = ""
    commune: str = ""
    magazine: str = ""
    author: str = ""
    page: int = 1
    limit: int = USUAL

    @property
    def start(self):
        """How many articles come before this page."""
        return (self.page - 1) * self.limit


def read(values):
    """Return (question, {}) or (None, {parameter: what is possible})."""
    form = Parameters(values)
    if not form.is_valid():
        return None, {name: " ".join(errors) for name, errors in form.errors.items()}
    given = form.cleaned_data
    question = Question(
        words=given["q"],
        tag=clean_tag(given["tag"]),
        commune=given["commune"],
        magazine=given["magazine"],
        author=given["author"],
        page=given["page"] or 1,
        limit=given["limit"] or USUAL,
    )
    return question, {}
