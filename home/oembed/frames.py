"""/embed/…: one thing of ours as a card that fills its frame, in another site's page.

What stands there is open data (home/open_data.py): no session is read, no cookie set, and there is
no form in it. It never answers with a page of the site, which must not be framed.
"""

from django.http import Http404, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import middleware, open_data
from home.oembed.things import offer

THEMES = ("auto", "clair", "sombre")
RULE = open_data.Rule(frozenset(["theme"]), most=3000)


def show(view_name, make, prefix, rest):
    """Let other sites show what a view shows: `make` as in `things.offer`.

    Its frames lie below `prefix`; `rest`, a regular expression, is what follows there.
    """
    offer(view_name, make)
    open_data.publish(prefix, RULE)
    middleware.let_frame(prefix + rest)


@require_safe
def card(request, make, **parts):
    """The card of one thing; that it is gone, where it is (404)."""
    theme = request.GET.get("theme")
    context = {"theme": theme if theme in THEMES else "auto"}
    try:
        context["thing"] = make(QueryDict(), **parts)
    except Http404:
        return render(request, "frame/embedded_gone.html", context, status=404)
    return render(request, "frame/embedded_card.html", context)
