"""The administration's own pages for magazines, below /gestion/magazines/."""

from django.urls import path

from webmag.desk import profile, views

app_name = "webmag_admin"

urlpatterns = [
    path("equipes/", views.applications, name="applications"),
    path("demandes/<int:pk>/", views.decide, name="decide"),
    path("equipes/<int:pk>/", views.change_role, name="change_role"),
    path("moi/", profile.profile, name="profile"),
]
