"""Addresses of Wagtail's administration that ours answer to; config/urls.py puts them first."""

from django.http import Http404
from django.urls import path
from wagtail.admin.auth import require_admin_access

from webmag.desk import words


def nothing(request):
    """Wagtail's own trial pages, one of which fails on purpose."""
    raise Http404


autocomplete = require_admin_access(words.autocomplete)

urlpatterns = [
    path("tag-autocomplete/", autocomplete),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", autocomplete),
    path("failwhale/", nothing),
    path("test404/", nothing),
]
