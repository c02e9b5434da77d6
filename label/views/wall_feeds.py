"""/flux/mur…: the wall for feed readers, whole, by hashtag, by producer."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Listing
from home.models.tags import clean_tag
from label import gathering, wall
from label.hashtags import one_form
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
    rules = wall.rules(tag)
    if one_form(clean_tag(tag)) != tag or not gathering.rows(gathering.lines, rules, slice(1)):
        raise Http404
    page = f"{reverse('wall:wall')}?{urlencode({'etiquette': tag})}"
    return answer(request, rules, Channel(f"#{tag}", page), form)


@require_safe
def producer(request, slug, form):
    """What one listing's people tell."""
    listing = get_object_or_404(Listing.objects.public(), slug=slug)
    rules = wall.rules(listing=listing.pk)
    return answer(request, rules, Channel(listing.name, listing.get_absolute_url()), form)
