"""What of the directory search engines should know; config/urls.py puts it into /sitemap.xml."""

from django.db.models import Max, Q
from django.urls import reverse

from directory.models import Category, Listing
from directory.views.places import communes_shown
from home.sitemaps import Section


class ListingSection(Section):
    """Every published listing, those that closed for good included: their pages stay."""

    def items(self):
        """Published listings, in an order that stays."""
        return Listing.objects.public().only("slug", "last_published_at").order_by("pk")

    def lastmod(self, listing):
        """When it was last published; unknown for what an import brought."""
        return listing.last_published_at


class CommuneSection(Section):
    """Communes where there is something to find."""

    def items(self):
        """Communes with a listing that visitors can see."""
        latest = Max("listings__last_published_at", filter=Q(listings__live=True))
        return communes_shown().annotate(latest=latest).order_by("pk")

    def location(self, commune):
        """The page of what there is in the commune."""
        return reverse("directory:commune", args=[commune.slug])

    def lastmod(self, commune):
        """When a listing there was last published."""
        return commune.latest


class CategorySection(Section):
    """Categories and families with a listing."""

    def items(self):
        """Categories with a published listing, of their own or of one of their trades."""
        seen = Q(listings__live=True) | Q(trades__listings__live=True)
        return Category.objects.filter(seen).distinct().order_by("pk")


class MarketSection(Section):
    """The page of the markets; its days come and go and are not listed."""

    def items(self):
        """The one address."""
        return [reverse("markets:day")]

    def location(self, address):
        """The address itself."""
        return address
