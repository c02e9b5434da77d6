"""The one door to the outside: whatever asks an address that a person gave goes through `fetch`.

target.py reads the address, names.py asks whose it is, wire.py connects to what was checked and
to nothing else, answer.py takes at most so much, door.py follows the redirects.
docs/decisions/0026 says why each limit is so.
"""

from home.fetch.answer import Fetched
from home.fetch.door import fetch
from home.fetch.errors import FetchError, Refused, TooLarge, TooSlow, Unreachable

__all__ = ["FetchError", "Fetched", "Refused", "TooLarge", "TooSlow", "Unreachable", "fetch"]
