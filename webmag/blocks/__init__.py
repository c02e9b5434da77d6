"""The blocks an article is made of, in the order in which the editor offers them."""

from home.blocks import HeadingBlock, QuoteBlock
from home.rich_text import TextBlock
from webmag.blocks import examples
from webmag.blocks.embeds import EmbedBlock
from webmag.blocks.interviews import InterviewBlock
from webmag.blocks.listings import ListingBlock, MapBlock
from webmag.blocks.photos import GalleryBlock, ImageBlock
from webmag.blocks.practical import FileBlock, PracticalBlock
from webmag.blocks.recipes import RecipeBlock
from webmag.blocks.tables import TableBlock

WRITING, PICTURES, USEFUL = "Écrire", "Montrer", "Aider le lecteur"
MOST_BLOCKS = 200

ARTICLE_BLOCKS = [
    (
        "heading",
        HeadingBlock(
            max_length=120,
            group=WRITING,
            description="Le titre d’une partie de l’article.",
            preview_value=examples.HEADING,
        ),
    ),
    (
        "text",
        TextBlock(
            max_length=20_000,
            group=WRITING,
            description="Des paragraphes, des listes, des liens.",
            preview_value=examples.TEXT,
        ),
    ),
    (
        "quote",
        QuoteBlock(
            group=WRITING,
            description="Une phrase de quelqu’un, mise en avant.",
            preview_value=examples.QUOTE,
        ),
    ),
    ("interview", InterviewBlock(group=WRITING)),
    ("photo", ImageBlock(group=PICTURES)),
    ("gallery", GalleryBlock(group=PICTURES)),
    ("embed", EmbedBlock(group=PICTURES)),
    ("recipe", RecipeBlock(group=USEFUL)),
    ("practical", PracticalBlock(group=USEFUL)),
    ("listing", ListingBlock(group=USEFUL)),
    ("map", MapBlock(group=USEFUL)),
    ("table", TableBlock(group=USEFUL)),
    ("file", FileBlock(group=USEFUL)),
]
# Two maps would fight for the same place in the page.
BLOCK_COUNTS = {"map": {"max_num": 1}}

__all__ = ["ARTICLE_BLOCKS", "BLOCK_COUNTS", "MOST_BLOCKS"]
