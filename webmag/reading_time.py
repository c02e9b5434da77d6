"""How long an article takes to read."""

import re
from math import ceil

# Adults read French prose silently at about this rate: Brysbaert, "How many words do we read per
# minute?", Journal of Memory and Language 109 (2019), gives 195 words a minute for French.
WORDS_A_MINUTE = 195
WORD = re.compile(r"\w[\w’'-]*")


def minutes(body):
    """Whole minutes, at least 1, for a StreamField value."""
    return max(1, ceil(words(body) / WORDS_A_MINUTE))


def words(body):
    """How many words there are in all the texts of a StreamField value."""
    return sum(len(WORD.findall(text)) for text in texts(body))


def texts(body):
    """All the texts of a StreamField value, in order, without markup."""
    return [
        text for block in body for text in block.block.get_searchable_content(block.value) if text
    ]
