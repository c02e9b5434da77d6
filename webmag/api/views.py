"""/api/v1/articles."""

from django.urls import reverse

from directory.api.answers import answered, page_of, refused
from directory.api.openapi import TYPE
from webmag.api import items, parameters


def articles(request):
    """The articles that answer to the parameters, page by page."""
    question, errors = parameters.read(request.GET)
    if errors:
        return refused(errors)
    matched, found = items.answer(question)
    here, known = reverse("api_articles"), parameters.NAMES
    page = page_of(request, here, known, question, matched, found, TYPE)
    return answered(page | {"items": found}, TYPE)
