"""Why a file, or one of its rows, cannot be imported."""


class ImportRefused(Exception):
    """The whole file is refused; the message, in French, is for the operator."""


class RowRefused(Exception):
    """One row is refused and the others go on; the message says why, in French."""
