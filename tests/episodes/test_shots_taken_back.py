"""A shot list that a person edited in a spreadsheet comes back as changes, whichever program saved it."""

import io
import random
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.apply import apply, apply_all
from episodes.cell_values import moments
from episodes.changes import Trim
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.shots import Movement, Shot
from episodes.taking_back import Understood, from_shots
from tests.clean_script import clean_episode
from tests.planned_episode import planned_episode
from tests.spreadsheets import PROGRAMS, Table, cell_of, excel_german, libreoffice, read
from tools.exports.shots_csv import write_shots_csv
from tools.exports.shots_csv_reading import read_shots_csv

EPISODE = planned_episode()


def written(episode: Episode, folder: Path) -> Table:
    write_shots_csv(episode, episode.cut, folder / "written.csv")
    return read((folder / "written.csv").read_bytes())


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return written(EPISODE, tmp_path)


def taken(
    table: Table, folder: Path, save: Callable[[Table], bytes] = libreoffice, episode: Episode = EPISODE
) -> Understood:
    (folder / "shots.csv").write_bytes(save(table))
    found = from_shots(read_shots_csv(folder / "shots.csv", episode), episode)
    apply_all(found.changes, episode)
    return found


@pytest.mark.parametrize("save", PROGRAMS)
def test_an_unedited_table_gives_nothing_whichever_program_saved_it(
    table: Table, tmp_path: Path, save: Callable[[Table], bytes]
) -> None:
    assert taken(table, tmp_path, save).nothing


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=3, max_size=3), st.floats(0, 9), st.integers(1, 400), st.integers(0, 9))
def test_an_unedited_table_of_any_words_and_lengths_gives_nothing(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], speed: float, frames: int, noise: int
) -> None:
    shot = EPISODE.shots[0]
    odd = shot.model_copy(
        update={
            "first_frame": texts[0], "last_frame": texts[1], "prompt": texts[2], "movement": Movement(speed=speed),
            "seconds": Fraction(frames, 24), "clock": shot.clock.replace(second=noise),
        }
    )  # fmt: skip
    episode = EPISODE.model_copy(update={"shots": (odd, EPISODE.shots[1])})
    folder = tmp_path_factory.mktemp("odd")
    for save in (libreoffice, excel_german):
        assert taken(written(episode, folder), folder, save, episode).nothing


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("size", "Close-up", "The size of S02-02 is now close, where it was medium close."),
        ("angle", "low", "The angle of S02-02 is now low, where it was eye."),
        ("movement", "pan", "The camera's movement in S02-02 is now pan."),
        ("direction", "left", "The camera's direction in S02-02 is now left."),
        ("speed", "0,25", "The camera's speed in S02-02 is now 0.25."),
        ("role", "reaction", "The role of S02-02 is now reaction, where it was a roll."),
        ("weather", "snow", "The weather of S02-02 is now snow, where it was rain."),
        ("subjects", "okafor Lindqvist", "Shot S02-02 is now with Lindqvist."),
        ("prompt", "One cruiser, one raccoon.", "Prompt of S02-02 now says “One cruiser, one raccoon.”."),
        ("take", "3", "Shot S02-02 now shows take 3."),
        ("seconds", "3.167", "Shot S02-02 is 0.5 s shorter at its end."),
        ("seconds", "4,167 s", "Shot S02-02 is 0.5 s longer at its end."),
        ("clock", "14.03.2026 03:15:08", "The clock in S02-02 is now 03:15:08."),
    ],
)
def test_each_column_is_taken_and_the_table_is_then_what_the_person_made_it(
    table: Table, tmp_path: Path, column: str, text: str, said: str
) -> None:
    found = taken(cell_of(table, "S02-02", column, text), tmp_path)
    assert found.said[0] == said
    assert not found.left
    after = apply_all(found.changes, EPISODE).model_copy(update={"cut": EPISODE.cut})
    new = written(after, tmp_path)
    cells = [
        (row[0], *cell) for row, old in zip(new, table, strict=True) for cell in zip(table[0], row, old, strict=True)
    ]
    changed = {(shot, name) for shot, name, now, before in cells if now != before}
    assert changed <= {("S02-02", column), ("S02-02", "take")}
    assert ("S02-02", column) in changed
    assert from_shots(read_shots_csv(tmp_path / "written.csv", after), after).nothing


def test_an_hour_and_a_light_of_a_whole_scene_are_the_scenes(table: Table, tmp_path: Path) -> None:
    for shot in EPISODE.shots_of("S02"):
        table = cell_of(table, shot.id, "light", "dawn")
        table = cell_of(table, shot.id, "clock", f"2026-03-14 05:{shot.clock:%M:%S}")
    found = taken(table, tmp_path)
    assert [change.kind for change in found.changes] == ["set_world", "set_world"]
    assert found.said == ("Scene S02 now has light 'dawn'.", "Scene S02 now begins at 05:12.")
    after = apply_all(found.changes, EPISODE)
    assert {shot.take for shot in after.shots_of("S02")} == {1}
    assert written(after.model_copy(update={"cut": EPISODE.cut}), tmp_path) == table


def test_a_clock_alone_asks_for_no_new_take(table: Table, tmp_path: Path) -> None:
    found = taken(cell_of(table, "S03-05", "clock", "2026-03-14 03:17:00"), tmp_path)
    after = apply_all(found.changes, EPISODE).shot("S03-05")
    assert (after.take, after.clock.minute) == (1, 17)


def test_rows_that_change_places_are_a_swap_and_one_that_goes_further_is_a_move(table: Table, tmp_path: Path) -> None:
    names = [row[0] for row in table]
    a, b = names.index("S02-04"), names.index("S02-02")
    swapped = list(table)
    swapped[a], swapped[b] = table[b], table[a]
    assert taken(swapped, tmp_path).said == ("S02-04 and S02-02 have changed places.",)
    last = names.index("S03-07")
    moved = [*table[:last], *table[last + 1 :]]
    moved.insert(names.index("S03-01"), table[last])
    found = taken(moved, tmp_path)
    assert found.said == ("Shot S03-07 is now the first of scene S03.",)
    after = apply_all(found.changes, EPISODE)
    assert [shot.id for shot in after.shots] == [row[0] for row in moved[1:]]


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_rows_within_scenes_becomes_the_order_of_shots(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("order")
    table = written(EPISODE, folder)
    rows = []
    for scene in EPISODE.the_script.scenes:
        own = [row for row in table[1:] if row[2] == scene.id]
        chance.shuffle(own)
        rows += own
    found = taken([table[0], *rows], folder)
    after = apply_all(found.changes, EPISODE)
    if not found.left:  # Sorted by id, by chance or by a person: then it says so.
        assert [shot.id for shot in after.shots] == [row[0] for row in rows]


def test_a_sorted_table_moves_nothing_and_says_so(table: Table, tmp_path: Path) -> None:
    for column, words in (("size", "no longer stand scene by scene"), ("shot", "sorted by the column 'shot'")):
        at = table[0].index(column)
        found = taken([table[0], *sorted(table[1:], key=lambda row: row[at])], tmp_path)
        assert not found.changes
        assert len(found.left) == 1
        assert words in found.left[0]


def test_a_row_taken_out_takes_out_the_shot_unless_it_alone_carries_a_line(table: Table, tmp_path: Path) -> None:
    found = taken([row for row in table if row[0] not in ("S02-03", "S02-05")], tmp_path)
    assert found.said == ("Shot S02-03 is gone.",)
    assert found.left == (
        "The row of S02-05 is gone from the file, but the shot stays: Shot S02-05 can't go: no other shot of its scene "
        "carries line S02-L03.",
    )


def test_what_can_not_be_taken_is_named_with_the_reason(table: Table, tmp_path: Path) -> None:
    spoiled = table
    for shot, column, text in (
        ("S01-01", "size", "enormous"), ("S02-01", "owner", "drone"), ("S02-02", "wearer", "the mayor"),
        ("S02-03", "in", "99"), ("S02-04", "lines", "S02-L01"), ("S03-01", "scene", "S02"),
        ("S03-02", "clock", "teatime"), ("S03-03", "seconds", "some"), ("S03-04", "place", "the moon"),
        ("S03-05", "subjects", "unicorn"), ("S03-06", "speed", "fast"), ("S03-07", "take", "best"),
        ("S03-08", "events", "explosion@1.00"), ("S04-01", "seconds", "-3"),
    ):  # fmt: skip
        spoiled = cell_of(spoiled, shot, column, text)
    spoiled = [[*row, "Notes" if index == 0 else ("lovely" if index == 2 else "")] for index, row in enumerate(spoiled)]
    extra = [["S09-01", *[""] * 22, ""], ["", *["x"] * 3, *[""] * 19, ""], list(spoiled[1])]
    found = taken([*spoiled, *extra], tmp_path)
    assert not found.changes
    assert len(found.left) == 14 + 1 + 3
    assert not found.said
    for shot, words in (
        ("S01-01", "'size' of S01-01 can't be “enormous”; it can be extreme_long, long,"),
        ("S02-04", "which lines are heard over a shot follows from the script"), ("S03-05", "“unicorn” in S03-05"),
    ):  # fmt: skip
        assert any(words in one for one in found.left), shot
    assert any("“Notes” is none of ours; what it says is for the chat: S02-01: “lovely”" in one for one in found.left)


def test_columns_may_be_missing_added_renamed_and_reordered(table: Table, tmp_path: Path) -> None:
    keep = ["Seconds", "Shot ID", "PROMPT"]
    at = [table[0].index(name) for name in ("seconds", "shot", "prompt")]
    few = [keep, *([row[place] for place in at] for row in table[1:])]
    assert taken(few, tmp_path).nothing
    few[5][0] = "2"
    assert taken(few, tmp_path).said == (f"Shot {few[5][1]} is 1.67 s shorter at its end.",)


def test_a_cell_with_line_breaks_in_quotes_is_one_cell(table: Table, tmp_path: Path) -> None:
    found = taken(cell_of(table, "S02-02", "prompt", 'One cruiser.\n\nOne raccoon; "armed".'), tmp_path, excel_german)
    assert apply_all(found.changes, EPISODE).shot("S02-02").prompt == 'One cruiser. One raccoon; "armed".'


def test_a_length_beyond_the_takes_handles_is_planned_anew_and_within_them_is_a_trim(
    table: Table, tmp_path: Path
) -> None:
    assert taken(cell_of(table, "S02-02", "seconds", "9"), tmp_path).changes[0].kind == "retime"
    assert taken(cell_of(table, "S02-02", "seconds", "4"), tmp_path).changes[0].kind == "trim"
    trimmed = apply(Trim(shot="S02-02", tail=1), EPISODE).model_copy(update={"cut": EPISODE.cut})
    back = cell_of(written(trimmed, tmp_path), "S02-02", "seconds", "3.667")
    found = taken(back, tmp_path, episode=trimmed)
    assert apply_all(found.changes, trimmed).shot("S02-02") == EPISODE.shot("S02-02")


def test_a_mouth_that_moves_takes_its_line_with_it(table: Table, tmp_path: Path) -> None:
    shot = next(shot for shot in EPISODE.shots if [e.kind for e in shot.events] == ["mouth"])
    found = taken(cell_of(table, shot.id, "events", f"mouth@{float(shot.events[0].at) + 0.5:.2f}"), tmp_path)
    after = apply_all(found.changes, EPISODE).shot(shot.id)
    assert after.cues[0].at - shot.cues[0].at == after.events[0].at - shot.events[0].at == pytest.approx(0.5, abs=0.01)


def test_a_moment_is_read_in_whatever_order_its_day_stands() -> None:
    near = EPISODE.shots[0].clock
    for text in (
        "2026-03-14 03:20:04", "14.03.2026 03:20:04", "3/14/2026 3:20:04 AM", "14/3/26 03:20:04", "03:20:04",
        "2026-03-14T03:20:04", "46095.1389351852",
    ):  # fmt: skip
        assert moments(text, near)[0] == (near, True), text
    assert moments("tomorrow", near) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no shot list"),
        (b"\x00\x01\x02" * 100, "is no table of text"),
        (b"a;b;c\n1;2;3\n", "is no shot list (line 1)"),
        (b"shot,size\n", "has columns but no shots"),
        (b"shot,size\n" + b'"' + b"x" * 300_000, "is no table: line"),
        (b"\xff\xfe" + "shot\tsize\r\n".encode("utf-16-le"), "has columns but no shots"),
    ],
)
def test_a_file_that_is_no_shot_list_is_refused_in_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "shots.csv").write_bytes(content)
    with pytest.raises(InputRefused, match=r"\w") as refusal:
        read_shots_csv(tmp_path / "shots.csv", EPISODE)
    assert words in str(refusal.value)


def test_a_spreadsheet_under_the_name_of_a_table_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    (tmp_path / "shots.csv").write_bytes(packed.getvalue())
    with pytest.raises(InputRefused, match="save it from the spreadsheet as CSV"):
        read_shots_csv(tmp_path / "shots.csv", EPISODE)
    with (tmp_path / "huge.csv").open("wb") as huge:
        huge.truncate(100_000_000)
    with pytest.raises(InputRefused, match="larger than 20 MB"):
        read_shots_csv(tmp_path / "huge.csv", EPISODE)
    with pytest.raises(InputRefused, match="can't be read"):
        read_shots_csv(tmp_path / "none.csv", EPISODE)


def test_a_list_of_another_episode_takes_nothing_out(tmp_path: Path) -> None:
    other = clean_episode()
    shots = tuple(Shot.model_validate(s.model_dump() | {"id": f"X{s.id}"}) for s in other.shots)
    found = taken(written(other.model_copy(update={"shots": shots}), tmp_path), tmp_path)
    assert not found.changes
    assert found.left[-1] == "No row names a shot of this episode, so nothing is taken and nothing is removed."
