"""A StreamField whose blocks stay out of migrations (architecture.md, 2)."""

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A page's body.

    A block renamed or added is then no migration. The price: in a data migration a historical
    model sees no blocks, and `save()` there would empty the body; use `update()`.
    """

    def __init__(self, block_types=(), **kwargs):
        kwargs.pop("block_lookup", None)
        super().__init__(block_types or [], **kwargs)

    def deconstruct(self):
        """Describe the field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
