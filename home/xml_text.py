"""Texts within XML."""

import re

# What XML 1.0 cannot hold at all, not even escaped (https://www.w3.org/TR/xml/#charsets).
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text):
    """Return a text without what XML cannot hold."""
    return NOT_IN_XML.sub("", text)
