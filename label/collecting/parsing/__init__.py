"""A source's answer into entries: pure, in bounded time, whatever was sent.

markup.py makes XML of anything that looks like it, feeds.py reads it; json_feed.py, mastodon.py and
bluesky.py each know one shape of JSON. Nothing here asks the network or the database.
"""

from label.collecting.parsing.answers import read
from label.collecting.parsing.errors import Unreadable

__all__ = ["Unreadable", "read"]
