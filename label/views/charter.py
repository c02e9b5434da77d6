"""/label/charte/…: what members promise, now and in earlier versions."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from label.models import Charter


def current(request):
    """The version to sign now; `Http404` before the first one."""
    newest = Charter.objects.current()
    if not newest:
        raise Http404
    return show(request, newest, newest)


def version(request, number):
    """One version; an older one says so."""
    found = get_object_or_404(Charter.objects.published(), number=number)
    return show(request, found, Charter.objects.current())


def show(request, charter, newest):
    """The page that both share."""
    versions = list(Charter.objects.published().defer("text"))
    context = {"charter": charter, "newest": newest, "versions": versions}
    return render(request, "label/charter.html", context)
