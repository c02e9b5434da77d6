"""Addresses of the label's feeds, below /flux/; the ending says the format."""

from django.urls import re_path

from label.views import feeds, wall_feeds
from webmag.feed_urls import FORM, SLUG

urlpatterns = [
    re_path(rf"^fait-ici/{SLUG}{FORM}", feeds.production, name="production_feed"),
    re_path(rf"^mur{FORM}", wall_feeds.whole, name="wall_feed"),
    re_path(rf"^mur/mot/(?P<tag>[^/]{{1,60}}){FORM}", wall_feeds.tag, name="wall_feed_tag"),
    re_path(rf"^mur/producteur/{SLUG}{FORM}", wall_feeds.producer, name="wall_feed_producer"),
]
