"""Lists of the administration that only open for those who have some right on what they list.

Wagtail's windows to choose something, and what it says of an object that one may not change, ask
for no right at all beyond the administration's.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

VERBS = ("view", "add", "change", "delete", "publish")


def keeps(user, model):
    """Whether somebody has any right on a kind of thing."""
    app, name = model._meta.app_label, model._meta.model_name
    return any(user.has_perm(f"{app}.{verb}_{name}") for verb in VERBS)


def for_keepers(model, view):
    """The view, for those with a right on what it shows; raises `PermissionDenied` for others."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not keeps(request.user, model):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class KeptChooserViewSet(SnippetChooserViewSet):
    """A window to choose one."""

    def construct_view(self, view_class, **kwargs):
        """Each view of it, guarded."""
        return for_keepers(self.model, super().construct_view(view_class, **kwargs))


class KeptViewSet(SnippetViewSet):
    """List, form and history."""

    chooser_viewset_class = KeptChooserViewSet

    def construct_view(self, view_class, **kwargs):
        """Each view of it, guarded."""
        return for_keepers(self.model, super().construct_view(view_class, **kwargs))
