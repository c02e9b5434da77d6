"""The words in which the rest of the project asks for articles, issues and authors."""

from functools import cache

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from home import page_paths
from home.prepared import Prepared


class Published:
    """What visitors may see of a kind of page."""

    def public(self, hidden=None):
        """Published like all above it, and not behind a password; `hidden`: page_paths.visible."""
        return page_paths.visible(self, hidden)

    def at(self, *parts):
        """The public one at `/magazines/<part>/<part>/`, or None."""
        path = page_paths.url_path("/".join(["/magazines", *parts, ""]))
        # PostgreSQL takes no NUL.
        if "\x00" in path:
            return None
        [found] = _by_path(self.model).models(path, *page_paths.hidden_paths()) or [None]
        return found


@cache
def _by_path(model):
    """The query of `at`, which every page of a magazine begins with."""
    return Prepared(
        lambda url_path, *hidden: (
            model.objects.public(hidden).filter(url_path=url_path).order_by("path")[:1]
        ),
        lambda url_path, *hidden: (url_path, *map(page_paths.below, hidden)),
    )


class ArticleQuerySet(Published, PageQuerySet):
    """Articles, asked for as a reader would."""

    def newest_first(self):
        """By the day they first appeared."""
        return self.order_by("-first_published_at", "-pk")

    def of_magazine(self, magazine):
        """Of one magazine."""
        return self.beside(magazine.path)

    def beside(self, path):
        """Those right below the magazine at this place in the tree."""
        return self.filter(path__startswith=path, depth=len(path) // self.model.steplen + 1)

    def search(self, found):
        """That answer to what somebody typed: a `home.search.Found` of articles."""
        return self.filter(pk__in=found.ids) if found.asked else self

    def best_first(self, found):
        """Those first that hold more of the words, and hold them in their title; then by day."""
        return self.order_by(found.rank().desc(), "-first_published_at", "-pk")

    def in_section(self, section):
        """Under one heading."""
        return self.filter(section=section)

    def tagged(self, tag):
        """With a tag, by its slug or name."""
        named = models.Q(tag__slug=tag) | models.Q(tag__name=tag)
        items = self.model.tag_items.rel.related_model.objects.filter(named)
        return self.filter(pk__in=items.values("content_object"))

    def about_commune(self, commune):
        """That say they are about a commune."""
        return self.filter(communes=commune)

    def about_listing(self, listing):
        """That say they are about a listing."""
        return self.filter(listings=listing)

    def by_author(self, author):
        """Signed by an author."""
        signed = self.model.bylines.rel.related_model.objects.filter(author=author)
        return self.filter(pk__in=signed.values("article"))

    def signed_with(self, slug):
        """Signed by the author of this slug; none where there is no such author."""
        signed = self.model.bylines.rel.related_model.objects.filter(author__slug=slug)
        return self.filter(pk__in=signed.values("article"))

    def written_by(self, user):
        """That an account began or signs: what a contributor sees of others' work is nothing."""
        signed = self.model.writers.through.objects.filter(user=user)
        return self.filter(models.Q(owner=user) | models.Q(pk__in=signed.values("article")))


class MagazineQuerySet(Published, PageQuerySet):
    """Magazines."""


class IssueQuerySet(Published, PageQuerySet):
    """Issues of magazines."""

    def of_magazine(self, magazine):
        """Of one magazine."""
        return self.filter(path__startswith=magazine.path, depth=magazine.depth + 1)

    def newest_first(self):
        """By date, then number."""
        return self.order_by(models.F("date").desc(nulls_last=True), "-number", "-pk")


class AuthorQuerySet(models.QuerySet):
    """Authors."""

    def of(self, user):
        """The author behind an account, if there is one."""
        return self.filter(user=user)

    def published(self):
        """Those who signed something that visitors can read."""
        return self.filter(pk__in=self._signed())

    def shown(self):
        """Those who have a page: they signed something public, or are in a public team."""
        roles = self.model.roles.rel.related_model
        magazines = roles._meta.get_field("magazine").related_model
        teams = roles.objects.filter(magazine__in=magazines.objects.public().values("pk"))
        in_a_team = models.Q(pk__in=teams.values("author"))
        return self.filter(models.Q(pk__in=self._signed()) | in_a_team)

    def known_to(self, user):
        """Those with a page, and who is in a team with this person; all for administrators."""
        if user.is_superuser:
            return self
        roles = self.model.roles.rel.related_model.objects
        own = roles.filter(author__user=user).values("magazine")
        beside = models.Q(pk__in=roles.filter(magazine__in=own).values("author"))
        return self.filter(beside | models.Q(pk__in=self.model.objects.shown().values("pk")))

    def _signed(self):
        bylines = self.model.bylines.rel.related_model
        articles = bylines._meta.get_field("article").related_model
        public = articles.objects.public().values("pk")
        return bylines.objects.filter(article__in=public).values("author")


class ApplicationQuerySet(models.QuerySet):
    """Requests to write for a magazine."""

    def waiting(self):
        """Those nobody answered yet, oldest first."""
        return self.filter(state="attente").order_by("asked_at", "pk")


ArticleManager = PageManager.from_queryset(ArticleQuerySet)
MagazineManager = PageManager.from_queryset(MagazineQuerySet)
IssueManager = PageManager.from_queryset(IssueQuerySet)
