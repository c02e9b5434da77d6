"""Addresses of the wall, below /mur/."""

from django.urls import path

from label.views import taking_down, wall

app_name = "wall"

urlpatterns = [
    path("", wall.show, name="wall"),
    path("ce-que-nous-prenons/", wall.how, name="how"),
    path("<int:number>/retirer/", taking_down.remove, name="remove"),
    path("retiree/", taking_down.removed, name="removed"),
]
