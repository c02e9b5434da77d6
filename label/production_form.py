"""The form of a local-production page: trades by family, communes by typing."""

from wagtail.admin.forms import WagtailAdminPageForm

from directory.admin.communes import CommunesField
from directory.listing_form import CategoriesField
from directory.models import Category


class ProductionForm(WagtailAdminPageForm):
    """35,000 communes are no list to scroll through, and trades are looked up in their family."""

    categories = CategoriesField(
        Category.objects.all(),
        label="Métiers",
        required=False,
        help_text="Une famille vaut pour tous ses métiers.",
    )
    communes = CommunesField(
        label="Communes", required=False, help_text="Une par ligne ; vide : partout."
    )
