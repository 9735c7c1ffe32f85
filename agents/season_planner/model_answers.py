"""What a model answers for the season planner: small flat types; code checks them and fills what is missing."""

from pydantic import Field

from agents.wording import SomeWords, Words
from episodes.season import MOST_EPISODES
from episodes.value import Value


class WantAnswer(Value):
    """What a regular wants."""

    name: SomeWords
    """As it was given."""
    want: SomeWords


class GagAnswer(Value):
    """A running gag."""

    what: SomeWords
    """In at most eight words: the coffee machine that only makes soup."""
    episodes: tuple[int, ...] = Field(default=(), max_length=MOST_EPISODES)


class EpisodeAnswer(Value):
    """One episode."""

    call: SomeWords
    """Who does what to what, where, in one sentence."""
    turn: Words = ""
    """What it turns out to be."""
    arc: Words = ""
    """What the season's story does in it."""


class SeasonAnswer(Value):
    """A season."""

    premise: SomeWords
    arc: SomeWords
    """The season's story, in one sentence."""
    wants: tuple[WantAnswer, ...] = Field(default=(), max_length=8)
    gags: tuple[GagAnswer, ...] = Field(default=(), max_length=4)
    episodes: tuple[EpisodeAnswer, ...] = Field(min_length=1, max_length=MOST_EPISODES)
