"""/api/v1/items."""

from django.urls import reverse

from directory.api.answers import answered, page_of, refused
from directory.api.openapi import TYPE
from label.api import parameters
from label.api.answering import answer


def items(request):
    """The collected publications that answer to the parameters, page by page."""
    question, errors = parameters.read(request.GET)
    if errors:
        return refused(errors)
    matched, found = answer(question)
    here, known = reverse("api_items"), parameters.NAMES
    page = page_of(request, here, known, question, matched, found, TYPE)
    return answered(page | {"items": found}, TYPE)
