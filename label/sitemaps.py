"""What of the label search engines should know; config/urls.py puts it into /sitemap.xml."""

from django.urls import reverse

from home import page_paths
from home.sitemaps import Section
from label.faces import roster
from label.models import Charter, LocalProductionPage, Membership, Post


class LabelSection(Section):
    """The label, its charter, and the lists of members by trade and by commune."""

    def items(self):
        """Addresses of pages that have something to show."""
        lists = roster()
        trades = [slug for family, _, trades in lists.by_family for slug in slugs(family, trades)]
        return [
            reverse("label:label"),
            *([reverse("label:charter")] if Charter.objects.current() else []),
            reverse("label:members"),
            reverse("label:verify_ask"),
            *(reverse(name) for name in ("wall:wall", "wall:how", "embed:configure")),
            *(reverse("label:members_by_trade", args=[slug]) for slug in trades),
            *(
                reverse("label:members_by_commune", args=[commune.slug])
                for commune, _ in lists.by_commune
            ),
        ]

    def location(self, address):
        """The address itself."""
        return address


class MemberSection(Section):
    """Every member's page."""

    def items(self):
        """Members who may be shown, in an order that stays."""
        return Membership.objects.public().only("slug", "signed_at").order_by("pk")

    def lastmod(self, member):
        """When they signed."""
        return member.signed_at


def slugs(family, trades):
    """Of a family and of its trades."""
    return [family.slug, *(trade.slug for trade, _ in trades)]


class ProductionSection(Section):
    """The local-production pages, after the page of all of them."""

    def items(self):
        """The one address that is always there, then each page's."""
        pages = LocalProductionPage.objects.public().order_by("pk")
        return [None, *pages.values_list("url_path", "last_published_at")]

    def location(self, row):
        """The page's address."""
        return page_paths.address(row[0]) if row else reverse("production:index")

    def lastmod(self, row):
        """When it was last published."""
        return row and row[1]


class PostSection(Section):
    """Every post that visitors can read."""

    def items(self):
        """In an order that stays."""
        return Post.objects.public().order_by("pk").only("pk", "published_at")

    def lastmod(self, post):
        """When it appeared."""
        return post.published_at
