"""« Publications » in the administration: the list; each opens as a case (post_views.py)."""

from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import IndexView

from directory.admin.keepers import KeptViewSet
from label.admin.policies import WrittenElsewherePolicy
from label.models import Post


class PostIndexView(IndexView):
    """A list whose rows open the page where a post is decided."""

    def get_edit_url(self, instance):
        """Like any other case."""
        return reverse("label_admin:post", args=[instance.pk])

    def get_list_buttons(self, instance):
        """None: the name opens all there is."""
        return []


class PostViewSet(KeptViewSet):
    """« Publications »."""

    model = Post
    icon = "comment"
    menu_label = "Publications"
    menu_name = "publications"
    base_url_path = "label/publications"
    index_view_class = PostIndexView
    copy_view_enabled = False
    search_fields = ["text"]
    search_backend_name = None
    list_filter = ["state"]
    ordering = ["-created_at"]
    list_per_page = 50
    list_display = [
        "__str__",
        Column("listing", label="Fiche"),
        Column("get_state_display", label="État"),
        DateColumn("created_at", label="Écrite le"),
    ]
    # Wagtail asks for a form; nobody may open it.
    panels = [FieldPanel("text", read_only=True)]

    @property
    def permission_policy(self):
        """Decide, or read."""
        return WrittenElsewherePolicy(self.model)

    def get_queryset(self, request):
        """With what the list shows."""
        return Post.objects.select_related("listing")
