"""How the API answers, whatever it is asked about."""

from functools import cache
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from directory.api import openapi
from home.open_data import problem
from home.templatetags.frame import site_settings

# These never change: to work them out takes as long as to read the parameters.
path_of = cache(reverse)


def answered(body, content_type):
    """JSON, as the content type says."""
    return HttpResponse(orjson.dumps(body), content_type=content_type)


def refused(errors):
    """400, with each impossible value named: `errors` is {parameter: what is possible}."""
    detail = " ".join(f"{name} : {reason}" for name, reason in errors.items())
    told = [{"parameter": name, "detail": reason} for name, reason in errors.items()]
    return problem(400, detail, errors=told)


def address(path, request=None, known=frozenset(), **changes):
    """An absolute address with the parameters that count, in order."""
    given = request.GET.dict() if request else {}
    kept = {name: value for name, value in given.items() if name in known and value}
    query = urlencode(sorted((kept | changes).items()))
    return settings.SITE_URL + path + (f"?{query}" if query else "")


def page_of(request, path, known, question, matched, found, content_type):
    """What every page of answers says: how many there are, where it is, and the next one.

    `known` are the parameters that count, `found` those of the `matched` answers that stand on it.
    """
    following = None
    if question.start + question.limit < matched:
        number = question.start // question.limit + 1
        following = address(path, request, known, page=number + 1)
    return {
        "numberMatched": matched,
        "numberReturned": len(found),
        "next": following,
        "links": links(address(path, request, known), following, content_type),
        "attribution": site_settings().site_name,
    }


def links(here, following, content_type):
    """Where this page of answers, the next one and the description are."""
    found = [
        {"rel": "self", "type": content_type, "href": here},
        {"rel": "service-desc", "type": openapi.TYPE, "href": address(path_of("api_description"))},
    ]
    if following:
        found.append({"rel": "next", "type": content_type, "href": following})
    return found
