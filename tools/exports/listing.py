"""A season as others see it: what page, feed, poster and listings for players are written from."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Literal
from urllib.parse import quote

from episodes.cut import Chapter
from episodes.faces import Face
from episodes.value import Seconds, Value

AI_NOTICE = "AI-generated fiction. Nobody and nothing in it is real."
AI_NOTICE_WITH_FOOTAGE = "AI-generated fiction with real footage in between. The story is invented."


class ListedFile(Value):
    """A file that lies in the season's folder, or below it."""

    path: str
    """Relative to the season's folder, with `/` between folders."""
    bytes: int
    label: str = ""
    """What a person calls it: `Screenplay`."""

    @property
    def url(self) -> str:
        """The path as a relative URL: whatever a title holds, nothing in it is a query, a fragment or a scheme."""
        return quote(self.path)


class CastMember(Value):
    """Somebody who plays in an episode."""

    name: str
    role: str


class ListedEpisode(Value):
    """One episode as far as it is made."""

    identity: str
    """Digest of its brief: the same however often it is made again."""
    season: int
    number: int
    title: str = ""
    """Empty before there is a script."""
    logline: str = ""
    begun: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    """When it was first begun."""
    state: Literal["finished", "in_production", "broken"] = "in_production"
    """`broken`: its record can't be read."""
    seconds: Seconds = Fraction(0)
    """Running time."""
    width: int = 16
    height: int = 9
    language: str = "en"
    composite: bool = False
    """Whether the person's own footage is seen in it."""
    cast: tuple[CastMember, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    faces: tuple[Face, ...] = ()
    """Moments of the film at which somebody is near enough to be known."""
    film: ListedFile | None = None
    """The film; None where there is none (yet)."""
    play: ListedFile | None = None
    """The radio play."""
    teaser: ListedFile | None = None
    thumb: ListedFile | None = None
    srt: ListedFile | None = None
    vtt: ListedFile | None = None
    play_vtt: ListedFile | None = None
    captions: str = ""
    """The text of `vtt`, for pages that may not open a file beside them."""
    documents: tuple[ListedFile, ...] = ()
    """Screenplay, lists and edits."""

    @property
    def code(self) -> str:
        """`S01E02`."""
        return f"S{self.season:02}E{self.number:02}"

    @property
    def name(self) -> str:
        """The title, or what stands for one."""
        return self.title or f"Episode {self.number}"

    @property
    def notice(self) -> str:
        """What must be said of how it was made."""
        return AI_NOTICE_WITH_FOOTAGE if self.composite else AI_NOTICE


class ListedSeason(Value):
    """A season of a show."""

    show: str
    year: int
    season: int
    agency: str = ""
    """Whom the officers work for."""
    look: str = "night_blue"
    premise: str = ""
    """What a planned season is about; empty where nobody planned one."""
    episodes: tuple[ListedEpisode, ...] = ()
    """In order of their numbers."""

    @property
    def finished(self) -> tuple[ListedEpisode, ...]:
        """The episodes that can be seen or heard."""
        return tuple(episode for episode in self.episodes if episode.state == "finished")

    @property
    def plot(self) -> str:
        """What the season is about, or what the show is, in two sentences."""
        if self.premise:
            return self.premise
        place = f" {self.agency}, at night." if self.agency else ""
        return f"The law is serious, the world is not.{place}"

    @property
    def cast(self) -> tuple[CastMember, ...]:
        """Whoever plays in it, those in most episodes first."""
        seen = [member for episode in self.episodes for member in episode.cast]
        return tuple(sorted(dict.fromkeys(seen), key=lambda member: -seen.count(member)))
