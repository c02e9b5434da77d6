"""Pages of the letter in the administration, below /gestion/lettre/."""

from django.urls import path

from letter.admin import views

app_name = "letter_admin"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("apercu/", views.preview, name="preview"),
    path("agir/", views.act, name="act"),
]
