"""The blocks a plain page is made of."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from home.rich_text import TextBlock


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level."""

    class Meta:
        icon = "title"
        label = "Intertitre"
        template = "blocks/heading.html"


class PhotoBlock(blocks.StructBlock):
    """A photo with its legend; the credit comes from the photo itself."""

    photo = ImageChooserBlock(label="photo")
    caption = blocks.CharBlock(label="légende", required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Photo"
        template = "blocks/photo.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label="citation", max_length=1000)
    author = blocks.CharBlock(label="de qui", required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = "Citation"
        template = "blocks/quote.html"


PLAIN_BLOCKS = [
    ("heading", HeadingBlock(max_length=120)),
    ("text", TextBlock(max_length=20_000)),
    ("photo", PhotoBlock()),
    ("quote", QuoteBlock()),
]
