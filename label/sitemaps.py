"""What of the label search engines should know; config/urls.py puts it into /sitemap.xml."""

from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse

from home import page_paths
from home.sitemaps import Section
from label import gathering, page_rules
from label.faces import roster
from label.models import Charter, LocalProductionPage, Membership, MembershipEvent, Post


class LabelSection(Section):
    """The label, its charter, and the lists of members by trade and by commune."""

    def items(self):
        """(address, when it changed) of pages that have something to show."""
        lists, charter = roster(), Charter.objects.current()
        changed = MembershipEvent.objects.aggregate(last=Max("at"))["last"]
        trades = [
            one for family, _, trades in lists.by_family for one in with_trades(family, trades)
        ]
        return [
            (reverse("label:label"), changed),
            *([(reverse("label:charter"), charter.published_at)] if charter else []),
            (reverse("label:members"), changed),
            (reverse("label:verify_ask"), None),
            *((reverse(name), None) for name in ("wall:wall", "wall:how", "embed:configure")),
            *(
                (reverse("label:members_by_trade", args=[trade.slug]), newest(lists.of(trade)))
                for trade in trades
            ),
            *(
                (
                    reverse("label:members_by_commune", args=[commune.slug]),
                    newest(lists.of(commune=commune)),
                )
                for commune, _ in lists.by_commune
            ),
        ]

    def location(self, row):
        """The address itself."""
        return row[0]

    def lastmod(self, row):
        """When somebody came or went; of a list by trade or commune, when somebody came."""
        return row[1]


class MemberSection(Section):
    """Every member's page."""

    def items(self):
        """Members who may be shown, in an order that stays."""
        theirs = Q(membership=OuterRef("pk")) | Q(listing=OuterRef("listing"))
        told = Post.objects.public().filter(theirs).order_by("-published_at")
        members = Membership.objects.public().select_related("listing").order_by("pk")
        return members.annotate(told_at=Subquery(told.values("published_at")[:1])).only(
            "slug", "signed_at", "listing__last_published_at"
        )

    def lastmod(self, member):
        """When they signed, told something, or their listing was last published."""
        listing = member.listing
        known = (member.signed_at, member.told_at, listing and listing.last_published_at)
        return max(filter(None, known))


def with_trades(family, trades):
    """A family and its trades."""
    return [family, *(trade for trade, _ in trades)]


def newest(entries):
    """When the last of these members came."""
    return gathering.midnight(max(entry.since for entry in entries))


class ProductionSection(Section):
    """The local-production pages, after the page of all of them."""

    def items(self):
        """(address, when it changed): the one that is always there, then each page's.

        There are as many pages as editors wrote, so each may ask what gathered on it last.
        """
        pages = LocalProductionPage.objects.public().order_by("pk")
        rows = [(page_paths.address(page.url_path), changed(page)) for page in pages]
        last = max((when for _, when in rows if when), default=None)
        return [(reverse("production:index"), last), *rows]

    def location(self, row):
        """The page's address."""
        return row[0]

    def lastmod(self, row):
        """When it was last published, or something gathered there."""
        return row[1]


def changed(page):
    """When a page was published, or something came to stand on it: whichever is later."""
    told = gathering.lines(page_rules.published_rules_of(page))[:1]
    known = (page.last_published_at, *(when for _, _, when in told))
    return max(filter(None, known), default=None)


class PostSection(Section):
    """Every post that visitors can read."""

    def items(self):
        """In an order that stays."""
        return Post.objects.public().order_by("pk").only("pk", "published_at")

    def lastmod(self, post):
        """When it appeared."""
        return post.published_at
