"""The shot list as a table: which columns it has, what stands in them, and what of a returned table was read."""

from episodes.cut import Cut
from episodes.shots import Shot
from episodes.value import Value

COLUMNS = (
    "shot", "take", "scene", "in", "seconds", "role", "owner", "wearer", "size", "angle", "movement", "direction",
    "speed", "place", "clock", "light", "weather", "subjects", "lines", "events", "first_frame", "last_frame", "prompt",
)  # fmt: skip


class Cell(Value):
    """One cell of a returned table."""

    column: str
    """A name of `COLUMNS`, or the heading of a column that a person added."""
    text: str


class ReadShot(Value):
    """One row of a returned table."""

    row: int
    """Line of the file on which it begins, counted from 1."""
    shot: str
    """Shot id; empty where none stands in the row."""
    cells: tuple[Cell, ...]
    """One for each column that the file has, in the order of the file."""


def shot_row(shot: Shot, start: str) -> tuple[str, ...]:
    """Return what the table says of a shot; `start` is its place in the cut."""
    movement = shot.movement
    cells = (
        shot.id, str(shot.take), shot.scene, start, f"{float(shot.shown_seconds):.3f}", shot.role, shot.owner,
        shot.wearer or "", shot.size, shot.angle, movement.kind, movement.direction, f"{movement.speed:g}", shot.place,
        shot.clock.isoformat(sep=" "), shot.light, shot.weather, " ".join(subject.id for subject in shot.subjects),
        " ".join(cue.line for cue in shot.cues), " ".join(f"{e.kind}@{float(e.at):.2f}" for e in shot.events),
        shot.first_frame, shot.last_frame, shot.prompt,
    )  # fmt: skip
    return tuple(safe_cell(cell) for cell in cells)


def start_cell(shot_id: str, cut: Cut | None) -> str:
    """Return where a shot begins in the cut, as the table says it; empty when it is not in it."""
    placed = cut.track("V1").placed() if cut is not None else ()
    return next((f"{float(at):.3f}" for at, clip in placed if clip.media == shot_id), "")


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"), without control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in cell)
    return f"'{plain}" if plain.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else plain


def plain_cell(cell: str) -> str:
    """Return a cell's words, whatever a spreadsheet has made of its white space and of the mark before a formula."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())
    return words[1:].lstrip() if words[:1] in ("'", "’") and words[1:2] in tuple("=+-@＝＋－＠") else words
