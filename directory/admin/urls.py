"""The administration's own pages for the directory, below /gestion/annuaire/."""

from django.urls import path

from directory.admin import communes, duplicate_views, point, request_actions, request_views

app_name = "directory_admin"

urlpatterns = [
    path("communes/", communes.propose, name="communes"),
    path("adresse/", point.find_address, name="address"),
    path("demandes/", request_views.requests, name="requests"),
    path("demandes/<int:pk>/", request_views.one_request, name="request"),
    path("demandes/<int:pk>/traiter/", request_actions.settle_request, name="settle"),
    path("doublons/", duplicate_views.duplicates, name="duplicates"),
    path("doublons/non/", duplicate_views.not_a_duplicate, name="not_duplicate"),
    path("doublons/reunir/", duplicate_views.merge, name="merge"),
]
