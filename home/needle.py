"""The needle of the mark: which rim of the jar lid it pierces, as the settings say."""

from dataclasses import dataclass

from django.db import models


class Rim(models.TextChoices):
    """Where the territory lies within what its people call their region."""

    NORTH = "N", "au nord"
    NORTH_EAST = "NE", "au nord-est"
    EAST = "E", "à l’est"
    SOUTH_EAST = "SE", "au sud-est"
    SOUTH = "S", "au sud"
    SOUTH_WEST = "SO", "au sud-ouest"
    WEST = "O", "à l’ouest"
    NORTH_WEST = "NO", "au nord-ouest"
    NONE = "-", "sans aiguille"


@dataclass(frozen=True)
class Needle:
    """How the mark is drawn: `turn` about the middle of the lid, `corner` of the view box."""

    turn: str = ""
    corner: str = "0 0"
    is_drawn: bool = True


# The drawing has its needle in the south; the lid has sixteen lobes, so that an eighth of a turn
# leaves its outline as it was. The corner makes room for a tip that leaves the box.
TURNS = {"SO": 45, "O": 90, "NO": 135, "N": 180, "NE": 225, "E": 270, "SE": 315}
CORNERS = {"O": "-1 0", "NO": "0 -1", "N": "0 -2", "NE": "0 -1", "E": "1 0"}


def needle(rim) -> Needle:
    """The needle that pierces this rim."""
    if rim == Rim.NONE:
        return Needle(is_drawn=False)
    turn = f"rotate({TURNS[rim]} 32 31)" if rim in TURNS else ""
    return Needle(turn, CORNERS.get(rim, "0 0"))
