"""What the person has written about their clips: a line beside each, a table for all, and by what right they are used.

It is the person's own word, and still only text: cleaned, shortened, compared and shown, and never anything more.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError, field_validator

from episodes.cast import SetName
from episodes.effects import Light, Weather
from episodes.errors import InputRefused
from episodes.shots import CameraOwner
from episodes.value import Seconds, Value

TABLES = ("footage.csv", "clips.csv", "footage.yaml", "clips.yaml", "footage.yml", "clips.yml")
"""Names of the table for a folder's clips; the first that is there is read."""
_LICENCES = ("licence", "license", "copying", "rights")
_MOST_BYTES = 1_000_000
_LONGEST = 200
"""Letters of a description or a licence line that are kept."""
_OTHER_NAMES = {
    "name": "file", "clip": "file", "words": "description", "text": "description", "owner": "camera",
    "license": "licence", "reversible": "reversed", "begin": "in", "start": "in", "end": "out", "place": "set",
}  # fmt: skip
_COLUMNS = "file, description, in, out, set, light, weather, camera, reversed, licence"


class ClipNotes(Value):
    """What is written about a clip, or about a stretch of one."""

    file: str = ""
    description: str = ""
    begin: Seconds = Field(default=Fraction(0), alias="in")
    end: Seconds | None = Field(default=None, alias="out")
    set: SetName | None = None
    light: Light | None = None
    weather: Weather | None = None
    camera: CameraOwner | None = None
    reversed: bool = False
    licence: str = ""

    @field_validator("begin", "end", mode="before")
    @classmethod
    def _clock(cls, value: object) -> object:
        """Take `1:02.5` for 62.5 seconds."""
        if isinstance(value, str) and re.fullmatch(r"(\d{1,2}:)?\d{1,2}:\d{1,2}(\.\d+)?", value.strip()):
            parts = [Fraction(part) for part in value.strip().split(":")]
            return sum((part * 60**power for power, part in enumerate(reversed(parts))), Fraction(0))
        return value

    @field_validator("set", "light", "weather", "camera", mode="before")
    @classmethod
    def _name(cls, value: object) -> object:
        """Take `Parking lot` for `parking_lot`."""
        return re.sub(r"[\s-]+", "_", value.strip().lower()) if isinstance(value, str) else value


class Notes(NamedTuple):
    """What is written about a folder's clips."""

    source: str
    """Name of the table; empty where there is none."""
    licence: str
    by_file: Mapping[str, tuple[ClipNotes, ...]]

    def of(self, path: Path) -> tuple[ClipNotes, ...]:
        """Return what is written about a file: its rows of the table, or the line beside it; else one empty note."""
        rows = self.by_file.get(path.name, ())
        beside = _beside(path)
        if not rows:
            return (beside,)
        kept = {"description": beside.description, "licence": beside.licence}
        return tuple(
            row.model_copy(update={k: v for k, v in kept.items() if v and not getattr(row, k)}) for row in rows
        )


def notes_in(folder: Path, paths: Iterable[Path]) -> Notes:
    """Return what the table of a folder says. Raises `InputRefused` naming the row that can't be used."""
    there = {path.name.lower(): path for path in paths}
    table = next((there[name] for name in TABLES if name in there), None)
    if table is None:
        return Notes("", "", {})
    licence, rows = _csv_rows(table) if table.suffix.lower() == ".csv" else _yaml_rows(table)
    by_file: dict[str, list[ClipNotes]] = {}
    for number, row in enumerate(rows, 1):
        notes = _note(row, f"Row {number} of {table.name!r} in the folder of footage")
        by_file.setdefault(notes.file, []).append(notes)
    return Notes(table.name, licence, {name: tuple(notes) for name, notes in by_file.items()})


def licence_in(paths: Iterable[Path]) -> str:
    """Return what a folder's own file says of its licence: its line `licence: …`, else its first; empty for none."""
    for path in paths:
        if path.name.lower().partition(".")[0] in _LICENCES and path.suffix.lower() in ("", ".txt", ".md"):
            lines = [line for line in map(cleaned, _text(path).splitlines()) if line.strip("#-=* ")]
            said = next((found for line in lines if (found := _licence_line(line))), "")
            return said or next((line.strip("#* ") for line in lines if not _licence_line(line, empty=True)), "")
    return ""


def cleaned(text: str) -> str:
    """Return a text on one line, without control and direction characters, cut to a length that can be shown."""
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    plain = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("C"))
    plain = " ".join(plain.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"


def _licence_line(line: str, *, empty: bool = False) -> str:
    found = re.match(r"licen[cs]e\s*:\s*(.*)", line, re.IGNORECASE)
    return (found[1] or ("nothing" if empty else "")) if found else ""


def _beside(path: Path) -> ClipNotes:
    """Return what the text file of a clip's name says."""
    text = path.with_suffix(".txt")
    if not text.is_file() or text.name.lower().partition(".")[0] in _LICENCES:
        return ClipNotes()
    lines = [line for line in map(cleaned, _text(text).splitlines()) if line]
    licence = next((found for line in lines if (found := _licence_line(line))), "")
    words = next((line for line in lines if not _licence_line(line, empty=True)), "")
    return ClipNotes(description=words, licence=licence)


def _csv_rows(path: Path) -> tuple[str, list[dict[str, object]]]:
    text = _text(path)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        read = list(csv.DictReader(text.splitlines(), delimiter=delimiter, restkey="more", strict=True))
    except csv.Error as error:
        raise InputRefused(f"{path.name!r} in the folder of footage is no table: {error}.") from error
    return "", [{str(name): value for name, value in row.items()} for row in read]


def _yaml_rows(path: Path) -> tuple[str, list[dict[str, object]]]:
    import yaml

    refused = InputRefused(f"{path.name!r} in the folder of footage must be a list of clips, each with {_COLUMNS}.")
    try:
        read = yaml.load(_text(path), yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise refused from error
    licence = ""
    if isinstance(read, dict) and {"clips", "licence", "license"} & set(read):
        said = read.get("licence") or read.get("license")
        licence, read = cleaned(said) if isinstance(said, str) else "", read.get("clips", [])
    if not isinstance(read, list) or not all(isinstance(row, dict) for row in read):
        raise refused
    return licence, [{str(name): value for name, value in row.items()} for row in read]


def _note(row: Mapping[str, object], where: str) -> ClipNotes:
    values: dict[str, object] = {}
    for name, value in row.items():
        column = name.strip().lower()
        column = _OTHER_NAMES.get(column, column)
        if isinstance(value, str):
            value = cleaned(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str | int | float | bool):
            raise InputRefused(f"{where} holds more than one value for {column!r}; there are: {_COLUMNS}.")
        # YAML reads a clip called 12 as a number, and half past one as 90.
        values[column] = value if column == "reversed" else str(value)
    try:
        notes = ClipNotes.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name, given = str(first["loc"][0]), first["input"]
        if first["type"] == "extra_forbidden":
            raise InputRefused(f"{where} has a column {cleaned(name)!r}; there are: {_COLUMNS}.") from error
        raise InputRefused(f"{where} can't have {cleaned(str(given))!r} for {name!r}.") from error
    if not notes.file:
        raise InputRefused(f"{where} names no file.")
    return notes


def _text(path: Path) -> str:
    try:
        if path.is_symlink():
            # It would be shown and credited, wherever it led.
            raise InputRefused(f"{path.name!r} in the folder of footage is a link: copy the file there.")
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise InputRefused(f"{path.name!r} in the folder of footage is no text file of at most 1 MB.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(f"{path.name!r} in the folder of footage is no text in UTF-8.") from error
    except OSError as error:
        raise InputRefused(f"{path.name!r} in the folder of footage can't be read: {error.strerror}.") from error
