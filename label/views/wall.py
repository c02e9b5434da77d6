"""/mur/: what was told lately, here and elsewhere; and how an author takes theirs away."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.paging import asked_page
from label import gathering, wall


@require_safe
def show(request):
    """The newest first, page by page; narrowed by a hashtag."""
    tag = wall.asked_tag(request.GET)
    context = {
        "wall": gathering.wall(wall.rules(tag), asked_page(request.GET)),
        "tag": tag,
        "choices": wall.choices(tag),
        "query": urlencode({"etiquette": tag}) if tag else "",
    }
    return render(request, "label/wall.html", context)


@require_safe
def how(request):
    """What is collected, from whom, and how to say no."""
    return render(request, "label/collected.html", {"hashtags": wall.hashtags()})
