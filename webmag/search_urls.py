"""Addresses of the site's search, below /recherche/."""

from django.urls import path

from webmag.views import search

urlpatterns = [
    path("", search.search, name="site_search"),
    path("suggestions/", search.suggest, name="site_suggestions"),
]
