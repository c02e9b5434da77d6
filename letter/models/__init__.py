"""Followers, letters, what stands in them and who was handed one."""

from letter.models.deliveries import Delivery
from letter.models.followers import Bounce, Follower, Refusal
from letter.models.letters import Letter, LetterEvent, News
from letter.models.settings import LetterSettings

__all__ = [
    "Bounce",
    "Delivery",
    "Follower",
    "Letter",
    "LetterEvent",
    "LetterSettings",
    "News",
    "Refusal",
]
