"""« Publications » in the administration: let one appear, hide or refuse it with a reason."""

from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import EditView

from directory.admin.keepers import KeptViewSet
from label.admin.policies import WrittenElsewherePolicy
from label.models import Post


class DecideView(EditView):
    """One post: its state and the reason."""

    def save_instance(self):
        """Whoever changes the state is who decided."""
        if "state" in self.form.changed_data or "reason" in self.form.changed_data:
            self.form.instance.decided_by = self.request.user
        return super().save_instance()


class PostViewSet(KeptViewSet):
    """« Publications »."""

    model = Post
    icon = "comment"
    menu_label = "Publications"
    menu_name = "publications"
    base_url_path = "label/publications"
    edit_view_class = DecideView
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
    panels = [
        FieldPanel("text", read_only=True),
        FieldPanel("photo", read_only=True),
        FieldPanel("author", read_only=True),
        FieldPanel("listing", read_only=True),
        FieldPanel("membership", read_only=True),
        FieldPanel("state"),
        FieldPanel("reason", help_text="L’auteur le lit."),
    ]

    @property
    def permission_policy(self):
        """Decide, or read."""
        return WrittenElsewherePolicy(self.model)

    def get_queryset(self, request):
        """With what the list shows."""
        return Post.objects.select_related("listing")
