"""The screenplay as Fountain text, and back. Syntax: <https://fountain.io/syntax>.

Ids stand in notes behind each element (`[[S02-L03]]`) and as scene numbers (`#S02#`), so that a script that a person
has edited by hand can be compared with the episode line by line.
"""

from pathlib import Path

from episodes.episode import Episode
from episodes.script import Beat, Channel, Line, Scene
from episodes.value import Value
from episodes.whole_file import replace_file
from tools.exports.fountain_text import HEADING, cue_name, escaped, forced_action, one_line

EXTENSIONS: dict[Channel, str] = {
    "spoken": "", "radio": "RADIO", "dispatch": "DISPATCH", "phone": "PHONE", "voice_over": "V.O.",
    "pa": "LOUDSPEAKER",
}  # fmt: skip


class FountainAction(Value):
    """A paragraph of action."""

    id: str
    """Beat id, `<beat>-gag` for its picture gag; empty when a person wrote it."""
    text: str


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


class FountainScene(Value):
    """One scene in order of its elements."""

    id: str
    heading: str
    title: str = ""
    elements: tuple[FountainAction | FountainLine, ...] = ()

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


def write_fountain(episode: Episode, path: Path) -> None:
    """Write the episode's script. Raises `ValueError` when there is none, and `OutOfSpace`."""
    replace_file(path, fountain_text(outline(episode)).encode())


def read_fountain(text: str) -> FountainScript:
    """Return what stands in a Fountain text, also in one that was edited by hand; nothing in it is an error."""
    from tools.exports.fountain_reading import read

    return read(text)


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


def _beat(beat: Beat, episode: Episode) -> list[FountainAction | FountainLine]:
    texts = ((beat.id, one_line(beat.action)), (f"{beat.id}-gag", one_line(beat.picture_gag)))
    actions = [FountainAction(id=name, text=text) for name, text in texts if text]
    return [*actions, *(_line(line, episode) for line in beat.lines)]


def _line(line: Line, episode: Episode) -> FountainLine:
    name = episode.the_world.character(line.speaker).short_name
    return FountainLine(
        id=line.id, cue=cue_name(name), channel=line.channel, delivery=line.delivery, text=one_line(line.text)
    )


def fountain_text(script: FountainScript) -> str:
    """Return the script in Fountain's form."""
    title = {
        "Title": script.title, "Credit": f"An episode of {script.show}", "Source": script.episode,
        "Show": script.show, "Notes": script.logline,
    }  # fmt: skip
    page = "\n".join(f"{key}: {escaped(value)}" for key, value in title.items() if value)
    return "\n\n".join([page, *(_scene_text(scene) for scene in script.scenes)]) + "\n"


def _scene_text(scene: FountainScene) -> str:
    heading = escaped(scene.heading) if HEADING.match(scene.heading) else f".{escaped(scene.heading)}"
    parts = [f"{heading} #{scene.id}#"]
    if scene.title:
        parts.append(f"= {escaped(scene.title)}")
    return "\n\n".join([*parts, *(_element_text(element) for element in scene.elements)])


def _element_text(element: FountainAction | FountainLine) -> str:
    note = f" [[{element.id}]]" if element.id else ""
    if isinstance(element, FountainAction):
        return forced_action(element.text) + note
    extension = EXTENSIONS[element.channel]
    cue = element.cue + (f" ({extension})" if extension else "")
    lines = [cue if cue_name(element.cue, force=False) == element.cue else f"@{cue}"]
    if element.delivery != "calm":
        lines.append(f"({element.delivery})")
    return "\n".join([*lines, escaped(element.text, in_dialogue=True) + note])
