"""Collected publications as items of the API: only what anybody may see, and its beginning."""

from collections import defaultdict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from home.models import Tag
from home.search import find
from label.item_cards import make
from label.item_indexing import KIND
from label.item_text import in_words
from label.models import Item

EXCERPT = 300


def answer(question):
    """Return (how many answer, the items of the page asked for); four queries at most."""
    found = wanted(question)
    matched = found.order_by().count()
    page = found[question.start : question.start + question.limit]
    cards = make(page) if matched > question.start else []
    tags = tags_of([card.pk for card in cards])
    return matched, [item(card, tags[card.pk]) for card in cards]


def wanted(question):
    """Those that answer, the most fitting first where there are words, else the newest."""
    items = Item.objects.public()
    if question.tag:
        items = items.tagged([question.tag])
    if not question.words:
        return items.newest_first()
    found = find(KIND, question.words)
    if not found.asked:
        return items.newest_first()
    items = items.filter(pk__in=found.ids)
    return items.order_by(found.rank().desc(), "-published_at", "-pk")


def tags_of(pks):
    """{item: [its tags by name]}."""
    found = defaultdict(list)
    rows = Tag.objects.filter(collected_items__content_object__in=pks).order_by("name")
    for pk, name in rows.values_list("collected_items__content_object", "name"):
        found[pk].append(name)
    return found


def item(card, tags):
    """One of them."""
    words = in_words(card.html)
    return {
        "id": card.pk,
        "url": card.url,
        "title": card.title,
        "excerpt": words if len(words) <= EXCERPT else f"{words[: EXCERPT - 1]}…",
        "author": card.author,
        "author_url": card.author_url or None,
        "network": card.network,
        "published_at": timezone.localtime(card.published),
        "licence": card.licence or None,
        "tags": tags,
        "listing": card.listing or None,
        "image": card.large
        and {
            "url": settings.SITE_URL + card.large.src,
            "width": card.large.width,
            "height": card.large.height,
            "alt": card.large.alt,
            "credit": card.large.credit,
        },
        "remove_url": settings.SITE_URL + reverse("wall:remove", args=[card.pk]),
    }
