"""Photos in a text: one, or a row to leaf through."""

from dataclasses import replace

from wagtail import blocks

from home.pictures import picture
from webmag.blocks import examples
from webmag.blocks.shelf import PhotoChooser

FEWEST, MOST = 2, 24


def whole_picture(photo, words=""):
    """The whole photo as a `Picture`, None where it is gone; `words` say better what it shows."""
    if photo is None:
        return None
    made = picture(photo, "whole")
    return replace(made, alt=words) if words else made


class ImageBlock(blocks.StructBlock):
    """A photo with its legend; the credit comes from the photo itself."""

    photo = PhotoChooser(label="photo")
    caption = blocks.CharBlock(label="légende", required=False, max_length=300)
    alt = blocks.CharBlock(
        label="texte de remplacement",
        required=False,
        max_length=250,
        help_text="Ce que montre la photo, pour qui ne la voit pas. Vide : celui de la photo.",
    )

    def get_context(self, value, parent_context=None):
        """Add the picture."""
        context = super().get_context(value, parent_context)
        return context | {"picture": whole_picture(value["photo"], value.get("alt"))}

    def get_preview_value(self):
        """The newest photo."""
        photo = examples.first(examples.published_photos(1))
        return self.normalize({"photo": photo, "caption": examples.CAPTION})

    class Meta:
        icon = "image"
        label = "Photo"
        description = "Une photo entière, sa légende et son crédit."
        template = "blocks/image.html"


class SlideBlock(blocks.StructBlock):
    """One photo of a gallery."""

    photo = PhotoChooser(label="photo")
    caption = blocks.CharBlock(label="légende", required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Photo"


class GalleryBlock(blocks.StructBlock):
    """Several photos, side by side, to leaf through."""

    title = blocks.CharBlock(label="ce qu’on y voit", max_length=120)
    slides = blocks.ListBlock(SlideBlock(), label="photos", min_num=FEWEST, max_num=MOST)

    def get_context(self, value, parent_context=None):
        """Add the pictures that are still there: [(picture, caption)]."""
        pairs = [(whole_picture(one["photo"]), one["caption"]) for one in value["slides"]]
        context = super().get_context(value, parent_context)
        return context | {"pictures": [pair for pair in pairs if pair[0]]}

    def get_preview_value(self):
        """The newest photos."""
        slides = [
            {"photo": photo, "caption": examples.CAPTION} for photo in examples.published_photos(3)
        ]
        return self.normalize({"title": "Un matin au fournil", "slides": slides})

    class Meta:
        icon = "image"
        label = "Galerie"
        description = "Plusieurs photos à faire défiler."
        template = "blocks/gallery.html"
