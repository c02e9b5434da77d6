"""/magazines/: all magazines, one of them, its sections, its articles and issues."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.paging import asked_page
from webmag import lists, snapshots
from webmag.models import Article, Issue, Magazine, MagazineIndex


@require_safe
def magazines(request):
    """All magazines and the newest articles; also before anybody made the page in the tree."""
    index = MagazineIndex.objects.public().first() or MagazineIndex(title="Magazines")
    return index.serve(request)


@require_safe
def magazine(request, magazine):
    """One magazine."""
    return found(Magazine.objects.at(magazine)).serve(request)


@require_safe
def page(request, magazine, slug):
    """An article or an issue."""
    shown = Article.objects.at(magazine, slug) or Issue.objects.at(magazine, slug)
    return found(shown).serve(request)


@require_safe
def section(request, magazine, section):
    """The articles under one heading of a magazine."""
    above = found(Magazine.objects.at(magazine))
    here = get_object_or_404(above.sections.all(), slug=section)
    articles = Article.objects.public().of_magazine(above).in_section(here).newest_first()
    address = reverse("webmag:magazine", args=[above.slug])
    context = {
        "heading": here.name,
        "title": f"{here.name}, {above.title}",
        "band": snapshots.of_band(above),
        "crumbs": [("Magazines", reverse("webmag:magazines")), (above.title, address)],
        "articles": lists.page_of(articles, asked_page(request.GET)),
        "nothing": "Rien encore sous cette rubrique.",
    }
    return render(request, "webmag/list.html", context)


def found(page):
    """The page; raises `Http404` where there is none that anybody may see."""
    if page is None:
        raise Http404
    return page
