"""A plan: a frame, a game, a running gag, and a storylet with its words for each place in the shape."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from agents.writer.storylets import Frame, Game, Spoken, Storylet
from episodes.brief import Tone
from episodes.cast import SetName
from episodes.episode import estimate_seconds
from episodes.script import ON_AIR
from episodes.value import Value

PUNCH_PAUSE = Fraction(11, 20)
AIR_PAUSE = Fraction(3, 10)
TALK_PAUSE = Fraction(1, 4)
"""Seconds held after a punch line, a transmission, any other line."""

ORDER = (
    "cold_open", "call", "acknowledge", "past", "past2", "gag", "gag2", "arrive", "plant", "witness", "heighten1",
    "heighten2", "callback", "heighten3", "stand_off", "turn", "setback", "debrief", "aside", "arc", "tag",
)  # fmt: skip
"""Places in the shape, in the order of playing; the acts of a long film come before the stand-off. Only a season, or a
show with a past, has `past`, `gag`, `setback` and `arc`."""
LATE = ("stand_off", "turn", "setback", "debrief", "aside", "arc", "tag")
SCENES: tuple[tuple[str, ...], ...] = (
    ("cold_open",),
    ("call", "acknowledge", "past", "past2", "gag", "gag2"),
    ("arrive", "plant", "witness", "heighten1", "heighten2", "callback", "heighten3"),
    ("stand_off", "turn", "setback"),
    ("debrief", "aside", "arc"),
    ("tag",),
)
"""Which places play in one scene."""


@lru_cache(maxsize=32_768)
def spoken_seconds(text: str) -> float:
    """Return the estimated length of a line in seconds; remembered, for plans share most of their lines."""
    return float(estimate_seconds(text))


def pause_after(line: Spoken) -> Fraction:
    """Return the silence after a line, in seconds."""
    if line.punch:
        return PUNCH_PAUSE
    return AIR_PAUSE if line.channel in ON_AIR else TALK_PAUSE


class Chosen(Value):
    """A storylet in its place, with the words that are said."""

    storylet: Storylet
    said: tuple[str, ...]
    """One text a line; empty where a line was left out."""

    @property
    def seconds(self) -> float:
        """Estimated length of its lines with the pauses after them."""
        return sum(spoken_seconds(text) + float(pause_after(line)) for line, text in self.pairs)

    @property
    def pairs(self) -> list[tuple[Spoken, str]]:
        """The lines that are said, with their words; one that was left out has none."""
        return [(line, text) for line, text in zip(self.storylet.lines, self.said, strict=True) if text]


class Act(Value):
    """What plays at one further place of a long film."""

    game: Game
    chosen: tuple[Chosen, ...]


class Plan(Value):
    """A whole story, in storylets."""

    frame: Frame
    game: Game
    chosen: dict[str, Chosen]
    """By place in the shape: `cold_open`, `heighten2` …"""
    acts: tuple[Act, ...] = ()
    score: float = 0.0

    @property
    def all_chosen(self) -> tuple[Chosen, ...]:
        """Every storylet in the order of playing."""
        early = [key for key in ORDER if key in self.chosen and key not in LATE]
        late = [key for key in LATE if key in self.chosen]
        middle = tuple(chosen for act in self.acts for chosen in act.chosen)
        return (*(self.chosen[key] for key in early), *middle, *(self.chosen[key] for key in late))

    @property
    def seconds(self) -> float:
        """Estimated length of all lines with pauses."""
        return sum(chosen.seconds for chosen in self.all_chosen)


class Wish(Value):
    """What a plan has to serve."""

    seconds: float
    """Wanted length of all lines with pauses."""
    tone: Tone
    drift: float = 0.4
    """0 keeps to what could happen and to the theme's own words; 1 is a dream."""
    setting: SetName
    used: tuple[str, ...] = ()
    """Storylets of earlier episodes, the latest last."""
    seed: int
    temperaments: dict[str, str]
    """By role."""
    stakes: Mapping[str, str] = {}
    """What each role wants, by role."""
    never: Mapping[str, str] = {}
    """What each role never says."""
    due: Mapping[str, Storylet] = {}
    """Storylets that must stand in their places, by place: what a season wants."""
