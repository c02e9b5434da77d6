"""Players of sites' old ways, mostly Flash, by the page where the same film is seen today."""

from __future__ import annotations

import re

FLASH = [
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/(?:v|e)/([\w-]{11})"),
        "https://www.youtube.com/watch?v={}",
    ),
    (
        re.compile(r"https?://(?:\w+\.)?vimeo\.com/moogaloop\.swf\?(?:[^#]*&)?clip_id=(\d{1,12})"),
        "https://vimeo.com/{}",
    ),
    (
        re.compile(r"https?://(?:www\.)?dailymotion\.com/swf/(?:video/)?([A-Za-z0-9]{5,12})"),
        "https://www.dailymotion.com/video/{}",
    ),
]


def page_of(address: str) -> str:
    """Where a film is seen today; the address itself when it is no old player's."""
    for written, page in FLASH:
        if found := written.match(address):
            return page.format(found[1])
    return address
