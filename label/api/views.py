"""/api/v1/items."""

from django.urls import reverse

from directory.api.answers import address, answered, links, refused
from directory.api.openapi import TYPE
from home.templatetags.frame import site_settings
from label.api import parameters
from label.api.answering import answer


def items(request):
    """The collected publications that answer to the parameters, page by page."""
    question, errors = parameters.read(request.GET)
    if errors:
        return refused(errors)
    matched, found = answer(question)
    here, known = reverse("api_items"), parameters.NAMES
    following = None
    if question.start + question.limit < matched:
        following = address(here, request, known, page=question.page + 1)
    body = {
        "numberMatched": matched,
        "numberReturned": len(found),
        "next": following,
        "links": links(address(here, request, known), following, TYPE),
        "attribution": site_settings().site_name,
        "items": found,
    }
    return answered(body, TYPE)
