"""Pages on which something else shows, which has changed: they follow."""

from django.db import transaction
from django.db.models import Q

from directory.models import Commune
from home.models import ContentVersion, Photo, Tag
from webmag import snapshots
from webmag.indexing import CHUNK, index_articles, loaded
from webmag.models import Article, Author, Issue, Magazine, Section


def showing(thing):
    """The numbers of the articles on which something shows."""
    shown = {
        Photo: Q(main_image=thing.pk) | Q(bylines__author__photo=thing.pk),
        Author: Q(bylines__author=thing.pk),
        Tag: Q(tag_items__tag=thing.pk),
        Section: Q(section=thing.pk),
        Commune: Q(communes=thing.pk),
    }
    found = Article.objects.filter(shown[type(thing)], live=True)
    return sorted(set(found.values_list("pk", flat=True)))


def below(path):
    """The numbers of the published articles at a place in the tree or below it."""
    found = Article.objects.filter(path__startswith=path, live=True)
    return sorted(found.values_list("pk", flat=True))


@transaction.atomic
def follow(pks):
    """Put snapshots and search entries of articles right, and renew the pages they stand on."""
    for start in range(0, len(pks), CHUNK):
        articles = loaded(pks[start : start + CHUNK])
        snapshots.refresh(articles)
        index_articles(articles)
    if pks:
        ContentVersion.bump()


@transaction.atomic
def follow_covers(photo):
    """Magazines and issues with this cover."""
    for kind in (Magazine, Issue):
        snapshots.refresh(list(kind.objects.filter(cover=photo)))


@transaction.atomic
def follow_magazine(magazine):
    """A magazine, its issues and its articles, which bear its name and colour."""
    snapshots.refresh([magazine])
    snapshots.refresh(list(Issue.objects.of_magazine(magazine)))
    follow(below(magazine.path))
    ContentVersion.bump()


@transaction.atomic
def follow_issue(issue):
    """An issue's own snapshot."""
    snapshots.refresh([issue])
    ContentVersion.bump()
