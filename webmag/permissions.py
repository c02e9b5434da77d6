"""What somebody may do with an article."""

from wagtail.models import PagePermissionTester


class ArticlePermissionTester(PagePermissionTester):
    """Wagtail's rules, and one more: who signs an article may write in it.

    Wagtail lets somebody with nothing but the right to add edit what they began themselves; those
    who write with them need the same.
    """

    def can_edit(self):
        """Whether they may open and change its draft."""
        return super().can_edit() or self.writes_with_others()

    def can_view_revisions(self):
        """Its history is for those who may edit it: titles and names of drafts stand there."""
        return super().can_view_revisions() and self.can_edit()

    def writes_with_others(self):
        """Whether they are among its writers, and still in the magazine's team."""
        if not self.user.is_active or "add" not in getattr(self, "permissions", ()):
            return False
        return self.page.writers.filter(pk=self.user.pk).exists()
