"""What earlier episodes have left behind, as one episode finds it: who is hurt, who has which rank, what is gone."""

import re

from episodes.value import Value

HEALS_AFTER = 2
"""Episodes after its own in which an injury is still there; in the one after them it is over."""

_PARTS = (
    ("white wrist bandage", ("wrist", "hand", "thumb", "finger", "arm", "elbow", "shoulder", "knuckle")),
    ("white ankle bandage", ("ankle", "foot", "toe", "knee", "leg", "shin", "heel", "hip")),
    ("white head bandage", ("head", "ear", "brow", "forehead", "scalp", "neck")),
)
_SMALL = "small sticking plaster"
DRESSINGS = frozenset((*(garment for garment, _ in _PARTS), "sticking plaster", _SMALL))
"""Garments that are worn for an injury and go with it."""
DRESSING_COLOUR = "#f1ece0"


class Hurt(Value):
    """An injury from an earlier episode."""

    who: str
    """Character id."""
    injury: str
    """In the words of the effect: `sprained thumb`."""
    age: int = 1
    """Episodes since: 1 in the episode after its own."""

    @property
    def dressing(self) -> str:
        """The garment by which it is seen; a plaster when it is nearly over."""
        if self.age >= HEALS_AFTER:
            return _SMALL
        words = set(re.findall(r"[a-z]+", self.injury.lower()))
        return next((garment for garment, parts in _PARTS if words.intersection(parts)), "sticking plaster")


class Past(Value):
    """What an episode must take as given. It stands in its world, so that whoever plays the script starts from it."""

    injuries: tuple[Hurt, ...] = ()
    """Those that are not over yet."""
    ranks: tuple[tuple[str, str], ...] = ()
    """Character id and the title that an episode gave them."""
    lost_vehicles: tuple[str, ...] = ()
    """Ids of vehicles that were lost, stolen or sunk."""
    wrecked_vehicles: tuple[str, ...] = ()
    """Ids of vehicles that broke down for good."""
    knows: tuple[tuple[str, str], ...] = ()
    """Character id and topic."""
    promises: tuple[tuple[str, str], ...] = ()
    """Character id and topic of what was promised and is still to be kept."""
    topics: tuple[str, ...] = ()
    """What was planted and not paid yet."""

    def rank(self, who: str) -> str:
        """The title that the story gave somebody; empty when it gave none."""
        return dict(self.ranks).get(who, "")

    @property
    def undrivable(self) -> tuple[str, ...]:
        """Ids of vehicles that nobody can drive any more."""
        return (*self.lost_vehicles, *self.wrecked_vehicles)
