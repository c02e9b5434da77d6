"""The smaller lists of the directory: categories, tags, removed listings."""

from django.db.models import Count
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView

from directory.admin.keepers import KeptViewSet
from directory.models import Category, Tombstone
from home.models import Tag


class NoButtonsIndexView(IndexView):
    """A list whose rows open by their name."""

    def get_list_buttons(self, instance):
        """None."""
        return []


class CategoryViewSet(KeptViewSet):
    """« Catégories » : families and trades."""

    model = Category
    icon = "folder-open-inverse"
    menu_label = "Catégories"
    menu_name = "categories"
    base_url_path = "annuaire/categories"
    index_view_class = NoButtonsIndexView
    search_fields = ["name", "synonyms"]
    search_backend_name = None
    list_per_page = 100
    ordering = ["order", "name"]
    inspect_view_enabled = True
    list_display = [
        "name",
        Column("parent", label="Famille"),
        Column("synonyms", label="Autres mots"),
        Column("listing_count", label="Fiches"),
    ]

    def get_queryset(self, request):
        """With how many listings each has."""
        return Category.objects.select_related("parent").annotate(listing_count=Count("listings"))


class TagViewSet(KeptViewSet):
    """« Étiquettes »."""

    model = Tag
    icon = "tag"
    menu_label = "Étiquettes"
    menu_name = "etiquettes"
    base_url_path = "annuaire/etiquettes"
    index_view_class = NoButtonsIndexView
    search_fields = ["name", "synonyms"]
    search_backend_name = None
    list_per_page = 100
    ordering = ["name"]
    list_display = ["name", Column("synonyms", label="Autres mots")]
    panels = [FieldPanel("name"), FieldPanel("synonyms")]


class ReadOnlyPolicy(ModelPermissionPolicy):
    """A list that is written by other pages only; whoever may undo a removal may delete."""

    def user_has_permission(self, user, action):
        """Nobody adds or changes by hand."""
        return action not in {"add", "change"} and super().user_has_permission(user, action)


class TombstoneViewSet(KeptViewSet):
    """« Fiches retirées »: deleting one lets imports bring the listing back."""

    model = Tombstone
    icon = "circle-xmark"
    menu_label = "Fiches retirées"
    menu_name = "retirees"
    base_url_path = "annuaire/retirees"
    search_fields = ["slug", "reason"]
    search_backend_name = None
    ordering = ["-removed_at"]
    inspect_view_enabled = True
    list_display = ["slug", DateColumn("removed_at", label="Retirée le"), "reason"]

    @property
    def permission_policy(self):
        """Read, or delete."""
        return ReadOnlyPolicy(self.model)
