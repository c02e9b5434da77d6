"""The site's addresses, and a constant view."""

from django.http import HttpResponse
from django.urls import path

from config.urls import urlpatterns as site_urlpatterns

BODY = b"<!doctype html><title>Constante</title>" + b"<p>Rien de plus.</p>" * 100


def constant(_request):
    """The least that Django can do; not to be kept by the page cache."""
    response = HttpResponse(BODY)
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("constante/", constant), *site_urlpatterns]
