"""Addresses of the local-production pages, below /fait-ici/."""

from django.urls import path

from label.views import production

app_name = "production"

urlpatterns = [
    path("", production.index, name="index"),
    path("<slug:slug>/", production.page, name="page"),
]
