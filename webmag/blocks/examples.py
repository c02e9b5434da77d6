"""What the editor shows of each block before somebody takes it."""

from django.apps import apps

from directory.models import Listing
from home.models import Photo

HEADING = "Au bout du chemin, le four"
TEXT = (
    "<p>Le mercredi, Odile pétrit avant l’aube. <b>Trois farines</b>, de l’eau, du sel : "
    "le reste est affaire de patience.</p><ul><li>pain de campagne</li><li>petit épeautre</li></ul>"
)
QUOTE = {"text": "On ne presse pas une pâte, on l’attend.", "author": "Odile, paysanne boulangère"}
CAPTION = "La fournée du mercredi"


def published_photos(count):
    """Photos that readers see on top of articles, as many as there are up to `count`.

    Not simply the last ones of the library: somebody else's draft may wait for them.
    """
    articles = apps.get_model("webmag", "Article").objects.public()
    shown = articles.exclude(main_image=None).values("main_image")
    return list(Photo.objects.filter(pk__in=shown).order_by("-pk")[:count])


def some_listings(count):
    """Published listings, as many as there are up to `count`."""
    return list(Listing.objects.public().trading().select_related("commune").order_by("pk")[:count])


def first(found):
    """The only one of a list that may be empty."""
    return found[0] if found else None
