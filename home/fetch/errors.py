"""Why an address could not be fetched; `str()` of each is a plain sentence for an operator."""


class FetchError(Exception):
    """Nothing came of it; the only exceptions that `fetch` raises are below."""


class Refused(FetchError):
    """The address, or one that it redirects to, is none that we ask."""


class Unreachable(FetchError):
    """Nobody there, a bad certificate, or an answer that is no HTTP."""


class TooLarge(FetchError):
    """More than we take, counted after decompression."""


class TooSlow(FetchError):
    """Not all there when the time was up."""
