"""What other sites' pages show: their addresses stay. And how to put it there."""

from django.urls import path

from label.views import embeds

app_name = "embed"

urlpatterns = [
    path("embed/mur", embeds.wall, name="mur"),
    path("embed/carte", embeds.listing_map, name="carte"),
    path("embed/fait-ici.js", embeds.script, name="script"),
    path("integrer/", embeds.configure, name="configure"),
]
