"""Addresses of the frame: health, robots, media."""

urlpatterns = []
