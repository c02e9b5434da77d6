"""What nobody does in the administration, whatever their rights."""

from wagtail.permissions import ModelPermissionPolicy


class KeptPolicy(ModelPermissionPolicy):
    """Nothing is deleted: somebody signed it, or has a badge that must still tell."""

    NEVER = frozenset({"delete"})

    def user_has_permission(self, user, action):
        """All but what nobody does."""
        return action not in self.NEVER and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        """The same for several."""
        return any(self.user_has_permission(user, action) for action in actions)


class WrittenElsewherePolicy(KeptPolicy):
    """Posts are written in one's own space, and decided on a page of their own."""

    NEVER = frozenset({"add", "change", "delete"})
