"""Who hears and who looks at the person's sources, and what is said when nobody could."""

from dataclasses import dataclass
from pathlib import Path

from episodes.errors import BackendDown, MediaBroken, RequestRejected, TransientToolError
from episodes.facts import PictureFacts
from tools.protocols import Readiness, ToolSettings
from tools.sources.looking import Eye, eye_of, frames_of, told
from tools.sources.speech import Ear, ear_of, listen, minutes_of
from tools.sources.texts import Sentence

FAILED = (BackendDown, MediaBroken, RequestRejected, TransientToolError)
"""What leaves a source unheard or unseen. A missing key or program is the person's to see to, and surfaces."""

_MOST_REFUSED = 3
"""Frames refused one after the other, after which the rest is not tried."""


@dataclass(frozen=True)
class Senses:
    """What the reader hears and sees with."""

    ear: Ear | None = None
    eye: Eye | None = None
    minutes: float = 30.0
    """Of each source that are heard."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who hears and looks: part of the reader's version, because others find other words."""
        return tuple(one.name for one in (self.ear, self.eye) if one)

    @property
    def outside(self) -> bool:
        """Whether anything of a source leaves this machine."""
        return any(one.outside for one in (self.ear, self.eye) if one)

    def readiness(self) -> Readiness:
        """Say whether both could work now."""
        found = [one.readiness() for one in (self.ear, self.eye) if one]
        said = [one.what for one in found if not one.ready] or [one.what for one in found]
        unused = ([] if self.ear else ["speech is not heard"]) + ([] if self.eye else ["pictures are not looked at"])
        told_too = f"Of the sources, {' and '.join(unused)}." if unused and all(one.ready for one in found) else ""
        return Readiness(all(one.ready for one in found), " ".join([*said, told_too]).strip())


def senses_of(settings: ToolSettings) -> Senses:
    """Return who hears and looks, by the table `[sources]`. Raises `BackendUnavailable`."""
    return Senses(ear_of(settings), eye_of(settings), minutes_of(settings))


def hear(name: str, path: Path, seconds: float, senses: Senses) -> tuple[tuple[Sentence, ...], bool, tuple[str, ...]]:
    """Return what is said in a source, whether it was heard, and what to tell the person."""
    if senses.ear is None:
        return (
            (),
            False,
            (f"{name!r} was not heard: nobody transcribes here, by wish or because nothing is installed.",),
        )
    try:
        said = listen(path, senses.ear, senses.minutes)
    except FAILED as error:
        return (), False, (f"{name!r} was not heard. {error}",)
    beyond = seconds > senses.minutes * 60 + 1
    short = (f"Of {name!r}, the first {senses.minutes:g} minutes were heard.",) if beyond else ()
    none = () if said else (f"In {name!r}, {senses.ear.name} heard nobody speak.",)
    return said, True, (*short, *none)


def see(name: str, path: Path, picture: PictureFacts, senses: Senses) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """Return what a source's picture shows, and what to tell the person; nothing when nobody looked."""
    if senses.eye is None:
        return (), (f"Nobody looked at the picture of {name!r}: only its cuts and colours are known.",)
    found: list[Sentence] = []
    refused: list[str] = []
    for frame in frames_of(path, picture):
        try:
            found += told(senses.eye.look(frame), frame.seconds)
        except FAILED as error:
            refused.append(str(error))
            if len(refused) >= _MOST_REFUSED and not found:
                break
    reason = (f"Some of {name!r} was not seen. {refused[0]}",) if refused else ()
    if not found:
        why = refused[0] if refused else "No frame of it shows anything."
        return (), (f"The picture of {name!r} was not seen. {why}",)
    return _once(found), reason


def _once(found: list[Sentence]) -> tuple[Sentence, ...]:
    """Return each statement at the first second that it is seen."""
    return tuple({sentence.text.casefold(): sentence for sentence in reversed(found)}.values())[::-1]
