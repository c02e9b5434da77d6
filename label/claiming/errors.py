"""Why something cannot be done with a claim; `str()` of each is a sentence for who asked."""


class ClaimError(Exception):
    """It cannot be done, and nothing was."""


class TooLate(ClaimError):
    """The claim is no longer in the state in which this person saw it."""


class ToTheManager(ClaimError):
    """Somebody looks after the listing: they are asked first, and a volunteer decides later."""
