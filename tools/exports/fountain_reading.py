"""Reads Fountain: our own, and what a person has made of it."""

import re

from episodes.script import Channel
from tools.exports.fountain import EXTENSIONS, FountainAction, FountainLine, FountainScene, FountainScript
from tools.exports.fountain_text import HEADING, unescaped

_NOTE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_ID = re.compile(r"[A-Za-z]+\d+(-[A-Za-z]+\d*)+")
_NUMBER = re.compile(r"\s*#([\w.-]+)#\s*$")
_CUE = re.compile(r"@?(?P<name>[^(^]+?)\s*(?:\((?P<extension>[^)]*)\))*\s*\^?")
_TITLE = re.compile(r"([A-Za-z0-9 ]+?)\s*:\s*(.*)")
_CHANNELS: dict[str, Channel] = {name: channel for channel, name in EXTENSIONS.items() if name} | {
    "VO": "voice_over", "O.S.": "spoken", "PHONE V.O.": "phone",
    "PA": "pa", "P.A.": "pa", "LOUDHAILER": "pa", "MEGAPHONE": "pa", "BULLHORN": "pa",
}  # fmt: skip


def read(text: str) -> FountainScript:
    """Return the title page and the scenes of a Fountain text."""
    text = re.sub(r"(?<!\\)/\*.*?\*/", "", text.replace("\r\n", "\n").removeprefix("\ufeff"), flags=re.DOTALL)
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    title: dict[str, str] = {}
    if blocks and _TITLE.match(blocks[0]) and not HEADING.match(blocks[0]):
        title = _title_page(blocks.pop(0))
    scenes: list[FountainScene] = []
    for block in blocks:
        _add(block.strip("\n"), scenes)
    return FountainScript(
        title=title.get("title", ""), show=title.get("show", ""), episode=title.get("source", ""),
        logline=title.get("notes", ""), scenes=tuple(scenes),
    )  # fmt: skip


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
        scenes[-1] = scene.model_copy(update={"title": unescaped(first[1:])})
    elif (element := _element(lines)) is not None:
        scenes[-1] = scene.model_copy(update={"elements": (*scene.elements, element)})


def _heading(line: str) -> FountainScene:
    line = _NOTE.sub("", line).strip()
    number = _NUMBER.search(line)
    text = line[: number.start()] if number else line
    return FountainScene(id=number[1] if number else "", heading=unescaped(text.removeprefix(".")))


def _element(lines: list[str]) -> FountainAction | FountainLine | None:
    """Return the speech or action in a block; None for page breaks, sections and transitions."""
    first = lines[0].strip()
    if len(lines) > 1 and (first.startswith("@") or _is_cue(first)):
        return _speech(first, lines[1:])
    if re.match(r"#|={3,}|>(?!.*<$)", first) or re.fullmatch(r"[A-Z ]+TO:", first):
        return None
    name, text = _parted("\n".join(line.strip().removeprefix("!") for line in lines))
    return FountainAction(id=name, text=unescaped(text)) if text else None


def _is_cue(line: str) -> bool:
    name = line.split("(")[0]
    return line[0] != "!" and any(letter.isalpha() for letter in name) and name == name.upper()


def _speech(cue: str, lines: list[str]) -> FountainLine:
    match = _CUE.fullmatch(_NOTE.sub("", cue).strip())
    extension = (match["extension"] or "").strip().upper() if match else ""
    delivery = "calm"
    words: list[str] = []
    for line in lines:
        if re.fullmatch(r"\(.*\)", line.strip()) and not words:
            delivery = line.strip()[1:-1].strip()
        else:
            words.append(line.strip())
    name, text = _parted("\n".join(words))
    return FountainLine(
        id=name, cue=(match["name"] if match else cue).lstrip("@").strip(), channel=_CHANNELS.get(extension, "spoken"),
        delivery=delivery, text=unescaped(text),
    )  # fmt: skip


def _parted(text: str) -> tuple[str, str]:
    """Return the id in a text's notes, and the text without notes."""
    ids = [note for note in _NOTE.findall(text) if _ID.fullmatch(note)]
    return (ids[-1] if ids else ""), _NOTE.sub("", text).strip()
