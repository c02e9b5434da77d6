"""Addresses of the frame: health, robots, media."""

from django.urls import path

from home import health

urlpatterns = [
    path("sante/", health.health, name="health"),
]
