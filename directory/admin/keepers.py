"""Lists of the administration that only open for those who have some right on what they list.

Wagtail's windows to choose something, and what it says of an object that one may not change, ask
for no right at all beyond the administration's.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from wagtail.snippets.views.chooser import SnippetChooserViewSet, SnippetCreateView
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


class NoFormMixin:
    """Wagtail's address to make a new one in the window; ours offer no form for that."""

    def post(self, request, *args, **kwargs):
        """Nothing can be sent here: Wagtail would look for a form and fail."""
        return HttpResponseNotAllowed(["GET", "HEAD"])


class NoFormView(NoFormMixin, SnippetCreateView):
    """The same for what is a snippet."""


class KeptChooserViewSet(SnippetChooserViewSet):
    """A window to choose one."""

    create_view_class = NoFormView

    def construct_view(self, view_class, **kwargs):
        """Each view of it, guarded."""
        return for_keepers(self.model, super().construct_view(view_class, **kwargs))


class KeptViewSet(SnippetViewSet):
    """List, form and history."""

    chooser_viewset_class = KeptChooserViewSet

    def construct_view(self, view_class, **kwargs):
        """Each view of it, guarded."""
        return for_keepers(self.model, super().construct_view(view_class, **kwargs))
