"""/flux/mur…: the wall for feed readers, whole, by hashtag, by producer."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Listing
from home.models.tags import clean_tag
from label import gathering, wall
from label.views.feeds import answer
from webmag.feeds.writing import Channel


@require_safe
def whole(request, form):
    """All of it."""
    channel = Channel("Le mur", reverse("wall:wall"), "Ce qui se dit et se fait ici.")
    return answer(request, wall.rules(), channel, form)


@require_safe
def tag(request, tag, form):
    """What bears a hashtag; one that stands on nothing public does not exist."""
    name = clean_tag(tag)
    rules = wall.rules(name)
    if not name or name != tag or not gathering.lines(rules)[:1]:
        raise Http404
    page = f"{reverse('wall:wall')}?etiquette={name}"
    return answer(request, rules, Channel(f"#{name}", page), form)


@require_safe
def producer(request, slug, form):
    """What one listing's people tell."""
    listing = get_object_or_404(Listing.objects.public(), slug=slug)
    rules = wall.rules(listing=listing.pk)
    return answer(request, rules, Channel(listing.name, listing.get_absolute_url()), form)
