"""Articles as items of the API: only what anybody may see, and not the whole text."""

from collections import defaultdict

from django.conf import settings
from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone

from directory.models import Listing
from home.search import find
from webmag import cards
from webmag.indexing import KIND
from webmag.models import Article


def answer(question):
    """Return (how many articles answer, the items of the page asked for)."""
    articles = wanted(question)
    # The number of all rows comes along with those of the page.
    rows = articles.values_list(*cards.COLUMNS, Window(Count("pk")))
    page = list(rows[question.start : question.start + question.limit])
    if page or question.start == 0:
        matched = page[0][-1] if page else 0
    else:
        matched = articles.order_by().count()
    found = [cards.card(row[:-1]) for row in page]
    places = listings_of(card.pk for card in found)
    return matched, [item(card, places[card.pk]) for card in found]


def wanted(question):
    """The articles that answer, the most fitting first where there are words, else the newest."""
    articles = Article.objects.public()
    if question.tag:
        articles = articles.tagged(question.tag)
    if question.commune:
        articles = articles.about_commune(question.commune)
    if question.magazine:
        articles = articles.filter(snapshot__magazine__slug=question.magazine)
    if question.author:
        articles = articles.signed_with(question.author)
    if not question.words:
        return articles.newest_first()
    found = find(KIND, question.words)
    return articles.search(found).best_first(found) if found.asked else articles.newest_first()


def listings_of(pks):
    """{article: [slugs of the public listings that it is about]}."""
    rows = Listing.objects.public().filter(articles__in=list(pks)).order_by("slug")
    found = defaultdict(list)
    for article, slug in rows.values_list("articles", "slug"):
        found[article].append(slug)
    return found


def item(card, listings):
    """One article."""
    shown = card.shown
    magazine, picture = shown["magazine"], shown["large"]
    return {
        "id": f"{magazine['slug']}/{card.slug}",
        "slug": card.slug,
        "title": card.title,
        "url": settings.SITE_URL + card.url,
        "standfirst": card.standfirst,
        "excerpt": shown["excerpt"],
        "published_at": card.published and timezone.localtime(card.published),
        "updated_on": card.updated_on,
        "minutes": card.minutes,
        "magazine": {
            "slug": magazine["slug"],
            "title": magazine["title"],
            "url": settings.SITE_URL + reverse("webmag:magazine", args=[magazine["slug"]]),
        },
        "section": shown["section"],
        "authors": [
            {
                "slug": byline["slug"],
                "name": byline["name"],
                "part": byline["part"],
                "url": settings.SITE_URL + reverse("webmag:author", args=[byline["slug"]]),
            }
            for byline in shown["bylines"]
        ],
        "communes": [
            {"insee": commune["insee"], "name": commune["name"]} for commune in shown["communes"]
        ],
        "tags": [tag["name"] for tag in shown["tags"]],
        "listings": listings,
        "image": picture
        and {
            "url": settings.SITE_URL + picture["src"],
            "width": picture["width"],
            "height": picture["height"],
            "alt": picture["alt"],
            "credit": picture["credit"],
        },
    }
