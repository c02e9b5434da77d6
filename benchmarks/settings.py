"""The site's own settings, with one more address: the view that all others are compared with."""

from config.settings import *  # noqa: F403 -- the point of this file
from config.settings import LOGGING

ROOT_URLCONF = "benchmarks.urls"
LOGGING["root"]["level"] = "ERROR"
