"""A body as readers see it, in a fixed number of queries.

However many blocks there are: one query for all photos with their sizes, one for listings, one
for files, one for the pages and one for the files that texts link to; none for what is not there.
"""

from django.utils.html import format_html_join
from wagtail import blocks

from home.rich_text import CleanText, expand_together
from webmag.blocks import shelf


def prepared(body):
    """Return the blocks of a StreamField value, with everything loaded that they show."""
    with shelf.filled(body):
        found = list(body)
    expand_together([text for block in found for text in texts_in(block.value)])
    return found


def rendered(body, context=None):
    """Return the HTML of a body; each block finds its place in the text as `number`."""
    context = dict(context or {})
    return format_html_join(
        "\n",
        "{}",
        (
            (block.render(context | {"number": number}),)
            for number, block in enumerate(prepared(body), start=1)
        ),
    )


def kinds_in(body):
    """Which kinds of blocks there are: {"text", "gallery"}; asks for nothing."""
    return {child["type"] for child in body.raw_data}


def texts_in(value):
    """Every rich text within a block's value."""
    if isinstance(value, CleanText):
        yield value
    elif isinstance(value, blocks.StructValue):
        for child in value.values():
            yield from texts_in(child)
    elif isinstance(value, blocks.list_block.ListValue):
        for child in value:
            yield from texts_in(child)
