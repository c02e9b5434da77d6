"""Every address of the site, by room."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("gestion/", include(wagtailadmin_urls)),
    path("annuaire/", include("directory.urls")),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]
