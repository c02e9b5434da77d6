"""/embed/…: the wall and the map within somebody else's page; /integrer/: how to put them there.

What stands below /embed/ is open data (home/open_data.py): no session is read, no cookie set.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.places.geocoding import Place
from directory.search.criteria import Criteria
from home.middleware import POLICY, as_text
from label import embedding, gathering
from label.embed_forms import ConfigureForm


def wall(request):
    """The newest publications."""
    return shown(request, embedding.WALL, wall_of)


def listing_map(request):
    """The map."""
    return shown(request, embedding.MAP, map_of)


def shown(request, what, contents):
    """The page within the frame; what is impossible in its address is said there (400)."""
    form = embedding.EmbedForm(request.GET)
    context = {"what": what, "title": embedding.title(what), "site_page": embedding.site_page(what)}
    if not form.is_valid():
        context |= {"errors": form.errors.items()}
        return render(request, "label/embed/wrong.html", context, status=400)
    question = embedding.asked(form)
    context |= {"asked": question, "theme": question.theme, **contents(question)}
    return render(request, f"label/embed/{what}.html", context)


def wall_of(question):
    """The newest entries."""
    return {"entries": gathering.newest(question.wall_rules, question.number)}


def map_of(question):
    """Where the map looks; its pins are fetched by itself."""
    place = question.commune
    around = Place(place.name, place.lat, place.lng, place) if place else None
    return {
        "criteria": Criteria(place=around, radius=question.radius),
        "box": None if place else question.box,
        "number": question.listings.count(),
    }


def script(request):
    """What makes the frame in the page of whoever prefers two lines of script."""
    return HttpResponse(host_script(), content_type="text/javascript; charset=utf-8")


@cache
def host_script():
    """The script, under an address that never changes: others' pages name it."""
    return Path(finders.find("label/js/embed-host.js")).read_bytes()


@require_safe
def configure(request):
    """Choose, see, copy."""
    form = ConfigureForm(request.GET)
    valid = form.is_valid()
    what, height = form.what, form.height
    question = embedding.asked(form) if valid else embedding.Asked()
    context = {
        "form": form,
        "what": what,
        "height": height,
        "address": embedding.address(what, question),
        "title": embedding.title(what),
        "frame": embedding.frame(what, question, height),
        "script": embedding.script(what, question, height),
    }
    response = render(request, "label/embed/configure.html", context, status=200 if valid else 400)
    # The preview is a frame of our own.
    policy = settings.CONTENT_SECURITY_POLICY | {"frame-src": ["'self'"]}
    response[POLICY] = as_text(policy)
    return response
