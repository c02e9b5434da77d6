"""/label/publications/ and /label/mots/: one post, and all that bears a hashtag."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.models.tags import clean_tag
from home.paging import asked_page
from home.pictures import picture, social_url, with_pictures
from label import gathering, page_rules, post_cards
from label.models import Post
from webmag.article_page import mail


@require_safe
def post(request, number):
    """One post."""
    found = get_object_or_404(Post.objects.public(), pk=number)
    (card,) = post_cards.make(Post.objects.filter(pk=found.pk))
    photos = with_pictures([found.photo_id], "whole", "social") if found.photo_id else {}
    photo = photos.get(found.photo_id)
    context = {
        "card": card,
        "tags": sorted(found.tags.names()),
        "picture": picture(photo, "whole") if photo else None,
        "social": social_url(photo) if photo else "",
        "mail": mail(card.by or card.words[:60], settings.SITE_URL + card.url),
    }
    return render(request, "label/post.html", context)


@require_safe
def tag(request, tag):
    """What bears a hashtag; one that stands on nothing public does not exist."""
    name = clean_tag(tag)
    if name != tag:
        raise Http404
    rules = page_rules.Rules(tags=(name,))
    totals = gathering.totals(rules)
    if not any(totals) and name != page_rules.hashtag():
        raise Http404
    context = {
        "name": name,
        "wall": gathering.wall(rules, totals.told, asked_page(request.GET)),
        "members": totals.listings,
        "directory_url": f"{reverse('directory:search')}?etiquette={name}",
    }
    return render(request, "label/tag.html", context)
