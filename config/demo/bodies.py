"""The text of a demo article: blocks as the JSON names them, with the objects they show."""

from typing import NamedTuple


class Shelf(NamedTuple):
    """What articles may show, by the names that the JSON uses; photos may be missing."""

    photos: dict
    listings: dict
    files: dict


def body(rows, shelf):
    """Return [(kind, value)] as a body takes it."""
    return [
        (row["type"], rich(row["value"]) if row["type"] == "text" else shown(row["value"], shelf))
        for row in rows
    ]


def rich(paragraphs):
    """Turn paragraphs into rich text; a list among them becomes a list."""
    return "".join(
        f"<p>{part}</p>"
        if isinstance(part, str)
        else "<ul>" + "".join(f"<li>{line}</li>" for line in part) + "</ul>"
        for part in paragraphs
    )


def shown(value, shelf):
    """A block's value with photos, listings and files in the place of their names."""
    if isinstance(value, list):
        return [shown(one, shelf) for one in value]
    if isinstance(value, dict):
        return {name: field(name, one, shelf) for name, one in value.items()}
    return value


def field(name, value, shelf):
    """One field of a block; what it holds follows from its name."""
    if name == "photo":
        return shelf.photos.get(value)
    if name == "listing":
        return shelf.listings[value]
    if name == "listings":
        return [shelf.listings[slug] for slug in value]
    if name == "file":
        return shelf.files[value]
    if name == "answer":
        return rich(value)
    return shown(value, shelf)
