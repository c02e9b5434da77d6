"""/recherche/: what answers in the whole site, and what one may be typing."""

import orjson
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.paging import asked_page
from webmag import searching

LONGEST = 200


@require_safe
def search(request):
    """What answers, kind by kind; without words the question alone."""
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    page, only = asked_page(request.GET), request.GET.get("parmi", "")
    found = searching.answers(words, page, only) if words else None
    return render(request, "webmag/search.html", {"words": words, "found": found})


@require_safe
def suggest(request):
    """At most eight titles and names, as JSON."""
    typed = request.GET.get("q", "").replace("\x00", " ")[:LONGEST]
    body = orjson.dumps({"suggestions": searching.suggestions(typed)})
    return HttpResponse(body, content_type="application/json")
