"""Who may bring an old blog into which magazine: whoever writes for it."""

from webmag.models import Magazine, Role


def magazines_of(user):
    """The magazines somebody may write for; all for administrators."""
    if user.is_superuser:
        return Magazine.objects.order_by("title")
    roles = Role.objects.filter(author__user=user)
    return Magazine.objects.filter(pk__in=roles.values("magazine")).order_by("title")


def may_import(user, magazine) -> bool:
    """Whether they still may."""
    return user.is_active and magazines_of(user).filter(pk=magazine.pk).exists()
