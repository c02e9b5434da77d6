"""A member and a local-production page within other sites' pages, below /embed/."""

from django.urls import path

from home.oembed import frames
from label import oembed

urlpatterns = [
    path("membre/<slug:slug>", frames.card, {"make": oembed.member}, name="embedded_member"),
    path(
        "fait-ici/<slug:slug>",
        frames.card,
        {"make": oembed.production},
        name="embedded_production",
    ),
]
