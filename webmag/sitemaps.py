"""What of the magazines search engines should know; config/urls.py puts it into /sitemap.xml."""

from django.conf import settings
from django.db.models import CharField, Q, Value
from django.db.models.functions import Concat, Substr
from django.urls import reverse

from home import page_paths
from home.sitemaps import Section
from webmag.models import Article, Author, Issue, Magazine


class Pages(Section):
    """Public pages of one kind."""

    model = None

    def items(self):
        """What visitors see, in an order that stays."""
        shown = self.model.objects.public().order_by("pk")
        return shown.values_list("url_path", "last_published_at")

    def location(self, row):
        """The page's address."""
        return page_paths.address(row[0])

    def lastmod(self, row):
        """When it was last published."""
        return row[1]


class ArticleSection(Pages):
    """Every article that search engines shall know by its address here."""

    model = Article

    def items(self):
        """Without those whose page says that it is read elsewhere: it would contradict the map."""
        root = page_paths.site_root()
        here = Concat(
            Value(f"{settings.SITE_URL}/"),
            Substr("url_path", len(root.url_path if root else "/") + 1),
            output_field=CharField(),
        )
        return super().items().filter(Q(canonical_url="") | Q(canonical_url=here))


class IssueSection(Pages):
    """Every issue."""

    model = Issue


class MagazineSection(Pages):
    """The magazines, after the page of all of them."""

    model = Magazine

    def items(self):
        """The one address that is always there, then each magazine's."""
        return [None, *super().items()]

    def location(self, row):
        """The page's address."""
        return super().location(row) if row else reverse("webmag:magazines")

    def lastmod(self, row):
        """When it was last published."""
        return row and super().lastmod(row)


class AuthorSection(Section):
    """Those who signed something that can be read."""

    def items(self):
        """In an order that stays."""
        return Author.objects.published().only("slug").order_by("pk")
