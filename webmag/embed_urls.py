"""An article or an issue within other sites' pages, below /embed/."""

from django.urls import path

from home.oembed import frames
from webmag import oembed

urlpatterns = [
    path(
        "article/<str:magazine>/<str:slug>",
        frames.card,
        {"make": oembed.page},
        name="embedded_article",
    ),
]
