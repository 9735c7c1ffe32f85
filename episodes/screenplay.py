"""A screenplay as it is printed: headings, action and speeches with their ids, of an episode or as a person left it.

How it is spelled in Fountain is the business of `tools/exports/fountain.py`.
"""

import re
import unicodedata

from episodes.episode import Episode
from episodes.script import Beat, Channel, Line, Scene
from episodes.value import Value

HEADING = re.compile(r"(INT|EXT|EST|INT\.?/EXT|I/E)[. ]|FADE IN:", re.IGNORECASE)
"""What makes a line a scene heading."""

_PLAIN_CUE = re.compile(r"[A-Z][A-Z0-9 .'’-]*")


class FountainAction(Value):
    """A paragraph of action."""

    id: str
    """Beat id, `<beat>-gag` for its picture gag; empty when a person wrote it."""
    text: str
    notes: tuple[str, ...] = ()
    """What the person wrote into notes of their own."""


class FountainLine(Value):
    """One speech."""

    id: str
    """Line id; empty when a person wrote it."""
    cue: str
    """The name over it, as printed."""
    channel: Channel
    delivery: str
    """What stands in its parenthetical; `calm` when nothing does."""
    text: str
    extension: str = ""
    """What stands in brackets behind the name and is no channel that is known."""
    notes: tuple[str, ...] = ()
    """What the person wrote into notes of their own."""


FountainElement = FountainAction | FountainLine


class FountainScene(Value):
    """One scene in order of its elements."""

    id: str
    heading: str
    title: str = ""
    elements: tuple[FountainElement, ...] = ()
    notes: tuple[str, ...] = ()
    """Notes of the person's that stand before its first element."""
    passed_over: tuple[str, ...] = ()
    """What an episode has no place for: transitions, sections, page breaks, asides within a speech."""

    @property
    def lines(self) -> tuple[FountainLine, ...]:
        """The speeches in order."""
        return tuple(element for element in self.elements if isinstance(element, FountainLine))


class FountainScript(Value):
    """A screenplay as Fountain holds it."""

    title: str
    show: str = ""
    episode: str = ""
    logline: str = ""
    scenes: tuple[FountainScene, ...] = ()
    passed_over: tuple[str, ...] = ()
    """Entries of the title page that an episode has no place for."""


def outline(episode: Episode) -> FountainScript:
    """Return what of an episode goes into Fountain: white space is made single, control characters are gone."""
    script = episode.the_script
    return FountainScript(
        title=one_line(script.title) or "Untitled",
        show=one_line(episode.brief.show),
        episode=f"S{episode.season:02}E{episode.number:02}",
        logline=one_line(script.logline),
        scenes=tuple(_scene(scene, episode) for scene in script.scenes),
    )


def _scene(scene: Scene, episode: Episode) -> FountainScene:
    place = episode.the_world.place(scene.place)
    inside = "INT." if place.interior else "EXT."
    return FountainScene(
        id=scene.id,
        heading=f"{inside} {one_line(place.name) or place.id} - {scene.light}".upper(),
        title=one_line(scene.title),
        elements=tuple(element for beat in scene.beats for element in _beat(beat, episode)),
    )


def _beat(beat: Beat, episode: Episode) -> list[FountainElement]:
    texts = ((beat.id, one_line(beat.action)), (f"{beat.id}-gag", one_line(beat.picture_gag)))
    actions = [FountainAction(id=name, text=text) for name, text in texts if text]
    return [*actions, *(_line(line, episode) for line in beat.lines)]


def _line(line: Line, episode: Episode) -> FountainLine:
    name = episode.the_world.character(line.speaker).short_name
    return FountainLine(
        id=line.id, cue=cue_name(name), channel=line.channel, delivery=line.delivery, text=one_line(line.text)
    )


def one_line(text: str) -> str:
    """Return a text in one line with single spaces, without control characters; half characters become U+FFFD."""
    spaced = " ".join(text.split())
    kept = (letter for letter in spaced if unicodedata.category(letter) != "Cc")
    return " ".join("".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in kept).split())


def cue_name(name: str, force: bool = True) -> str:
    """Return a name as it stands over a speech: in capitals where that changes no letter beyond its case.

    A name of other letters stays as it is and must be forced with `@`; with `force` off it comes back empty.
    """
    plain = " ".join(re.sub(r"[\[\]\\*_/#^()@]", " ", one_line(name)).split())
    upper = plain.upper()
    if _PLAIN_CUE.fullmatch(upper) and not HEADING.match(upper):
        return upper
    return (plain or "SOMEBODY") if force else ""
