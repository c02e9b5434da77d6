"""Articles of all magazines by tag, commune and author."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import Commune
from home.models import Tag
from home.paging import asked_page
from webmag import lists
from webmag.models import Article, Author, Role


@require_safe
def tag(request, tag):
    """What bears a tag; a tag that stands on nothing public does not exist."""
    here = get_object_or_404(Tag, slug=tag)
    articles = listed(request, Article.objects.public().tagged(here.slug))
    if not articles.total:
        raise Http404
    context = {
        "heading": f"#{here.name}",
        "title": f"Articles marqués #{here.name}",
        "crumbs": [("Magazines", reverse("webmag:magazines"))],
        "articles": articles,
        "feed": reverse("webmag_feed_tag", args=[here.slug, "rss"]),
        "more": (
            f"Les fiches marquées #{here.name}",
            f"{reverse('directory:search')}?etiquette={here.slug}",
        ),
    }
    return render(request, "webmag/list.html", context)


@require_safe
def commune(request, slug):
    """What is about a commune, and who covers it."""
    here = get_object_or_404(Commune, slug=slug)
    context = {
        "heading": here.label,
        "title": f"Articles sur {here.label}",
        "crumbs": [("Magazines", reverse("webmag:magazines"))],
        "articles": listed(request, Article.objects.public().about_commune(here)),
        "correspondents": Author.objects.shown().filter(covers=here).defer("about"),
        "feed": reverse("webmag_feed_commune", args=[here.slug, "rss"]),
        "nothing": f"Aucun article encore sur {here.name}.",
        "more": (
            f"Qui vend, qui fabrique à {here.name}",
            reverse("directory:commune", args=[here.slug]),
        ),
    }
    return render(request, "webmag/list.html", context)


@require_safe
def author(request, slug):
    """What somebody wrote, who they are, which communes they cover."""
    who = get_object_or_404(Author.objects.shown().select_related("photo"), slug=slug)
    context = {
        "author": who,
        "communes": who.covers.all(),
        "roles": Role.objects.filter(author=who, magazine__in=public_magazines()).select_related(
            "magazine"
        ),
        "articles": listed(request, Article.objects.public().by_author(who)),
        "feed": reverse("webmag_feed_author", args=[who.slug, "rss"]),
    }
    return render(request, "webmag/author.html", context)


def listed(request, articles):
    """The page asked for of these articles, newest first."""
    return lists.page_of(articles.newest_first(), asked_page(request.GET))


def public_magazines():
    """The numbers of the magazines that visitors can read, as a subquery."""
    return Role._meta.get_field("magazine").related_model.objects.public().values("pk")
