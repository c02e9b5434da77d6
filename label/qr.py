"""QR codes as paths, to be drawn within other drawings."""

import segno
from django.conf import settings
from django.urls import reverse

QUIET = 2  # modules of white around; the standard's four are there where the ground is white


def verify_url(code: str) -> str:
    """The address that a badge's QR leads to."""
    return settings.SITE_URL + reverse("label:verify", args=[code])


def modules(text: str) -> tuple[str, int]:
    """A QR code as an SVG path of one unit per module, and how many modules it is wide.

    The quiet zone is part of the width.
    """
    rows = segno.make(text, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if length:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length or 1
    return "".join(runs), len(rows) + 2 * QUIET
