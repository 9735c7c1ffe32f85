"""`season.json`: a season's wish and plan, and how far each of its episodes is. Written whole, by rename."""

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from director import shows
from episodes import names
from episodes.errors import EpisodeError, InputRefused
from episodes.season import SeasonBrief, SeasonPlan
from episodes.store import write_value
from episodes.value import Value

EpisodeStatus = Literal["planned", "scripted", "finished", "failed", "stale"]
"""planned: not begun, or its script is not written; stale: written or made from what no longer holds, and kept."""

SEASON_SCHEMA = 1


class EpisodeRow(Value):
    """How far one episode is."""

    number: int
    call: str
    """What is called in: its brief's theme."""
    identity: str
    """Of its brief."""
    title: str = ""
    """Empty until there is a script."""
    status: EpisodeStatus = "planned"
    reason: str = ""
    """Why it is not further: what failed, what was spent, or which fact no longer holds."""
    seconds: float = 0.0
    """Running time of the film or the play; 0 until there is one."""
    wall_seconds: float = 0.0
    """Time at work on it, over all runs."""
    calls: int = 0
    """To other machines, each try counted."""
    price: float = 0.0
    stood_in: tuple[str, ...] = ()
    """What stands in for what did not come, in words."""
    folder: str = ""
    """Of its record, in the season's folder."""
    files: tuple[str, ...] = ()
    """What was delivered, in the season's folder."""


class SeasonRecord(Value):
    """One season on disk."""

    schema_number: int = SEASON_SCHEMA
    identity: str
    """Of the wish, whatever its number and length."""
    show: str
    season: int
    wish: SeasonBrief | None = None
    """None where the person gave every brief."""
    plan: SeasonPlan | None = None
    episodes: tuple[EpisodeRow, ...] = ()
    planned_by: str = ""
    """The model that planned it, or the rules and why; empty where the person gave every brief."""
    wall_seconds: float = 0.0
    """Of all runs together."""
    calls: int = 0
    """To other machines, the plan's own and each try counted."""
    price: float = 0.0
    """Of everything."""

    def row(self, number: int) -> EpisodeRow | None:
        """Return the row of an episode, or None."""
        return next((row for row in self.episodes if row.number == number), None)


def read_season(folder: Path) -> SeasonRecord | None:
    """Return the season in a folder; None where it has no plan. Raises `EpisodeError` for one that can't be read."""
    path = folder / shows.SEASON_FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return SeasonRecord.model_validate_json(raw)
    except ValidationError as error:
        raise EpisodeError(
            f"{path.parent.name}/{path.name} can't be read: it is broken or of a newer version. Move it away to plan "
            "the season anew; its episodes stay."
        ) from error


def write_season(folder: Path, record: SeasonRecord) -> None:
    """Put the record in its place. Raises `OutOfSpace`."""
    write_value(folder / shows.SEASON_FILE, record)


def find_season(out: Path, show: str, identity: str, briefs: frozenset[str], wanted: int | None) -> int:
    """Return the number of the season of this wish: the one that it has, the one that is wanted, or the next free one.

    Of a season whose briefs the person gives (`briefs`), it is the one that holds any of them. Raises `InputRefused`
    where the wanted number is another season's.
    """
    home, known = shows.show_folder(out, show), set[int]()
    for number in shows.seasons_in(home):
        folder = home / names.season_folder(number)
        record = read_season(folder)
        if record is not None and record.identity == identity and wanted in (None, number):
            mine = not briefs or any(row.identity in briefs for row in record.episodes)
            if mine or wanted == number:
                return number
        if record is not None or any(True for _ in shows.episodes_in(folder)):
            known.add(number)
    if wanted is None:
        return max(known, default=0) + 1
    if wanted in known:
        theirs = read_season(home / names.season_folder(wanted))
        whose = "is another season" if theirs else "holds episodes without a plan"
        raise InputRefused(f"Season {wanted} of {show} {whose}: leave --season away, or give a number that is free.")
    return wanted
