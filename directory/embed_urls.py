"""A listing within other sites' pages, below /embed/."""

from django.urls import path

from directory import oembed
from home.oembed import frames

urlpatterns = [
    path("fiche/<slug:slug>", frames.card, {"make": oembed.listing}, name="embedded_listing"),
]
