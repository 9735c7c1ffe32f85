"""What editing programs load back is the cut."""

from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest

from episodes.brief import Brief
from episodes.cut import Clip, Cut, Track
from episodes.episode import Episode
from episodes.notes import Note
from tools.exports.edl import edl_text, timecode, write_edl
from tools.exports.media import Media
from tools.exports.otio import write_otio


def media_of(cut: Cut, folder: Path) -> dict[str, Media]:
    """Make an empty file for each piece of media, under names that a URL must quote."""
    found = {}
    for track in cut.tracks:
        for _, clip in track.placed():
            path = f"takes/{clip.media.replace(':', ' #')}.mov"
            (folder / "takes").mkdir(exist_ok=True)
            (folder / path).touch()
            found[clip.media] = Media(path=path, seconds=clip.seconds + 2 * clip.source_in)
    return found


def seconds(time: otio.opentime.RationalTime) -> Fraction:
    return Fraction(int(time.value), int(time.rate))


def test_otio_loads_back_with_every_clip_at_its_place_and_its_media_behind_it(
    episode: Episode, cut: Cut, tmp_path: Path
) -> None:
    path = tmp_path / "cut.otio"
    write_otio(episode, cut, media_of(cut, tmp_path), path)
    timeline = otio.adapters.read_from_file(str(path))
    assert [track.name for track in timeline.tracks] == ["V1", "V2", "A1", "A2", "A3", "A4"]
    assert timeline.global_start_time.to_seconds() == 3600
    for track in timeline.tracks:
        placed = cut.track(track.name).placed()
        clips = list(track.find_clips())
        assert len(clips) == len(placed)
        for found, (at, clip) in zip(clips, placed, strict=True):
            slack = Fraction(1, 48_000) if track.kind == "Audio" else 0
            assert abs(seconds(found.range_in_parent().start_time) - at) <= slack
            assert abs(seconds(found.duration()) - clip.seconds) <= slack
            assert found.source_range.start_time >= found.available_range().start_time
            assert found.source_range.end_time_exclusive() <= found.available_range().end_time_exclusive()
            handle = seconds(found.source_range.start_time - found.available_range().start_time)
            assert handle == clip.source_in
            url = found.media_reference.target_url
            assert not url.startswith(("/", "file:"))
            assert (tmp_path / otio.url_utils.filepath_from_url(url)).exists()
    assert timeline.duration().to_seconds() == pytest.approx(float(cut.seconds))


def test_otio_carries_notes_chapters_prompts_and_words(episode: Episode, cut: Cut, tmp_path: Path) -> None:
    note = Note(target="S03-02", finding="Too long.", severity="major", author="editor", remedy="recut")
    scene = Note(target="S04", finding="Too dark.", severity="remark", author="person", remedy="reshoot")
    path = tmp_path / "cut.otio"
    write_otio(episode, cut, {}, path, (note, scene))
    timeline = otio.adapters.read_from_file(str(path))
    marks = {mark.name: mark for mark in timeline.tracks.markers}
    assert set(marks) == {"Cold open", "The call", "Too long.", "Too dark."}
    assert seconds(marks["Too long."].marked_range.start_time) == cut.find("S03-02")[0]
    assert seconds(marks["Too dark."].marked_range.start_time) == cut.find("S04-01")[0]
    assert marks["Too long."].color == "ORANGE"
    about = {clip.metadata["ten_four"]["media"]: clip for clip in timeline.find_clips()}
    assert about["S03-02"].name == "S03-02_T1"
    assert about["S03-02"].metadata["ten_four"]["prompt"].startswith("A witness in a white apron")
    assert about["S02-L02"].metadata["ten_four"]["text"] == "Four Adam Ten, ten-four. En route."
    assert isinstance(about["S03-02"].media_reference, otio.schema.MissingReference)


@pytest.mark.parametrize("form", ["wide", "proof"])
def test_an_edl_loads_back_with_the_same_clip_lengths(episode: Episode, cut: Cut, tmp_path: Path, form: str) -> None:
    brief = Brief.model_validate(episode.brief.model_dump() | {"format_name": form})
    path = tmp_path / "cut.edl"
    write_edl(episode.model_copy(update={"brief": brief}), cut, path)
    timeline = otio.adapters.read_from_file(str(path), adapter_name="cmx_3600", rate=24)
    names = {"V": "V1", "A1": "A1", "A2": "A2", "A4": "A4"}
    assert {track.name for track in timeline.tracks} == set(names)
    for track in timeline.tracks:
        placed = cut.track(names[track.name]).placed()
        found = list(track.find_clips())
        assert [clip.name for clip in found] == [clip.media for _, clip in placed]
        for clip, (at, wanted) in zip(found, placed, strict=True):
            assert abs(seconds(clip.duration()) - wanted.seconds) <= (Fraction(1, 24) if track.name[0] == "A" else 0)
            start = seconds(clip.transformed_time(clip.source_range.start_time, track)) if track.name == "V" else at
            assert start == at
            assert seconds(clip.source_range.start_time) == wanted.source_in


def test_timecode_counts_whole_frames() -> None:
    assert timecode(3600 * 24 + 25, 24) == "01:00:01:01"


def test_names_in_an_edl_are_ascii_and_stay_in_their_line(episode: Episode) -> None:
    script = episode.the_script.model_copy(update={"title": "Café\n001 AX V C"})
    clip = Clip(id="V1:x", media="ü\nx", source_in=Fraction(0), seconds=Fraction(1))
    text = edl_text(episode.model_copy(update={"script": script}), Cut(tracks=(Track(name="V1", items=(clip,)),)))
    assert text.isascii()
    assert text.splitlines()[0] == "TITLE: Caf? 001 AX V C"
    assert sum(line.startswith("001") for line in text.splitlines()) == 1
