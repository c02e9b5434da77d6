"""/api/v1/: the directory's listings, one listing, and the description of both."""

import re

from django.shortcuts import redirect
from django.urls import reverse

from directory.api import features, openapi, parameters
from directory.api.answers import answered, page_of, path_of, refused
from directory.api.finding import answer
from directory.models import FormerSlug, Tombstone
from home.open_data import problem
from home.templatetags.frame import site_settings

GEOJSON = "application/geo+json"


def listings(request):
    """The listings that answer to the parameters, page by page."""
    question, errors = parameters.read(request.GET)
    if errors:
        return refused(errors)
    found = answer(question)
    here, known = path_of("api_listings"), parameters.NAMES
    body = {
        "type": "FeatureCollection",
        **page_of(request, here, known, question, found.matched, found.features, GEOJSON),
        "licence": site_settings().data_licence,
        "features": found.features,
    }
    if found.unknown is not None:
        body["numberUnknown"] = found.unknown
    return answered(body, GEOJSON)


def listing(request, slug):
    """One listing; a former address redirects, a removed listing answers 410."""
    if not re.fullmatch(parameters.SLUG, slug):
        return problem(404, "Cette fiche n’existe pas.")
    found = features.one(slug)
    if found:
        return answered(found | {"licence": site_settings().data_licence}, GEOJSON)
    former = FormerSlug.objects.select_related("listing").filter(slug=slug).first()
    if former and former.listing.live:
        return redirect("api_listing", former.listing.slug, permanent=True)
    if Tombstone.objects.filter(slug=slug).exists():
        return problem(410, "Cette fiche a été retirée.")
    return problem(404, "Cette fiche n’existe pas.")


def description(request):
    """The OpenAPI document."""
    return answered(openapi.document(), openapi.TYPE)


def nothing(request):
    """Any other address below /api/."""
    return problem(404, f"Rien à cette adresse. Tout est décrit dans {reverse('api_description')}.")
