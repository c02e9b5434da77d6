"""Addresses of the letter's feed, below /flux/; the ending says the format."""

from django.urls import re_path

from letter.views import feeds
from webmag.feed_urls import FORM

urlpatterns = [re_path(rf"^lettre{FORM}", feeds.feed, name="letter_feed")]
