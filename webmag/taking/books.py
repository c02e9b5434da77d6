"""The e-book of an issue, from what is kept of it, and made ahead when the issue is published."""

import logging
from typing import IO

from django.db import Error
from django.http import Http404
from django_tasks import task

from webmag.models import Issue
from webmag.taking import epub, keeping

log = logging.getLogger(__name__)


def opened(issue: Issue, book: epub.Book) -> IO[bytes]:
    """The file of an issue's book; made if nobody has asked for it yet."""
    return keeping.opened(issue.pk, book.fingerprint, lambda file: epub.write(book, file))


def make_soon(issue: Issue) -> None:
    """Have the worker make the book: the photos of a large issue take a while the first time."""
    try:
        make.enqueue(issue.pk)
    except Error:
        log.warning("worker not asked to make a book", exc_info=True)


@task(backend="jobs")
def make(number):
    """The task behind `make_soon`; an issue that is hidden or empty by now has no book."""
    issue = Issue.objects.public().filter(pk=number).first()
    if not issue:
        return
    try:
        book = epub.book_of(issue)
    except Http404:
        return
    opened(issue, book).close()
