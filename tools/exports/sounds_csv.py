"""The list of sounds as a table for people: what is heard besides speech, in words, with its time."""

import csv
import io
from pathlib import Path

from episodes.episode import Episode
from episodes.sound_list import sound_list
from episodes.whole_file import replace_file
from tools.exports.shots_csv import safe_cell

COLUMNS = ("start", "seconds", "scene", "sound")


def write_sounds_csv(episode: Episode, path: Path) -> None:
    """Write one row a sound in time order; `start` is in seconds of the film. Raises `OutOfSpace`.

    The episode must have a cut.
    """
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    for sound in sound_list(episode):
        row = (f"{float(sound.at):.2f}", f"{float(sound.seconds):.2f}", sound.scene, sound.words)
        rows.writerow([safe_cell(cell) for cell in row])
    # The mark tells spreadsheets that this is UTF-8.
    replace_file(path, b"\xef\xbb\xbf" + table.getvalue().encode(errors="replace"))
