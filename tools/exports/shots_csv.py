"""The shot list as a table for people."""

import csv
import io
from pathlib import Path

from episodes.cut import Cut
from episodes.episode import Episode
from episodes.shot_table import COLUMNS, safe_cell, shot_row, start_cell
from episodes.whole_file import replace_file

__all__ = ["COLUMNS", "safe_cell", "write_shots_csv"]


def write_shots_csv(episode: Episode, cut: Cut | None, path: Path) -> None:
    """Write one row a shot in the order of the story; `in` is its place in the cut. Raises `OutOfSpace`."""
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    for shot in episode.shots:
        rows.writerow(shot_row(shot, start_cell(shot.id, cut)))
    # The mark tells spreadsheets that this is UTF-8.
    replace_file(path, b"\xef\xbb\xbf" + table.getvalue().encode(errors="replace"))
