"""Addresses of the API, below /api/."""

from django.urls import path, re_path

from directory.api import views

urlpatterns = [
    path("v1/openapi.json", views.description, name="api_description"),
    path("v1/listings", views.listings, name="api_listings"),
    path("v1/listings/<str:slug>", views.listing, name="api_listing"),
    re_path(r"^", views.nothing),
]
