"""/media/: photos in the sizes that pages show, for sites without a web server in front.

Originals are not public: even stripped of their place of taking they are larger than anybody
asked to publish. Staff sees them, and portraits of colleagues, in the administration. Documents
go through Wagtail's own view, as attachments. With an S3 bucket nothing comes through here.
"""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
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


@require_safe
def rendition(_request, name):
    """A photo in one of the sizes that pages use."""
    response = picture(f"images/{name}")
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
    """The file, with a type that follows from its name; raises `Http404`."""
    kind = TYPES.get(PurePosixPath(name).suffix.lower())
    if not kind:
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, ValueError, SuspiciousFileOperation):
        raise Http404 from None
    response = FileResponse(file, content_type=kind)
    response["Content-Security-Policy"] = INERT
    return response
