"""What the researcher found in the sources: facts with their places, and nothing else of the source."""

import hashlib
import unicodedata
from typing import Literal

from pydantic import field_serializer

from episodes.value import Value

FactKind = Literal["event", "actor", "thing", "place", "time", "number", "quote", "reaction", "look", "sound"]

Sense = Literal["read", "heard", "seen"]
"""How a statement was taken from a source: it is written there, somebody says it, or the picture shows it."""


def name_digest(word: str) -> str:
    """Return a short digest of a name: enough to see that one has come up again, without repeating it."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c) and c not in "'’")
    return hashlib.sha256(f"name:{plain.casefold()}".encode()).hexdigest()[:16]


class FactPlace(Value):
    """Where in a source a fact stands."""

    source: str
    """Name of the source, as in `SourceRef.name`."""
    line: int | None = None
    """Line of a text, counted from 1."""
    seconds: float | None = None
    """Position in a sound or a picture."""


class Fact(Value):
    """One statement taken from a source, with all private names already replaced by fictional ones."""

    id: str
    """`F03`."""
    kind: FactKind
    text: str
    """A short statement, safe to repeat: names, plates, addresses and numbers of people are fictional."""
    place: FactPlace
    keywords: tuple[str, ...] = ()
    """Lower-case nouns and numbers that a line must share to count as a use of this fact."""


class PictureFacts(Value):
    """What was measured of a source video, to steer the look: never a frame of it."""

    source: str
    seconds: float
    width: int
    height: int
    cuts: tuple[float, ...] = ()
    """Seconds at which the picture cuts."""
    brightness: float
    """Mean luma, 0 to 1."""
    palette: tuple[str, ...] = ()
    """Leading colours as `#rrggbb`."""


class FactSheet(Value):
    """All that the rest of the production may know of the sources."""

    facts: tuple[Fact, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    unheard: tuple[str, ...] = ()
    """Names of sources with speech that nobody could transcribe; said openly, never guessed."""
    unseen: tuple[str, ...] = ()
    """Names of sources with a picture that nobody looked at: only its cuts and colours are known."""
    remarks: tuple[str, ...] = ()
    """Sentences for the person on how the sources were read, and why something was not."""
    shunned: frozenset[str] = frozenset()
    """Digests (`name_digest`) of the names that stand in the sources: nobody in the film may be called so by chance."""

    runs: str = ""
    """Digests of the sources' runs of words (`episodes.nearness`), by which a near-copy is told."""

    @field_serializer("shunned")
    def _in_order(self, shunned: frozenset[str]) -> list[str]:
        return sorted(shunned)
