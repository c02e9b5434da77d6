"""Addresses of the frame: health, robots, photos."""

from django.urls import path, re_path

from home import health, media, robots, social_card

urlpatterns = [
    path("sante/", health.health, name="health"),
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("favicon.svg", robots.mark, name="mark"),
    path("apercu.png", social_card.of_site, name="site_card"),
    path("media/images/<str:name>", media.rendition, name="rendition"),
    re_path(
        r"^media/(?P<folder>original_images|avatar_images)/(?P<name>[^/]+)$",
        media.for_staff,
        name="staff_picture",
    ),
]
