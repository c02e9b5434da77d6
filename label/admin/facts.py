"""« Faits vérifiés »: what was checked of a listing, and on which day."""

from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView

from directory.admin.keepers import KeptViewSet
from label.models import Fact


class FactCreateView(CreateView):
    """Noted by whoever is logged in, today unless said otherwise."""

    def get_initial(self):
        """Today."""
        return super().get_initial() | {"on": timezone.localdate()}

    def save_instance(self):
        """With who checked it."""
        self.form.instance.by = self.request.user
        return super().save_instance()


class FactViewSet(KeptViewSet):
    """Dated facts; a wrong one is put right or taken away."""

    model = Fact
    icon = "check"
    menu_label = "Faits vérifiés"
    menu_name = "faits"
    base_url_path = "label/faits"
    add_view_class = FactCreateView
    list_filter = ["kind"]
    search_fields = ["listing__name", "membership__holder", "detail"]
    search_backend_name = None
    list_per_page = 50
    ordering = ["-on", "-pk"]
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("about", label="De qui"),
        Column("by", label="Par"),
    ]
    panels = [
        FieldPanel("listing"),
        FieldPanel("membership"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("on")]),
        FieldPanel("detail"),
    ]

    def get_queryset(self, request):
        """The rows with what the columns show, in one query."""
        return Fact.objects.select_related("listing", "membership", "by")
