"""/fait-ici/: the local-production pages, and one of them."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from label.models import LocalProductionIndex, LocalProductionPage


@require_safe
def index(request):
    """All pages; also before anybody made the page above them."""
    above = LocalProductionIndex.objects.public().first()
    return (above or LocalProductionIndex(title="Fait ici")).serve(request)


@require_safe
def page(request, slug):
    """One page, with what gathers on it."""
    return get_object_or_404(LocalProductionPage.objects.public(), slug=slug).serve(request)
