"""Addresses of the map's tiles, below /carte/."""

from django.urls import path

from directory.tiles.views import tile

urlpatterns = [path("<str:z>/<str:x>/<str:y>.json", tile, name="map_tile")]
