"""What of the letter search engines should know; config/urls.py puts it into /sitemap.xml."""

from django.urls import reverse

from home.sitemaps import Section
from letter.models import Letter


class LetterSection(Section):
    """The archive and the letters in it; nothing before the first one."""

    def items(self):
        """(address, when it went)."""
        rows = [(one.get_absolute_url(), one.closed_at) for one in Letter.objects.archived()]
        return [(reverse("letter:archive"), rows[0][1]), *rows] if rows else []

    def location(self, row):
        """The address itself."""
        return row[0]

    def lastmod(self, row):
        """When it went out."""
        return row[1]
