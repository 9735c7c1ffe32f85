"""Reads Fountain: our own, and what a person has made of it."""

import re

from episodes.screenplay import (
    HEADING,
    FountainAction,
    FountainElement,
    FountainLine,
    FountainScene,
    FountainScript,
)
from episodes.script import Channel
from tools.exports.fountain import EXTENSIONS
from tools.exports.fountain_text import unescaped

# No note holds the beginning of another: so brackets that nobody closes are passed over once and not once each.
_NOTE = re.compile(r"(?<!\\)\[\[((?:[^\[\]]|\[(?!\[)|\](?!\]))*)\]\]")
_ID = re.compile(r"[A-Za-z]+\d+(-[A-Za-z]+\d*)+")
_NUMBER = re.compile(r"\s*#([\w.-]+)#\s*$")
_CUE = re.compile(r"@?(?P<name>[^(^]+?)\s*(?P<extensions>(?:\([^)]*\)\s*)*)\^?")
_TITLE = re.compile(r"([A-Za-z0-9 ]{1,40}?)\s{0,8}:\s*(.*)")
_KEPT = ("title", "credit", "source", "show", "notes")
_CHANNELS: dict[str, Channel] = {name: channel for channel, name in EXTENSIONS.items() if name} | {
    "VO": "voice_over", "V.O": "voice_over", "O.S.": "spoken", "OS": "spoken", "O.C.": "spoken", "OC": "spoken",
    "PHONE V.O.": "phone", "ON PHONE": "phone", "INTO PHONE": "phone", "ON RADIO": "radio", "INTO RADIO": "radio",
    "PA": "pa", "P.A.": "pa", "LOUDHAILER": "pa", "MEGAPHONE": "pa", "BULLHORN": "pa",
}  # fmt: skip
_GOES_ON = re.compile(r"CONT['’]?D?\.?|CONTINUED|MORE", re.IGNORECASE)
"""What writing programs put behind a name by themselves."""


def read(text: str) -> FountainScript:
    """Return the title page and the scenes of a Fountain text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    blocks = _blocks(_without_boneyard(text))
    title: dict[str, str] = {}
    if blocks and _TITLE.match(blocks[0]) and not HEADING.match(blocks[0]):
        title = _title_page(blocks.pop(0))
    scenes: list[FountainScene] = []
    for block in blocks:
        _add(block.strip("\n"), scenes)
    return FountainScript(
        title=title.get("title", ""), show=title.get("show", ""), episode=title.get("source", ""),
        logline=title.get("notes", ""), scenes=tuple(scenes),
        passed_over=tuple(f"{key.capitalize()}: {value}" for key, value in title.items() if key not in _KEPT and value),
    )  # fmt: skip


def _without_boneyard(text: str) -> str:
    """Return a text without what stands between `/*` and `*/`."""
    kept, at = [], 0
    for opening in re.finditer(r"(?<!\\)/\*", text):
        if opening.start() < at:
            continue
        closing = text.find("*/", opening.end())
        if closing < 0:
            break
        kept.append(text[at : opening.start()])
        at = closing + 2
    return "".join((*kept, text[at:]))


def _blocks(text: str) -> list[str]:
    """Return the paragraphs; a line of two spaces within a speech does not end it."""
    parts = re.split(r"\n([ \t]*)\n", text)
    blocks = [parts[0]]
    for gap, block in zip(parts[1::2], parts[2::2], strict=True):
        first = blocks[-1].strip("\n").split("\n")
        if gap.startswith("  ") and len(first) > 1 and _is_cue(first[0].strip()) and block.strip():
            blocks[-1] += "\n" + block
        else:
            blocks.append(block)
    return [block for block in blocks if block.strip()]


def _title_page(block: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    key = ""
    for line in block.split("\n"):
        match = _TITLE.match(line)
        if match and not line[0].isspace():
            key = match[1].lower()
            entries[key] = unescaped(match[2])
        else:
            entries[key] = f"{entries.get(key, '')} {unescaped(line)}".strip()
    return entries


def _add(block: str, scenes: list[FountainScene]) -> None:
    """Add what one block of lines says to the scenes read so far."""
    lines = block.split("\n")
    first = lines[0].strip()
    if HEADING.match(first) or re.match(r"\.[^.]", first):
        scenes.append(_heading(first))
        if len(lines) > 1:
            _add("\n".join(lines[1:]), scenes)
        return
    if not scenes:
        scenes.append(FountainScene(id="", heading=""))
    scene = scenes[-1]
    if re.match(r"=(?!=)", first):
        _, title, notes = _parted(first[1:])
        update: dict[str, object] = {"title": unescaped(title), "notes": (*scene.notes, *notes)}
        scenes[-1] = scene.model_copy(update=update)
        if len(lines) > 1:
            _add("\n".join(lines[1:]), scenes)
    else:
        scenes[-1] = _with_element(lines, scene)


def _heading(line: str) -> FountainScene:
    _, line, notes = _parted(" ".join(line.split()))
    number = _NUMBER.search(line)
    text = line[: number.start()] if number else line
    return FountainScene(id=number[1] if number else "", heading=unescaped(text.removeprefix(".")), notes=tuple(notes))


def _with_element(lines: list[str], scene: FountainScene) -> FountainScene:
    """Return the scene with the speech or action of a block, or with what else it is among what is passed over."""
    first = lines[0].strip()
    if len(lines) > 1 and (first.startswith("@") or _is_cue(first)):
        speech, asides = _speech(first, lines[1:])
        return _and(scene, speech, asides)
    if re.match(r"#|={3,}|>(?!.*<$)", first) or re.fullmatch(r"[A-Z ]+TO:", first):
        return scene.model_copy(update={"passed_over": (*scene.passed_over, first[:60])})
    if re.fullmatch(r">.*<", first):
        lines = [line.strip().removeprefix(">").removesuffix("<").strip() for line in lines]
    name, text, notes = _parted("\n".join(re.sub(r"^[!~]", "", line.strip()) for line in lines))
    if text:
        return _and(scene, FountainAction(id=name, text=unescaped(text), notes=tuple(notes)), [])
    if scene.elements:
        # A note that stands by itself belongs to what it stands behind.
        last = scene.elements[-1]
        return scene.model_copy(
            update={"elements": (*scene.elements[:-1], last.model_copy(update={"notes": (*last.notes, *notes)}))}
        )
    return scene.model_copy(update={"notes": (*scene.notes, *notes)})


def _and(scene: FountainScene, element: FountainElement, asides: list[str]) -> FountainScene:
    update = {"elements": (*scene.elements, element), "passed_over": (*scene.passed_over, *asides)}
    return scene.model_copy(update=update)


def _is_cue(line: str) -> bool:
    if not line:
        return False
    name = _NOTE.sub("", line).split("(")[0]
    return line[0] != "!" and any(letter.isalpha() for letter in name) and name == name.upper()


def _speech(cue: str, lines: list[str]) -> tuple[FountainLine, list[str]]:
    """Return a speech, and what stands in it that nobody says."""
    _, plain, above = _parted(" ".join(cue.split()))
    match = _CUE.fullmatch(plain)
    said = re.findall(r"\(([^)]*)\)", match["extensions"]) if match else []
    extensions = [one.strip().upper() for one in said if one.strip() and not _GOES_ON.fullmatch(one.strip())]
    asides = ["^ (two people at once)"] if plain.endswith("^") else []
    delivery = "calm"
    words: list[str] = []
    for line in lines:
        if re.fullmatch(r"\(.*\)", line.strip()):
            if words:
                asides.append(line.strip())
            else:
                delivery = line.strip()[1:-1].strip()
        else:
            words.append(line.strip())
    name, text, notes = _parted("\n".join(words))
    channel = next((_CHANNELS[one] for one in extensions if one in _CHANNELS), "spoken")
    return FountainLine(
        id=name, cue=(match["name"] if match else plain).lstrip("@").strip(), channel=channel,
        delivery=delivery, text=unescaped(text), notes=(*above, *notes),
        extension=next((one for one in extensions if one not in _CHANNELS), ""),
    ), asides  # fmt: skip


def _parted(text: str) -> tuple[str, str, list[str]]:
    """Return the id in a text's notes, the text without notes, and the notes that hold no id."""
    found = [" ".join(note.split()) for note in _NOTE.findall(text)]
    ids = [note for note in found if _ID.fullmatch(note)]
    return (ids[-1] if ids else ""), _NOTE.sub("", text).strip(), [n for n in found if n and not _ID.fullmatch(n)]
