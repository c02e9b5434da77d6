"""A StreamField whose blocks stay out of migrations (architecture.md, 2)."""

import json
import re

from wagtail.fields import StreamField

from home.rich_text import writable

# In JSON: control characters, and half characters or what may be pairs of them.
MAYBE_UNWRITABLE = re.compile(r"\\u(?:00[01]|007[fF]|[dD][89a-fA-F])|[\x7f\ud800-\udfff]")


class BodyField(StreamField):
    """A page's body.

    A block renamed or added is then no migration. The price: in a data migration a historical
    model sees no blocks, and `save()` there would empty the body; use `update()`.
    """

    def __init__(self, block_types=(), **kwargs):
        kwargs.pop("block_lookup", None)
        super().__init__(block_types or [], **kwargs)

    def to_python(self, value):
        """Read what is stored, whoever stored it: only what a page can be sent with."""
        if isinstance(value, str) and MAYBE_UNWRITABLE.search(value):
            try:
                value = json.dumps(json.loads(value, object_pairs_hook=_pairs))
            except json.JSONDecodeError:
                # Wagtail takes it for one text.
                value = writable(value)
        return super().to_python(value)

    def deconstruct(self):
        """Describe the field without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def _pairs(pairs):
    return {name: _writable(value) for name, value in pairs}


def _writable(value):
    if isinstance(value, list):
        return [_writable(item) for item in value]
    return writable(value) if isinstance(value, str) else value
