"""Reads the shot list back, whatever a spreadsheet has made of it: other separators, letters, columns and order."""

import csv
import io
import re
from pathlib import Path

from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.shot_table import COLUMNS, Cell, ReadShot, plain_cell

MOST_BYTES = 20_000_000
"""Largest table that is read; ours has a few hundred kilobytes."""

_SEPARATORS = ",;\t|"
_MOST_ROWS = 5_000
_MOST_CELL = 20_000
"""Letters of one cell; beyond it the file is no shot list."""


def read_shots_csv(path: Path, episode: Episode) -> tuple[ReadShot, ...]:
    """Return the rows of a shot list, also of one that a spreadsheet saved.

    Args:
        path: the file.
        episode: whose shots it lists; its ids tell a row that has lost its heading.

    Raises:
        InputRefused: it can't be read, is too large, or is no shot list.
    """
    text = decoded(path)
    if text.startswith("PK\x03\x04") or "\x00" in text[:4000]:
        raise InputRefused(f"{path.name} is no table of text; save it from the spreadsheet as CSV (UTF-8).")
    rows = _rows(text, path)
    ids = {shot.id for shot in episode.shots}
    if len(rows) > _MOST_ROWS:
        raise InputRefused(f"{path.name} has {len(rows)} rows, more than any episode has shots; it is another table.")
    heading, columns = _heading(rows, path, ids)
    _refuse_cut_off(text, rows, path)
    found = []
    for number, row in rows[heading:]:
        cells = tuple(Cell(column=columns[at], text=cell) for at, cell in enumerate(row) if at in columns)
        if any(cell.text.strip() for cell in cells):
            shot = next((plain_cell(cell.text) for cell in cells if cell.column == "shot"), "")
            found.append(ReadShot(row=number, shot=_id(shot, ids), cells=cells))
    if not found:
        raise InputRefused(f"{path.name} has columns but no shots under them; nothing is taken from it.")
    return tuple(found)


def _refuse_cut_off(text: str, rows: list[tuple[int, list[str]]], path: Path) -> None:
    """Raise `InputRefused` for a file that ends in the middle of a row: the rest would be read as dropped shots."""
    widths = {len(row) for _, row in rows[:-1]}
    if not text.endswith(("\n", "\r")) and len(widths) == 1 and len(rows[-1][1]) < widths.pop():
        raise InputRefused(
            f"{path.name} ends in the middle of row {rows[-1][0]}; nothing is taken from it. Save it again."
        )


def decoded(path: Path, most: int = MOST_BYTES) -> str:
    """Return a file's text: UTF-8, UTF-16 with its mark, else Windows-1252, as spreadsheets and editors save it.

    Raises `InputRefused` when there is no such file or it is larger than `most` bytes.
    """
    try:
        if path.stat().st_size > most:
            raise InputRefused(f"{path.name} is larger than {most // 1_000_000} MB; it is none of an episode's files.")
        raw = path.read_bytes()
    except OSError as error:
        raise InputRefused(f"{path} can't be read: {error.strerror or error}.") from error
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace").removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, each with the line of the file on which it begins."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    declared = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    separator = declared[1] if declared else _separator(text)
    limit = csv.field_size_limit(_MOST_CELL)
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not (declared and line == 1):
                found.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputRefused(f"{path.name} is no table: line {reader.line_num}: {error}.") from error
    finally:
        csv.field_size_limit(limit)
    return found


def _separator(text: str) -> str:
    """Return the separator of the line that names the columns: the one that parts most of our names."""

    def known(line: str, separator: str) -> int:
        return sum(_name(cell) in COLUMNS for cell in line.split(separator))

    lines = [line for line in text.split("\n")[:20] if line.strip()]
    return max(_SEPARATORS, key=lambda one: max((known(line[:5000], one) for line in lines), default=0))


def _heading(rows: list[tuple[int, list[str]]], path: Path, ids: set[str]) -> tuple[int, dict[int, str]]:
    """Return at which row the shots begin, and the column that each place in a row is."""
    for index, (_, row) in enumerate(rows[:10]):
        names = [_name(cell) for cell in row]
        if sum(name in COLUMNS for name in names) >= 2 and "shot" in names:
            return index + 1, _columns(row, names)
    for index, (_, row) in enumerate(rows[:10]):
        if len(row) == len(COLUMNS) and _id(plain_cell(row[0]), ids) in ids:
            return index, dict(enumerate(COLUMNS))
    line = f" (line {rows[0][0]})" if rows else ""
    raise InputRefused(f"{path.name} is no shot list{line}: its first row must name the columns, `shot` among them.")


def _columns(row: list[str], names: list[str]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for at, name in enumerate(names):
        if name in COLUMNS and name not in columns.values():
            columns[at] = name
        else:
            columns[at] = " ".join(row[at].split()) or f"column {at + 1}"
    return columns


def _name(cell: str) -> str:
    """Return a column's name however its letters are cased and parted: `First frame`, `"SHOT" `."""
    plain = re.sub(r"[\s_-]+", "_", cell.strip().strip("\"'").strip().casefold())
    return {"shot_id": "shot", "id": "shot", "length": "seconds", "duration": "seconds"}.get(plain, plain)


def _id(text: str, ids: set[str]) -> str:
    """Return a shot's id as the episode spells it: spreadsheets and people alter case and dashes, and add the take."""
    plain = re.sub(r"[‐-―−]", "-", text).strip()
    if plain in ids:
        return plain
    upper = re.sub(r"_T\d+$", "", plain.upper().replace(" ", ""))
    return next((known for known in ids if known.upper() == upper), plain)
