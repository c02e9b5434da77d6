"""« Charte »: its versions; what is published is never changed or deleted."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin.auth import permission_required
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from directory.admin.deciding import crumbs
from directory.admin.keepers import KeptViewSet
from label.admin.policies import KeptPolicy
from label.models import Charter


class CharterIndexView(IndexView):
    """A list whose drafts can be published."""

    add_item_label = "Écrire une version"

    def get_list_buttons(self, instance):
        """« Publier » on drafts, for those who may change them."""
        if instance.published_at or not self.request.user.has_perm("label.change_charter"):
            return []
        return [Button("Publier", reverse("label_admin:publish_charter", args=[instance.pk]))]


class CharterViewSet(KeptViewSet):
    """Versions of the charter."""

    model = Charter
    icon = "doc-full"
    menu_label = "Charte"
    menu_name = "charte"
    base_url_path = "label/charte"
    index_view_class = CharterIndexView
    search_fields = ["title"]
    search_backend_name = None
    ordering = ["-number"]
    copy_view_enabled = False
    list_display = [
        "__str__",
        DateColumn("published_at", label="Publiée le"),
        Column("signatures", label="Signatures"),
    ]
    panels = [FieldPanel("title"), FieldPanel("promises"), FieldPanel("text")]

    @property
    def permission_policy(self):
        """Never delete."""
        return KeptPolicy(self.model)

    def get_queryset(self, request):
        """The rows with what the columns show, in one query."""
        return Charter.objects.annotate(signatures=Count("memberships"))


@permission_required("label.change_charter")
def publish(request, pk):
    """Ask once, then publish: from then on it is the one to sign."""
    charter = get_object_or_404(Charter, pk=pk)
    back = redirect(Charter.snippet_viewset.get_url_name("list"))
    if charter.published_at:
        messages.warning(request, "Cette version est déjà publiée.")
        return back
    if request.method == "POST":
        if charter.publish():
            messages.success(request, f"La version {charter.number} est la charte d’aujourd’hui.")
        return back
    context = {
        "charter": charter,
        "current": Charter.objects.current(),
        "breadcrumbs_items": crumbs(
            (reverse(Charter.snippet_viewset.get_url_name("list")), "Charte"),
            ("", f"Publier la version {charter.number}"),
        ),
        "header_title": f"Publier la version {charter.number}",
        "header_icon": "doc-full",
    }
    return render(request, "label/admin/publish_charter.html", context)
