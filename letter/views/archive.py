"""The letters that went out, as public pages: nobody's own links, and only what is public now."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from letter import contents
from letter.audiences import SITE
from letter.models import Letter

PER_PAGE = 30


@require_safe
def archive(request):
    """All of them, the newest first; raises `Http404` for a page that is not there."""
    asked = request.GET.get("page") or "1"
    pages = Paginator(Letter.objects.archived().only("day"), PER_PAGE)
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise Http404
    if not 1 <= int(asked) <= pages.num_pages:
        raise Http404
    return render(request, "letter/archive.html", {"letters": pages.page(int(asked))})


@require_safe
def letter(request, day):
    """One of them, as who follows the whole site got it."""
    found = get_object_or_404(Letter.objects.archived(), day=day_of(day))
    sections = contents.sections(SITE, found.pk, found.pk)
    return render(request, "letter/letter.html", {"letter": found, "sections": sections})


def day_of(text):
    """The day in an address, in its one form; raises `Http404` for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != text:
        raise Http404
    return day
