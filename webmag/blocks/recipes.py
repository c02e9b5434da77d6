"""A recipe: for the cook, and for search engines (https://schema.org/Recipe)."""

from django.conf import settings
from wagtail import blocks

from directory.structured_data import as_script
from webmag.blocks.photos import whole_picture
from webmag.blocks.shelf import PhotoChooser

LONGEST_MINUTES = 7 * 24 * 60
TIMES = [
    ("preparation", "Préparation", "prepTime"),
    ("resting", "Repos", None),
    ("cooking", "Cuisson", "cookTime"),
]


def minutes(label):
    """A field for a time."""
    return blocks.IntegerBlock(
        label=label, required=False, min_value=1, max_value=LONGEST_MINUTES, help_text="En minutes."
    )


class RecipeBlock(blocks.StructBlock):
    """What it takes, how it is made."""

    name = blocks.CharBlock(label="nom de la recette", max_length=120)
    serves = blocks.CharBlock(
        label="pour", max_length=60, required=False, help_text="« 4 personnes », « 12 biscuits »."
    )
    preparation = minutes("préparation")
    resting = minutes("repos")
    cooking = minutes("cuisson")
    photo = PhotoChooser(label="photo", required=False)
    ingredients = blocks.ListBlock(
        blocks.CharBlock(label="ingrédient", max_length=200),
        label="ingrédients",
        min_num=1,
        max_num=60,
    )
    steps = blocks.ListBlock(
        blocks.TextBlock(label="étape", max_length=1500, rows=2),
        label="étapes",
        min_num=1,
        max_num=40,
    )
    tip = blocks.TextBlock(label="conseil", max_length=600, required=False, rows=2)

    def get_context(self, value, parent_context=None):
        """Add the picture, the times in words, and the JSON-LD."""
        context = super().get_context(value, parent_context)
        picture = whole_picture(value["photo"])
        times = [(label, said(value[name])) for name, label, _ in TIMES if value[name]]
        data = recipe_data(value, picture)
        return context | {"picture": picture, "times": times, "json_ld": as_script(data)}

    class Meta:
        icon = "list-ol"
        label = "Recette"
        description = "Les ingrédients, les étapes, les temps ; les moteurs de recherche la lisent."
        template = "blocks/recipe.html"
        preview_value = {
            "name": "Pain de seigle du mercredi",
            "serves": "un pain d’un kilo",
            "preparation": 20,
            "resting": 720,
            "cooking": 50,
            "photo": None,
            "ingredients": ["500 g de farine de seigle", "350 g d’eau", "10 g de sel"],
            "steps": ["Mêler la farine, l’eau et le sel.", "Laisser lever une nuit.", "Cuire."],
            "tip": "Il est meilleur le lendemain.",
        }


def said(count):
    """Minutes in words: « 1 h 05 », « 45 min »."""
    hours, rest = divmod(count, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def iso_8601(count):
    """Minutes as a duration of ISO 8601: « PT1H5M »."""
    hours, rest = divmod(count, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def recipe_data(value, picture):
    """A recipe in schema.org's words, without what is not known."""
    total = sum(value[name] or 0 for name, _, _ in TIMES)
    data = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": value["name"],
        "recipeYield": value["serves"],
        **{term: iso_8601(value[name]) for name, _, term in TIMES if term and value[name]},
        "totalTime": iso_8601(total) if total else "",
        "image": [settings.SITE_URL + picture.src] if picture else [],
        "recipeIngredient": list(value["ingredients"]),
        "recipeInstructions": [{"@type": "HowToStep", "text": step} for step in value["steps"]],
    }
    return {name: content for name, content in data.items() if content}
