"""What changes elsewhere and shows in magazines: snapshots, search entries and pages follow."""

from functools import partial

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from directory.models import Commune
from home import search
from home.models import ContentVersion, Photo, Tag
from webmag.following import (
    below,
    follow,
    follow_covers,
    follow_issue,
    follow_magazine,
    showing,
)
from webmag.indexing import KIND
from webmag.models import Article, Author, Issue, Magazine, MagazineIndex, Role, Section
from webmag.taking import books


def article_published(instance, **_kwargs):
    """What lists show of it is what was just published."""
    follow([instance.pk])


def magazine_published(instance, **_kwargs):
    """Its name, colour and sections may be new, and what is below it public again."""
    follow_magazine(Magazine.objects.get(pk=instance.pk))


def issue_published(instance, **_kwargs):
    """Its cover may be new, and its book is made before anybody asks for it."""
    follow_issue(Issue.objects.get(pk=instance.pk))
    transaction.on_commit(partial(books.make_soon, instance))


def article_unpublished(instance, **_kwargs):
    """Nobody shall find it any more."""
    search.remove(KIND, [instance.pk])


def parent_changed(instance, **_kwargs):
    """What lies below a page is public only while the page is."""
    follow(below(instance.path))


def moved(instance, **_kwargs):
    """It may lie in another magazine now."""
    follow(below(instance.path))
    if isinstance(instance.specific, Issue):
        follow_issue(instance.specific)


def restriction_changed(instance, **_kwargs):
    """What is behind a login is not found by searching."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        follow(below(page.path))


def article_deleted(instance, **_kwargs):
    """Also one that goes together with its magazine."""
    search.remove(KIND, [instance.pk])


def saved(instance, created, raw, **_kwargs):
    """Names, words and pictures stand in snapshots and in the index."""
    if not created and not raw:
        follow(showing(instance))
        if isinstance(instance, Photo):
            follow_covers(instance)


def about_to_go(instance, **_kwargs):
    """Note which articles show what goes: afterwards nothing tells."""
    instance.was_shown_by_articles = showing(instance)
    if isinstance(instance, Photo):
        instance.was_cover_of = [
            (kind, list(kind.objects.filter(cover=instance).values_list("pk", flat=True)))
            for kind in (Magazine, Issue)
        ]


def gone(instance, **_kwargs):
    """Its name or picture leaves the articles that showed it."""
    follow(instance.was_shown_by_articles)
    for kind, pks in getattr(instance, "was_cover_of", ()):
        for page in kind.objects.filter(pk__in=pks):
            (follow_magazine if kind is Magazine else follow_issue)(page)


def team_changed(**_kwargs):
    """Who writes where, and who covers which commune, stands on pages."""
    ContentVersion.bump()


def connect():
    """Listen to what Wagtail and Django say; home's own listeners come first."""
    listening = {
        page_published: {
            Article: article_published,
            Magazine: magazine_published,
            Issue: issue_published,
            MagazineIndex: parent_changed,
        },
        page_unpublished: {
            Article: article_unpublished,
            Magazine: parent_changed,
            MagazineIndex: parent_changed,
        },
        post_page_move: dict.fromkeys((Article, Issue, Magazine, MagazineIndex), moved),
        post_save: {
            PageViewRestriction: restriction_changed,
            Role: team_changed,
            **dict.fromkeys((Author, Commune, Photo, Section, Tag), saved),
        },
        pre_delete: dict.fromkeys((Photo, Section, Tag), about_to_go),
        post_delete: {
            PageViewRestriction: restriction_changed,
            Role: team_changed,
            Author: team_changed,
            Article: article_deleted,
            **dict.fromkeys((Photo, Section, Tag), gone),
        },
        m2m_changed: {Author.covers.through: team_changed},
    }
    for number, (signal, receivers) in enumerate(listening.items()):
        for sender, receiver in receivers.items():
            name = f"webmag.{number}.{sender.__name__}"
            signal.connect(receiver, sender=sender, dispatch_uid=name)
