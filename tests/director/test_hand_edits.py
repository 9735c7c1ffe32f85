"""Files that a person edited by hand are found, read and never lost."""

from pathlib import Path

import opentimelineio as otio
import pytest

from director.hand_edits import EDITABLE, edited_files, keep_aside, take_back
from episodes.apply import apply_all
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.errors import InputRefused
from tests.editing_programs import T, find, fresh, kdenlive, saved
from tests.planned_episode import planned_episode
from tests.spreadsheets import cell_of, excel_german, read
from tools.exports.edl import write_edl
from tools.exports.fountain import write_fountain
from tools.exports.shots_csv import write_shots_csv

EPISODE = planned_episode()


def delivered(episode: Episode, folder: Path) -> Path:
    write_fountain(episode, folder / "script.fountain")
    write_shots_csv(episode, episode.cut, folder / "shots.csv")
    write_edl(episode, episode.the_cut, folder / "cut.edl")
    saved(fresh(episode), folder / "cut.otio")
    return folder


def test_what_was_delivered_is_not_edited_and_neither_is_what_programs_saved_again(tmp_path: Path) -> None:
    folder = delivered(EPISODE, tmp_path)
    assert edited_files(folder, EPISODE) == ()
    script, table = folder / "script.fountain", folder / "shots.csv"
    script.write_bytes(b"\xef\xbb\xbf" + script.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    table.write_bytes(excel_german(read(table.read_bytes())))
    saved(kdenlive(fresh(EPISODE)), folder / "cut.otio")
    edl = folder / "cut.edl"
    edl.write_text(edl.read_text().replace("\n", "\r\n"))
    assert edited_files(folder, EPISODE) == ()


def test_each_edited_file_is_found_and_taken_back_and_is_then_no_longer_edited(tmp_path: Path) -> None:
    folder = delivered(EPISODE, tmp_path)
    script, table = folder / "script.fountain", folder / "shots.csv"
    script.write_text(script.read_text().replace("a form for that?", "two forms for that?"))
    table.write_bytes(excel_german(cell_of(read(table.read_bytes()), "S02-02", "seconds", "3.167")))
    timeline = fresh(EPISODE)
    music, cue = timeline.tracks[5], find(timeline, "S02:score")
    music.insert(music.index(cue), otio.schema.Gap(duration=cue.duration()))
    music.remove(cue)
    saved(timeline, folder / "cut.otio")
    found = edited_files(folder, EPISODE)
    assert found == (script, table, folder / "cut.otio")
    after = EPISODE
    for path in found:
        understood = take_back(path, EPISODE)
        assert understood.changes
        assert not understood.left
        after = apply_all(understood.changes, after)
    assert after.line("S02-L03").text == "Do we need two forms for that?"
    assert [cue.silent for cue in after.cues if cue.scene == "S02"] == [True]
    assert take_back(script, after).nothing
    assert take_back(table, after.model_copy(update={"cut": EPISODE.cut})).nothing


def test_a_file_that_can_not_be_read_any_more_counts_as_edited_so_that_it_is_not_written_over(tmp_path: Path) -> None:
    folder = delivered(EPISODE, tmp_path)
    (folder / "cut.otio").write_bytes(b"{ oops")
    (folder / "shots.csv").write_bytes(b"\x00" * 50)
    (folder / "script.fountain").unlink()
    assert edited_files(folder, EPISODE) == (folder / "shots.csv", folder / "cut.otio")


def test_before_there_are_shots_only_the_script_is_looked_at(tmp_path: Path) -> None:
    episode = EPISODE.model_copy(update={"shots": (), "cut": None, "cues": ()})
    folder = delivered(EPISODE, tmp_path)
    (folder / "script.fountain").write_text((folder / "script.fountain").read_text().replace("= The call", "= Call"))
    assert edited_files(folder, episode) == (folder / "script.fountain",)
    with pytest.raises(InputRefused, match="no shots yet"):
        take_back(folder / "shots.csv", episode)
    with pytest.raises(InputRefused, match="no shots yet"):
        take_back(folder / "cut.otio", episode)
    with pytest.raises(InputRefused, match="no script yet"):
        take_back(folder / "script.fountain", Episode(brief=Brief(theme="x")))


def test_a_file_from_elsewhere_under_any_name_is_taken_by_its_ending(tmp_path: Path) -> None:
    folder = delivered(EPISODE, tmp_path)
    for name, other in (("script.fountain", "Draft 2 (mine).TXT"), ("shots.csv", "Kopie.CSV"), ("cut.edl", "x.EDL")):
        (folder / other).write_bytes((folder / name).read_bytes())
        assert take_back(folder / other, EPISODE).nothing


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("script.fountain", b"", "is empty"),
        ("script.fountain", b"Title: x\n\nINT. A - DAY\n\x00\x01", "line 4 holds what no editor writes"),
        ("script.fdx", b"<FinalDraft/>", "export Fountain"),
        ("shots.xlsx", b"PK", "Save the table as CSV"),
        ("cut.kdenlive", b"<mlt/>", "Export the edit as .otio"),
        ("cut.edl", b"TITLE: x\n001  AX V C nonsense\n", "is no CMX 3600 list"),
        ("cut.edl", b"", "holds no timeline|is none|No clip|no CMX"),
        ("film.mp4", b"\x00", "must be .fountain, .csv, .otio or .edl"),
    ],
)
def test_what_can_not_be_taken_back_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    try:
        found = take_back(tmp_path / name, EPISODE)
    except InputRefused as refusal:
        said = str(refusal)
    else:
        assert not found.changes
        said = found.left[0]
    assert any(word in said for word in words.split("|")), said
    assert "\n" not in said


def test_a_huge_script_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "script.fountain").open("wb") as huge:
        huge.truncate(100_000_000)
    with pytest.raises(InputRefused, match="larger than 5 MB"):
        take_back(tmp_path / "script.fountain", EPISODE)
    with pytest.raises(InputRefused, match="is a folder; name one of the files"):
        take_back(tmp_path, EPISODE)
    with pytest.raises(InputRefused, match="can't be read"):
        take_back(tmp_path / "none.fountain", EPISODE)


@pytest.mark.timeout(20)
def test_a_script_nested_in_notes_and_emphasis_without_end_is_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    hostile = ("[[" * 50_000, "[[a " * 50_000, "(" * 50_000, "/*" * 50_000, "A" + " " * 50_000 + "(\nx", "#" * 50_000)
    path.write_text("INT. A - DAY #S01#\n\n" + "\n\n".join(hostile))
    assert not any(change.kind == "reword" for change in take_back(path, EPISODE).changes)


def test_a_copy_is_kept_beside_each_time_and_the_same_content_once(tmp_path: Path) -> None:
    script = tmp_path / "script.fountain"
    names = []
    for content in (b"one", b"two", b"two", b"one", b"three"):
        script.write_bytes(content)
        copy = keep_aside(script)
        assert copy.read_bytes() == content
        names.append(copy.name)
    assert names == [
        "script.edited.fountain", "script.edited-2.fountain", "script.edited-2.fountain", "script.edited.fountain",
        "script.edited-3.fountain",
    ]  # fmt: skip
    assert script.read_bytes() == b"three"


def test_our_own_names_are_the_ones_that_editors_open() -> None:
    assert EDITABLE == ("script.fountain", "shots.csv", "cut.otio", "cut.edl")
    assert {"otio_json", "cmx_3600"} <= {adapter.name for adapter in otio.plugins.ActiveManifest().adapters}


def test_a_script_table_or_edit_of_more_than_any_episode_is_refused(tmp_path: Path) -> None:
    script, table, edit = (tmp_path / name for name in ("script.fountain", "shots.csv", "cut.otio"))
    script.write_text("INT. A - DAY\n\n" + "A duck.\n\n" * 3_000)
    table.write_text("shot,size\n" + "S01-01,close\n" * 6_000)
    clips = [otio.schema.Clip(f"c{at}", None, otio.opentime.TimeRange(T(0, 24), T(1, 24))) for at in range(6_000)]
    track = otio.schema.Track(name="V1", kind="Video", children=clips)
    saved(otio.schema.Timeline("x", [track]), edit)
    for path in (script, table, edit):
        with pytest.raises(InputRefused, match="more than any episode"):
            take_back(path, EPISODE)
