"""Addresses of the feeds, below /flux/; the ending says the format."""

from django.urls import re_path

from webmag.views import feeds

FORM = r"\.(?P<form>rss|atom)\Z"
SLUG = r"(?P<slug>[-a-zA-Z0-9_]+)"

urlpatterns = [
    re_path(rf"^articles{FORM}", feeds.site, name="webmag_feed"),
    re_path(rf"^magazine/{SLUG}{FORM}", feeds.magazine, name="webmag_feed_magazine"),
    re_path(rf"^etiquette/{SLUG}{FORM}", feeds.tag, name="webmag_feed_tag"),
    re_path(rf"^commune/{SLUG}{FORM}", feeds.commune, name="webmag_feed_commune"),
    re_path(rf"^auteur/{SLUG}{FORM}", feeds.author, name="webmag_feed_author"),
]
