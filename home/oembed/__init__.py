"""oEmbed (https://oembed.com, 1.0): what other sites show when somebody pastes an address of ours.

Each room says with `things.offer` which of its addresses can be shown and how (`oembed.py` in
each); `answers` is /oembed, `frames` the small page that it leads to, below /embed/.
"""
