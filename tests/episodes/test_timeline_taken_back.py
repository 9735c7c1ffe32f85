"""An edit that went through an editing program comes back as changes."""

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.editor.laying import lay
from episodes.apply import apply_all
from episodes.changes import LayCut, Move, Reverse, Trim
from episodes.cut import Clip, Cut
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.taking_back import Understood, from_timeline
from tests.editing_programs import (
    PROGRAMS,
    T,
    clips_of,
    find,
    fresh,
    kdenlive,
    reorder,
    resolve,
    saved,
    track_of,
    trim,
)  # fmt: skip
from tests.planned_episode import planned_episode
from tools.exports.edl import write_edl
from tools.exports.otio_reading import read_otio

EPISODE = planned_episode()
FRAME = Fraction(1, 24)


def taken(timeline: Any, folder: Path, episode: Episode = EPISODE) -> Understood:
    found = from_timeline(read_otio(saved(timeline, folder / "edited.otio"), episode), episode)
    apply_all(found.changes, episode)
    return found


def relaid(found: Understood, episode: Episode = EPISODE) -> Episode:
    after = apply_all(found.changes, episode)
    return apply_all((LayCut(cut=lay(after)),), after)


def picture(episode: Episode) -> list[tuple[str, Fraction, Fraction]]:
    return [(clip.media, clip.source_in, clip.seconds) for _, clip in episode.the_cut.track("V1").placed()]


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_unedited_edit_gives_nothing_whichever_program_saved_it(
    tmp_path: Path, program: Callable[[Any], Any]
) -> None:
    assert taken(program(fresh(EPISODE)), tmp_path).nothing


@pytest.mark.parametrize("program", PROGRAMS)
def test_trims_order_and_a_shot_gone_are_understood_from_every_program(
    tmp_path: Path, program: Callable[[Any], Any]
) -> None:
    timeline = fresh(EPISODE)
    trim(find(timeline, "S02-04"), Fraction(1, 4), Fraction(1, 2))
    trim(find(timeline, "S03-06"), Fraction(-1, 4), Fraction(0))
    names = [clip.metadata["ten_four"]["media"] for clip in track_of(timeline, "V1")]
    first, second, gone = names.index("S03-09"), names.index("S03-10"), names.index("S02-03")

    def order(items: list[Any]) -> list[Any]:
        items[first], items[second] = items[second], items[first]
        del items[gone]
        return items

    reorder(track_of(timeline, "V1"), order)
    found = taken(program(timeline), tmp_path)
    said = [one for one in found.said if "kept neither ids" not in one]
    assert said == [
        "Shot S02-04 is 0.25 s shorter at its beginning and 0.5 s shorter at its end.",
        "Shot S03-06 is 0.25 s longer at its beginning.",
        "S03-09 and S03-10 have changed places.",
        "Shot S02-03 is gone.",
    ]
    assert not found.left
    after = relaid(found)
    assert [clip.media for _, clip in after.the_cut.track("V1").placed()] == [
        clip.metadata["ten_four"]["media"] for clip in track_of(timeline, "V1")
    ]
    assert taken(fresh(after), tmp_path, after).nothing


@settings(max_examples=12, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_edit_within_scenes_and_handles_becomes_the_cut(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    timeline, folder = fresh(EPISODE), tmp_path_factory.mktemp("any")
    for clip in clips_of(timeline, "V1"):
        if clip.metadata["ten_four"]["media"].startswith("S") and chance.random() < 0.4:
            most = int(clip.source_range.duration.value) // 2
            trim(clip, FRAME * chance.randint(-12, most - 1), FRAME * chance.randint(-12, most - 1))
            if chance.random() < 0.3:
                clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=-1))

    def order(items: list[Any]) -> list[Any]:
        scenes: dict[str, list[Any]] = {}
        for item in items:
            scenes.setdefault(item.metadata["ten_four"]["media"].split("-")[0], []).append(item)
        for own in scenes.values():
            chance.shuffle(own)
        return [item for own in scenes.values() for item in own]

    reorder(track_of(timeline, "V1"), order)
    found = taken(timeline, folder)
    assert not found.left or all("begin or end" in one or "begins or ends" in one for one in found.left)
    after = relaid(found)
    wanted = [
        (
            clip.metadata["ten_four"]["media"],
            Fraction(int(clip.source_range.start_time.value), 24),
            Fraction(int(clip.source_range.duration.value), 24),
        )
        for clip in clips_of(timeline, "V1")
        if clip.metadata["ten_four"]["media"].startswith("S")
    ]
    assert [one for one in picture(after) if one[0].startswith("S")] == wanted
    backwards = {c.metadata["ten_four"]["media"] for c in clips_of(timeline, "V1") if c.effects}
    assert {shot.id for shot in after.shots if shot.reversed} == backwards
    assert taken(fresh(after), folder, after).nothing


def test_a_cut_whose_order_and_lengths_are_the_editors_own_gives_nothing(tmp_path: Path) -> None:
    # An editor may have laid a cut that its plans do not say.
    laid = lay(apply_all((Trim(shot="S02-02", tail=1), Move(shot="S02-04", after=None)), EPISODE))
    episode = EPISODE.model_copy(update={"cut": laid})
    assert taken(fresh(episode), tmp_path, episode).nothing
    timeline = fresh(episode)
    trim(find(timeline, "S02-02"), Fraction(0), Fraction(1, 2))
    found = taken(timeline, tmp_path, episode)
    assert found.said == ("Shot S02-02 is 0.5 s shorter at its end.",)
    assert apply_all(found.changes, episode).shot("S02-02").trim_out == Fraction(3, 2)


def test_a_shot_that_was_turned_round_is_written_so_and_turned_back_where_the_edit_does(tmp_path: Path) -> None:
    after = relaid(Understood(changes=(Reverse(shot="S02-04"),)))
    timeline = fresh(after)
    assert find(timeline, "S02-04").effects[0].time_scalar == -1
    assert taken(timeline, tmp_path, after).nothing
    find(timeline, "S02-04").effects.clear()
    assert taken(timeline, tmp_path, after).said == ("Shot S02-04 is now played forwards again.",)


def test_a_shot_cut_apart_and_left_in_place_is_whole_and_one_used_twice_is_used_once(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    track, clip = track_of(timeline, "V1"), find(timeline, "S03-04")
    second = clip.deepcopy()
    half = int(clip.source_range.duration.value) // 2 * FRAME
    whole = Fraction(int(clip.source_range.duration.value), 24)
    trim(clip, Fraction(0), whole - half)
    trim(second, half, Fraction(0))
    track.insert(track.index(clip) + 1, second)
    assert taken(timeline, tmp_path).nothing
    trim(second, FRAME * 6, Fraction(0))
    found = taken(timeline, tmp_path)
    assert "S03-04 stands more than once in the edit" in found.left[0]


def test_what_a_film_has_no_place_for_is_named(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    track = track_of(timeline, "V1")
    track.insert(5, otio.schema.Gap(duration=T(24, 24)))
    track.insert(9, otio.schema.Transition(in_offset=T(6, 24), out_offset=T(6, 24)))
    stranger = otio.schema.ExternalReference(target_url="file:///C:/Users/me/IMG%204711.MOV")
    track.insert(3, otio.schema.Clip("IMG 4711", stranger, otio.opentime.TimeRange(T(0, 24), T(48, 24))))
    find(timeline, "S02-04").effects.append(otio.schema.LinearTimeWarp(time_scalar=0.5))
    find(timeline, "S02-05").effects.append(otio.schema.FreezeFrame())
    find(timeline, "S03-01").source_range = otio.opentime.TimeRange(T(12, 24), T(240, 24))
    track.remove(find(timeline, "title"))
    track.remove(find(timeline, "S02-02"))
    track_of(timeline, "A1").remove(find(timeline, "S03-L02"))
    track_of(timeline, "A3").remove(find(timeline, "S03:effects"))
    music = otio.schema.ExternalReference(target_url="file:///home/me/song.mp3")
    track_of(timeline, "A4").append(otio.schema.Clip("song", music, otio.opentime.TimeRange(T(0, 24), T(48, 24))))
    found = taken(timeline, tmp_path)
    assert not found.changes
    for words in (
        "The gap of 1.00 s before S0", "The dissolve or wipe at", "“IMG 4711.MOV” at",
        "S02-04 can't be shown at 50 % of its speed", "S02-05 can't be shown as a still",
        "Shot S03-01 can't be 8.58 s longer at its end", "The title stays",
        "The clip of S02-02 is gone from the file, but",
        "Line S03-L02 is gone from the sound", "The effects of scene S03 stay", "The sound 'song.mp3' is none of",
    ):  # fmt: skip
        assert any(words in one for one in found.left), (words, found.left)


def test_a_shot_in_another_scene_stays_in_its_own_and_a_whole_scene_keeps_its_place(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    track = track_of(timeline, "V1")
    shot = find(timeline, "S02-05")
    track.remove(shot)
    track.append(shot)
    found = taken(timeline, tmp_path)
    assert not found.changes
    assert found.left == (
        "Shot S02-05 stays in scene S02: a shot can't go into another, whose people and place are others.",
    )
    timeline = fresh(EPISODE)
    reorder(
        track_of(timeline, "V1"),
        lambda items: sorted(items, key=lambda c: c.metadata["ten_four"]["media"].startswith("S02")),
    )
    found = taken(timeline, tmp_path)
    assert not found.changes
    assert "Scene S02 keeps its place: whole scenes are moved in script.fountain." in found.left


def _volume(db: float) -> Any:
    about = {
        "Effect Name": "Clip Volume", "Enabled": True, "Name": "Volume",
        "Parameters": [{"Default Parameter Value": 0.0, "Parameter ID": "volume", "Parameter Value": db}],
    }  # fmt: skip
    return otio.schema.Effect(effect_name="Resolve Effect", metadata={"Resolve_OTIO": about})


def test_levels_of_tracks_and_of_a_scenes_music_are_taken_and_those_of_single_lines_are_left(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    track_of(timeline, "A3").effects.append(_volume(3))
    find(timeline, "S02:score").effects.append(_volume(-6))
    filtered = otio.schema.Effect(
        effect_name="audiolevels",
        metadata={"fcp_xml": {"effectid": "audiolevels", "parameter": {"parameterid": "level", "value": "0.5"}}},
    )
    find(timeline, "S03:effects").effects.append(filtered)
    find(timeline, "S03-L02").effects.append(_volume(4))
    found = taken(resolve(timeline), tmp_path)
    assert [one for one in found.said if "kept neither ids" not in one] == [
        "The effects are 3 dB louder in the whole film.",
        "The effects of scene S03 are 6.02 dB quieter.",
        "The music of scene S02 is 6 dB quieter.",
    ]
    assert found.left == ("The level of S03-L02 alone is not taken: a scene's dialogue is louder or quieter as one.",)
    after = apply_all(found.changes, EPISODE)
    assert after.mix.effects_db == EPISODE.mix.effects_db + 3


def test_music_that_is_taken_out_or_switched_off_is_silent(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    track_of(timeline, "A4").remove(find(timeline, "S02:score"))
    find(timeline, "S03:score").enabled = False
    found = taken(timeline, tmp_path)
    assert found.said == ("Scene S02 has no music any more.", "Scene S03 has no music any more.")
    assert not any(clip.media in ("S02:score", "S03:score") for _, clip in relaid(found).the_cut.track("A4").placed())


def test_the_persons_marks_are_handed_on_with_their_place_and_ours_are_not(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    at = otio.opentime.TimeRange(T(200, 24), T(1, 24))
    timeline.tracks.markers.append(otio.schema.Marker(name="too slow", marked_range=at))
    on_clip = otio.opentime.TimeRange(T(18, 24), T(1, 24))
    note = otio.schema.Marker(name="", comment="louder here", marked_range=on_clip)
    find(timeline, "S02-05").markers.append(note)
    found = taken(kdenlive(timeline), tmp_path)
    assert not found.changes
    start = float(next(at for at, clip in EPISODE.the_cut.track("V1").placed() if clip.media == "S02-05"))
    assert found.left == (
        "Your mark at 8.3 s in S02-03 is for the chat: “too slow”.",
        f"Your mark at {start + 0.25:.1f} s in S02-05 is for the chat: “louder here”.",
    )


def test_lines_that_were_dragged_are_named_once_and_ripples_are_not(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    track_of(timeline, "A1").insert(0, otio.schema.Gap(duration=T(17, 24)))
    found = taken(timeline, tmp_path)
    assert len(found.left) == 1
    assert found.left[0].startswith("Where S01-L01, S02-L03,")
    assert not found.changes


def test_an_edl_gives_the_picture(tmp_path: Path) -> None:
    write_edl(EPISODE, EPISODE.the_cut, tmp_path / "cut.edl")
    assert from_timeline(read_otio(tmp_path / "cut.edl", EPISODE), EPISODE).nothing
    after = relaid(Understood(changes=(Trim(shot="S02-04", tail=Fraction(1, 2)), Move(shot="S02-05", after=None))))
    write_edl(after, after.the_cut, tmp_path / "cut.edl")
    found = from_timeline(read_otio(tmp_path / "cut.edl", EPISODE), EPISODE)
    assert set(found.said) == {"Shot S02-04 is 0.5 s shorter at its end.", "Shot S02-05 is now the first of scene S02."}
    assert picture(relaid(found)) == picture(after)


def test_an_edit_of_another_episode_takes_nothing(tmp_path: Path) -> None:
    timeline = fresh(EPISODE)
    for clip in timeline.find_clips():
        clip.metadata.clear()
        clip.name, clip.media_reference = "A001_C001", otio.schema.MissingReference()
    found = taken(timeline, tmp_path)
    assert not found.changes
    assert found.left[-1] == "No clip of this edit is a shot of this episode, so nothing of it is taken."


_DEEP = '{"OTIO_SCHEMA":"Timeline.1","name":"x","tracks":' + '{"OTIO_SCHEMA":"Stack.1","children":[' * 30_000
_ODD = """{"OTIO_SCHEMA":"Timeline.1","name":"x","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"OTIO_SCHEMA":"Track.1",
"kind":"Video","children":[{"OTIO_SCHEMA":"Clip.1","name":"S01-01","source_range":{"OTIO_SCHEMA":"TimeRange.1",
"start_time":{"OTIO_SCHEMA":"RationalTime.1","rate":0,"value":NaN},
"duration":{"OTIO_SCHEMA":"RationalTime.1","rate":1e-300,"value":1e300}}}]}]}}"""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no OpenTimelineIO file"),
        (b"\x00\x01\x02" * 500, "is no OpenTimelineIO file"),
        (b"PK\x03\x04rest", "export it as plain .otio"),
        (_DEEP.encode(), "nested deeper than any edit"),
        (b"[" * 200_000, "nested deeper than any edit"),
        (b'{\n"OTIO_SCHEMA":"Timeline.1",\n oops', "at line 3"),
        (b"{}", "holds no timeline"),
        (b'{"OTIO_SCHEMA":"Timeline.99"}', "is no OpenTimelineIO file"),
    ],
)
def test_a_file_that_is_no_edit_is_refused_in_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "cut.otio").write_bytes(content)
    with pytest.raises(InputRefused) as refusal:
        read_otio(tmp_path / "cut.otio", EPISODE)
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_times_that_are_no_times_are_read_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "cut.otio").write_text(_ODD)
    found = from_timeline(read_otio(tmp_path / "cut.otio", EPISODE), EPISODE)
    assert apply_all(found.changes, EPISODE).shots


def test_a_huge_edit_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "cut.otio").open("wb") as huge:
        huge.truncate(100_000_000)
    with pytest.raises(InputRefused, match="larger than 64 MB"):
        read_otio(tmp_path / "cut.otio", EPISODE)


def test_an_edit_before_there_is_a_cut_is_compared_with_the_plans(tmp_path: Path) -> None:
    episode = EPISODE.model_copy(update={"cut": None})
    timeline = fresh(EPISODE)
    assert taken(timeline, tmp_path, episode).nothing
    trim(find(timeline, "S02-04"), Fraction(0), Fraction(1, 2))
    assert taken(timeline, tmp_path, episode).said == ("Shot S02-04 is 0.5 s shorter at its end.",)
    assert isinstance(EPISODE.the_cut, Cut)
    assert isinstance(EPISODE.the_cut.track("V1").items[0], Clip)
