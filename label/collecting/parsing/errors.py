"""Why an answer could not be read; its text is a plain sentence for whoever runs the site."""


class Unreadable(Exception):
    """What came is not what was asked for; the only exception of this package."""
