"""A QR code that leads from a printed article or issue back to its page."""

import io

import segno
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from webmag.models import Article, Issue
from webmag.views.magazines import found


@require_safe
def qr(request, magazine, slug):
    """The code, as a drawing."""
    page = found(Article.objects.at(magazine, slug) or Issue.objects.at(magazine, slug))
    image = io.BytesIO()
    url = settings.SITE_URL + reverse("webmag:page", args=[magazine, slug])
    code = segno.make(url, error="m")
    code.save(image, kind="svg", scale=8, border=2, xmldecl=True, title=page.title)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")
