"""An issue to take along: as an e-book, as a booklet to print."""

from django.http import FileResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from home.page_cache import FOR_EVERYBODY
from home.versions import remembered_by
from webmag.models import Issue
from webmag.taking import booklet as booklets
from webmag.taking import books, epub
from webmag.views.magazines import found


@require_safe
def book(request, magazine, slug):
    """The issue as an EPUB; asked for again, what the browser has is still right or it is not."""
    issue = found(Issue.objects.at(magazine, slug))
    made = None

    def known():
        nonlocal made
        made = epub.book_of(issue)
        return made.fingerprint, epub.file_name(made)

    fingerprint, name = remembered_by(issue.pk, "books", known)
    etag = quote_etag(fingerprint)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        made = made or epub.book_of(issue)
        file = books.opened(issue, made)
        response = FileResponse(file, as_attachment=True, filename=name, content_type=epub.TYPE)
    response.headers["Cache-Control"] = FOR_EVERYBODY
    response.headers["ETag"] = etag
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def booklet(request, magazine, slug):
    """The whole issue on one page that is meant for paper."""
    issue = found(Issue.objects.at(magazine, slug))
    return render(request, "webmag/booklet.html", {"booklet": booklets.build(issue)})
