"""The administration's own pages for magazines, below /gestion/magazines/."""

from django.urls import path

from webmag.desk import imports, profile, views

app_name = "webmag_admin"

urlpatterns = [
    path("equipes/", views.applications, name="applications"),
    path("demandes/<int:pk>/", views.decide, name="decide"),
    path("equipes/<int:pk>/", views.change_role, name="change_role"),
    path("moi/", profile.profile, name="profile"),
    path("reprises/", imports.imports, name="imports"),
    path("reprises/<int:pk>/", imports.one, name="import"),
    path("reprises/<int:pk>/lancer/", imports.start, name="import_start"),
    path("reprises/<int:pk>/arreter/", imports.stop, name="import_stop"),
    path("reprises/<int:pk>/oublier/", imports.forget, name="import_forget"),
    path("reprises/<int:pk>/redirections/<slug:form>/", imports.listed, name="import_redirects"),
]
