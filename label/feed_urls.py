"""Addresses of the label's feeds, below /flux/; the ending says the format."""

from django.urls import re_path

from label.views import feeds
from webmag.feed_urls import FORM, SLUG

urlpatterns = [
    re_path(rf"^fait-ici/{SLUG}{FORM}", feeds.production, name="production_feed"),
]
