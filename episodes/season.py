"""A season: the wish for it, and what its planner makes of it, episode by episode."""

from typing import Literal

from pydantic import Field

from episodes.brief import Brief, Direction, SourceRef, Tone
from episodes.cast import Role
from episodes.format import FormatName
from episodes.value import Value, digest

MOST_EPISODES = 26
"""Episodes of one season; half a year of weekly ones."""


class SeasonBrief(Value):
    """The person's wish for a season."""

    theme: str
    """What the season is about; its episodes' calls come from it."""
    show: str = "Night Shift"
    season: int = 1
    episodes: int = Field(default=6, ge=1, le=MOST_EPISODES)
    minutes: float = 1.5
    """Wanted running time of each episode."""
    tone: Tone = "comedy"
    language: str = "en"
    format_name: FormatName = "wide"
    seed: int | None = None
    sources: tuple[SourceRef, ...] = ()

    @property
    def identity(self) -> str:
        """SHA-256 of the wish, without the places where its files happen to lie."""
        sources = tuple(source.model_copy(update={"path": None}) for source in self.sources)
        return digest(self.model_copy(update={"sources": sources}))


class SeasonMember(Value):
    """A regular, as the season needs them."""

    name: str
    """Full name with rank or title: `Sergeant Ruth Okafor`."""
    role: Role
    want: str
    """What they want all season and do not get."""
    flaw: str = ""


class RunningGag(Value):
    """Something small that comes back."""

    what: str
    """In a few words: `the coffee machine that only makes soup`."""
    episodes: tuple[int, ...]
    """Numbers of the episodes it is meant for."""
    origin: Literal["planned", "promoted"] = "planned"
    """`promoted`: it came back unplanned, and became a gag by that."""


class EpisodeOutline(Value):
    """One episode of the plan."""

    number: int
    call: str
    """What is called in, as a theme: `a raccoon has locked the sergeant out of her car`."""
    turn: str
    """What it turns out to be."""
    arc: str = ""
    """What the season's story does in it."""
    beat: str = Field(default="", exclude_if=lambda beat: not beat)
    """Name of that step of the season's story, where its planner knows it by one: `exam-2`."""
    title: str | None = None


class SeasonPlan(Value):
    """What the season planner answers."""

    premise: str
    cast: tuple[SeasonMember, ...]
    gags: tuple[RunningGag, ...]
    arc: str
    """The season's story, in one sentence."""
    episodes: tuple[EpisodeOutline, ...]

    def briefs(self, wish: SeasonBrief) -> tuple[Brief, ...]:
        """Return the brief of each episode, in order of broadcast; equal arguments always give the same."""
        return tuple(
            Brief(
                theme=outline.call,
                sources=wish.sources,
                minutes=wish.minutes,
                show=wish.show,
                title=outline.title,
                tone=wish.tone,
                language=wish.language,
                format_name=wish.format_name,
                seed=None if wish.seed is None else wish.seed + outline.number,
                direction=self._direction(outline),
            )
            for outline in self.episodes
        )

    def _direction(self, outline: EpisodeOutline) -> Direction:
        return Direction(
            premise=self.premise,
            turn=outline.turn,
            arc=outline.arc,
            gags=tuple(gag.what for gag in self.gags if outline.number in gag.episodes),
            ending=tuple(gag.what for gag in self.gags if outline.number == max(gag.episodes, default=0)),
            beat=outline.beat,
            wants=tuple((member.name, member.want) for member in self.cast),
        )
