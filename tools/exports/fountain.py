"""The screenplay as Fountain text, and back. Syntax: <https://fountain.io/syntax>.

Ids stand in notes behind each element (`[[S02-L03]]`) and as scene numbers (`#S02#`), so that a script that a person
has edited by hand can be compared with the episode line by line.
"""

from pathlib import Path

from episodes.episode import Episode
from episodes.screenplay import (
    HEADING,
    FountainAction,
    FountainLine,
    FountainScene,
    FountainScript,
    cue_name,
    outline,
)
from episodes.script import Channel
from episodes.whole_file import replace_file
from tools.exports.fountain_text import escaped, forced_action

__all__ = [
    "EXTENSIONS",
    "FountainAction",
    "FountainLine",
    "FountainScene",
    "FountainScript",
    "fountain_text",
    "outline",
    "read_fountain",
    "write_fountain",
]

EXTENSIONS: dict[Channel, str] = {
    "spoken": "", "radio": "RADIO", "dispatch": "DISPATCH", "phone": "PHONE", "voice_over": "V.O.",
    "pa": "LOUDSPEAKER",
}  # fmt: skip


def write_fountain(episode: Episode, path: Path) -> None:
    """Write the episode's script. Raises `ValueError` when there is none, and `OutOfSpace`."""
    replace_file(path, fountain_text(outline(episode)).encode())


def read_fountain(text: str) -> FountainScript:
    """Return what stands in a Fountain text, also in one that was edited by hand; nothing in it is an error."""
    from tools.exports.fountain_reading import read

    return read(text)


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
    parts = [f"{heading} #{scene.id}#" if scene.id else heading]
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
