"""/media/: photos in the sizes that pages show, for sites without a web server in front.

Originals are not public: even stripped of their place of taking they are larger than anybody
asked to publish. Staff sees them, and portraits of colleagues, in the administration. Documents
go through Wagtail's own view, as attachments. With a bucket (home/bucket.py) it is the same: nobody
but the site needs to be let into it.
"""

import logging
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

# Their names carry a hash of what was done to the photo: a changed photo has another name.
FOREVER = "public, max-age=31536000, immutable"
# Written out, because Python 3.11 knows neither AVIF nor WebP.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# Whatever a file turns out to hold, nothing in it runs.
INERT = "default-src 'none'; sandbox; frame-ancestors 'none'"
RETRY_SECONDS = 60

log = logging.getLogger(__name__)


@require_safe
def rendition(_request, name):
    """A photo in one of the sizes that pages use."""
    response = picture(f"images/{name}")
    if response.status_code == 200:
        response["Cache-Control"] = FOREVER
    return response


@require_safe
def for_staff(request, folder, name):
    """An original or a portrait, for those who may enter the administration."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    response = picture(f"{folder}/{name}")
    response["Cache-Control"] = "private, no-store"
    return response


def picture(name):
    """The file, with a type that follows from its name; raises `Http404`.

    503 while the bucket does not answer: a photo that is there must not be remembered as missing.
    """
    kind = TYPES.get(PurePosixPath(name).suffix.lower())
    if not kind:
        raise Http404
    try:
        file = default_storage.open(name)
    except ConnectionError:
        log.exception("no answer for %s", name)
        waiting = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return HttpResponse(status=503, headers=waiting)
    except (OSError, ValueError, SuspiciousFileOperation):
        raise Http404 from None
    response = FileResponse(file, content_type=kind)
    response["Content-Security-Policy"] = INERT
    return response
