"""/flux/…: what feed readers ask for."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Commune
from home.models import Tag
from webmag.feeds.writing import Channel, answer, site_title
from webmag.models import Article, Author, Magazine
from webmag.views.magazines import found


@require_safe
def site(request, form):
    """All articles."""
    channel = Channel(f"{site_title()} : les articles", reverse("webmag:magazines"))
    return answer(request, Article.objects.public(), channel, form)


@require_safe
def magazine(request, slug, form):
    """The articles of a magazine."""
    here = found(Magazine.objects.at(slug))
    channel = Channel(here.title, reverse("webmag:magazine", args=[here.slug]), here.line)
    return answer(request, Article.objects.public().of_magazine(here), channel, form)


@require_safe
def tag(request, slug, form):
    """The articles that bear a tag; a tag that stands on nothing public does not exist."""
    here = get_object_or_404(Tag, slug=slug)
    articles = Article.objects.public().tagged(here.slug)
    if not articles.exists():
        raise Http404
    channel = Channel(f"{site_title()} : #{here.name}", reverse("webmag:tag", args=[here.slug]))
    return answer(request, articles, channel, form)


@require_safe
def commune(request, slug, form):
    """The articles about a commune."""
    here = get_object_or_404(Commune, slug=slug)
    page = reverse("webmag:commune", args=[here.slug])
    channel = Channel(f"{site_title()} : {here.label}", page)
    return answer(request, Article.objects.public().about_commune(here), channel, form)


@require_safe
def author(request, slug, form):
    """What somebody wrote."""
    who = get_object_or_404(Author.objects.shown(), slug=slug)
    channel = Channel(f"{who.name}, {site_title()}", who.get_absolute_url())
    return answer(request, Article.objects.public().by_author(who), channel, form)
