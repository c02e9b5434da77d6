"""What the blocks of one body show, loaded together.

Wagtail asks for photos and listings block type by block type. Here all of a body's are on one
shelf before its blocks are made, so that the number of queries does not grow with them; without a
shelf (in the editor) the choosers ask by themselves.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from directory.models import Listing
from home.models import Photo
from home.pictures import with_pictures

LARGEST_NUMBER = 2**63
LONGEST = len(str(LARGEST_NUMBER))
_shelf = ContextVar("photos, listings and files of the body being read", default=None)


class FromShelf:
    """A chooser that takes from the shelf when there is one; what is gone is None."""

    def bulk_to_python(self, values):
        """Return the objects behind these numbers, in their order."""
        numbers = [value if is_number(value) else None for value in values]
        shelf = _shelf.get()
        if shelf is None:
            return super().bulk_to_python(numbers)
        return [shelf[self.model_class].get(number) for number in numbers]

    def value_from_form(self, value):
        """What somebody sent: a number, or nothing that anybody chose."""
        if isinstance(value, str):
            value = int(value) if value.isdecimal() and len(value) < LONGEST else None
        return super().value_from_form(value)


class PhotoChooser(FromShelf, ImageChooserBlock):
    """A photo of the library."""


class ListingChooser(FromShelf, SnippetChooserBlock):
    """A listing of the directory."""

    def __init__(self, **kwargs):
        super().__init__("directory.Listing", **kwargs)


class FileChooser(FromShelf, DocumentChooserBlock):
    """A file of the library."""


@contextmanager
def filled(*bodies, size="whole", photos=()):
    """Load what the blocks of StreamField values show; within, the choosers find it.

    Photos come with the renditions of this size; `photos` are numbers of others to load with
    them. Yields what was loaded: {model: {number: object}}. Within a shelf that is filled already
    nothing is asked: who lists many bodies fills it for all.
    """
    if (already := _shelf.get()) is not None:
        yield already
        return
    wanted = defaultdict(set)
    wanted[Photo].update(photos)
    for body in bodies:
        for model, number in numbers_in(body.stream_block, list(body.raw_data)):
            wanted[model].add(number)
    found = loaded(wanted, size)
    token = _shelf.set(found)
    try:
        yield found
    finally:
        _shelf.reset(token)


def loaded(wanted, size="whole"):
    """Return {model: {number: object}}: a query for each model, none where nothing is wanted.

    Listings that visitors may not see are not there.
    """
    listings, files = wanted[Listing], wanted[get_document_model()]
    public = Listing.objects.public().select_related("commune")
    return {
        Photo: with_pictures(wanted[Photo], size),
        Listing: public.in_bulk(listings) if listings else {},
        get_document_model(): get_document_model().objects.in_bulk(files) if files else {},
    }


def numbers_in(block, raw):
    """Each (model, number) that a stored value refers to, whatever blocks it lies in."""
    if isinstance(block, FromShelf):
        if is_number(raw):
            yield block.model_class, raw
    elif isinstance(block, blocks.StreamBlock):
        for child in raw or ():
            if child["type"] in block.child_blocks:
                yield from numbers_in(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from numbers_in(child, (raw or {}).get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw or ():
            yield from numbers_in(block.child_block, bare(item))


def is_number(value):
    """Whether a stored value can be the number of a row at all."""
    return type(value) is int and 0 < value < LARGEST_NUMBER


def bare(item):
    """The value of a list's item, which Wagtail wraps."""
    return item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
