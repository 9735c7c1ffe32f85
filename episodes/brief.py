"""The brief: what the person asked for. Its digest is the episode's identity."""

import re
from typing import Literal

from pydantic import Field

from episodes.format import FORMATS, Format, FormatName
from episodes.value import Value, digest, seed_from

Tone = Literal["comedy", "tense", "deadpan"]
Mode = Literal["scene", "recap"]
"""scene: a new story in the manner of the sources; recap: the sources' own event, told again in their order."""


class SourceRef(Value):
    """One thing the person pointed at with `--source`."""

    name: str
    """What the person typed, without folders: a file name, or an address without what may be a key. Untrusted text."""
    digest: str
    """SHA-256 of a file's bytes; of the address itself for an address."""
    path: str | None = None
    """Absolute path of a local file, or a whole address. Left out of the identity, so that a moved file is the same
    source."""

    @property
    def address(self) -> str | None:
        """The address of a link; None for a file."""
        return self.path if self.path and self.path.startswith(("http://", "https://")) else None


class Direction(Value):
    """What a season wants of one of its episodes."""

    premise: str
    """The season's."""
    turn: str = ""
    """What the call turns out to be."""
    arc: str = ""
    """What the season's story does in it."""
    gags: tuple[str, ...] = ()
    """Running gags that are due in it."""
    ending: tuple[str, ...] = Field(default=(), exclude_if=lambda gags: not gags)
    """Those of them that are seen for the last time in it, and so want paying off."""
    beat: str = Field(default="", exclude_if=lambda beat: not beat)
    """Name of the step of the season's story, where its planner knows one by name: `exam-2`."""
    wants: tuple[tuple[str, str], ...] = ()
    """Name of a regular, and what they want all season."""


def gag_topic(gag: str) -> str:
    """Return the topic by which a season's running gag is planted and paid: `gag-coffee-machine-makes-soup`."""
    words = [word for word in re.findall(r"[a-z0-9]+", gag.lower()) if word not in _SMALL_WORDS]
    return "-".join(("gag", *words[:4]))


_SMALL_WORDS = frozenset(("a", "an", "the", "of", "that", "which", "who", "to", "in", "on", "at", "and", "is", "only"))


class Brief(Value):
    """The person's wish. Two equal briefs are one episode."""

    theme: str
    sources: tuple[SourceRef, ...] = ()
    minutes: float = 1.5
    """Wanted running time in minutes; the film keeps within a fifth of it."""
    show: str = "Night Shift"
    title: str | None = None
    """The person's own title; without it the writer finds one."""
    tone: Tone = "comedy"
    mode: Mode = "scene"
    drift: float = Field(default=0.4, ge=0, le=1)
    """0 keeps close to the sources and to what could happen; 1 is a dream."""
    language: str = "en"
    """Language tag of the captions and voices."""
    format_name: FormatName = "wide"
    seed: int | None = None
    """The person's own seed; without it one is derived from the rest of the brief."""
    edition: int = 1
    """`--again` makes edition 2, 3 … of the same wish."""
    direction: Direction | None = Field(default=None, exclude_if=lambda direction: direction is None)
    """What the season wants of it; None for an episode by itself."""

    @property
    def format(self) -> Format:
        """The picture format by its name."""
        return FORMATS[self.format_name]

    @property
    def identity(self) -> str:
        """SHA-256 of the wish, without the places where its files happen to lie."""
        sources = tuple(source.model_copy(update={"path": None}) for source in self.sources)
        return digest(self.model_copy(update={"sources": sources}))

    @property
    def effective_seed(self) -> int:
        """The seed that all chance in this episode comes from."""
        return seed_from(self.identity) if self.seed is None else self.seed
