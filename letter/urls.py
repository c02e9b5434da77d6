"""Addresses of the letter, below /lettre/."""

from django.urls import path

from letter.views import archive, following, stopping

app_name = "letter"

urlpatterns = [
    path("", following.follow, name="follow"),
    path("lien/", following.link_sent, name="link_sent"),
    path("confirmer/<str:token>/", following.confirm, name="confirm"),
    path("merci/", following.confirmed, name="confirmed"),
    path("choix/<str:token>/", following.choices, name="choices"),
    path("arreter/<str:token>/", stopping.stop, name="stop"),
    path("archives/", archive.archive, name="archive"),
    path("<str:day>/", archive.letter, name="letter"),
]
