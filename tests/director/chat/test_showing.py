"""What the terminal shows: within its width, plain in a pipe, whatever names there are."""

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from director.chat.showing import (
    cast_view,
    cut_view,
    find_target,
    notes_view,
    plain,
    script_view,
    shot_view,
    shots_view,
)
from episodes.apply import apply
from episodes.changes import Lock
from episodes.episode import Episode
from episodes.errors import InputRefused
from episodes.notes import Note
from tests.director.chat.conftest import with_shot
from tests.planned_episode import planned_episode

EPISODE = planned_episode("proof")
SHOT = EPISODE.shots[1].id
NOTE = Note(target=SHOT, finding="The goose 🦢 looks away.", severity="major", author="editor", remedy="reshoot")
VIEWS = {
    "script": script_view, "shots": shots_view, "cast": cast_view, "cut": cut_view,
    "shot": lambda episode: shot_view(episode, SHOT, [NOTE], [1, 2]),
    "notes": lambda episode: notes_view([NOTE]),
}  # fmt: skip


def shown(view: RenderableType, width: int, *, terminal: bool = False) -> str:
    file = io.StringIO()
    Console(file=file, width=width, force_terminal=terminal, color_system="truecolor" if terminal else None).print(view)
    return file.getvalue()


def foreign() -> Episode:
    """The episode with names of wide letters, an emoji, and letters that would steer a terminal."""
    world = EPISODE.the_world
    one, two, *rest = world.characters
    renamed = (
        one.model_copy(
            update={"name": "警察官 大河原 太郎", "short_name": "大河原", "want": "\x1b[31mred\x1b[0m \x07bell"}
        ),
        two.model_copy(update={"name": "Officer 🦝🦝", "short_name": "🦝"}),
        *rest,
    )
    script = EPISODE.the_script
    scene = script.scenes[0]
    beat = next(beat for beat in scene.beats if beat.lines)
    line = beat.lines[0].model_copy(update={"text": "[bold]これは\x1b]0;title\x07とても長い台詞です、そして続く。" * 3})
    beats = tuple(beat.model_copy(update={"lines": (line, *beat.lines[1:])}) if b is beat else b for b in scene.beats)
    scenes = (scene.model_copy(update={"beats": beats}), *script.scenes[1:])
    return EPISODE.model_copy(
        update={
            "world": world.model_copy(update={"characters": renamed}),
            "script": script.model_copy(update={"scenes": scenes}),
        }
    )


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("who", ["plain", "foreign"])
def test_every_view_stays_within_the_window_and_is_plain_text_in_a_pipe(name: str, width: int, who: str) -> None:
    text = shown(VIEWS[name](EPISODE if who == "plain" else foreign()), width)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert text.strip()


def test_markup_in_a_line_is_shown_and_not_obeyed() -> None:
    assert "[bold]" in shown(script_view(foreign(), "1"), 100)


def test_the_script_of_one_scene_holds_all_its_lines_and_no_other() -> None:
    text = " ".join(shown(script_view(EPISODE, "s2"), 120).split())
    for scene in EPISODE.the_script.scenes:
        for line in scene.lines:
            assert (line.id in text) == (scene.id == "S02")


def test_shots_say_take_camera_lines_and_what_was_done_to_them() -> None:
    locked = apply(Lock(target=SHOT), with_shot(EPISODE, SHOT, take=3, reversed=True))
    text = shown(shots_view(locked), 120)
    row = text[text.index(SHOT) :].split("S0", 2)[1]
    assert "T3" in row
    assert "locked" in text
    assert "backwards" in text
    assert all(shot.id in text for shot in EPISODE.shots)


def test_one_shot_is_told_with_its_place_in_the_film_its_takes_and_its_notes() -> None:
    text = shown(shot_view(EPISODE, SHOT, [NOTE], [2, 1]), 120)
    at, clip = EPISODE.the_cut.find(SHOT)
    assert f"{float(at):.2f} to {float(at + clip.seconds):.2f} s" in text
    assert "of 1, 2 that are there" in text
    assert "looks away" in text


def test_the_cut_is_drawn_as_wide_as_the_window_and_in_plain_letters_where_there_are_no_blocks() -> None:
    assert "▓" in shown(cut_view(EPISODE), 100)
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    Console(file=file, width=100, color_system=None).print(cut_view(EPISODE))
    file.flush()
    picture = next(line for line in file.buffer.getvalue().decode().splitlines() if line.startswith("picture"))
    assert set(picture.removeprefix("picture").strip()) <= {"#", "=", " "}


def test_colours_are_there_on_a_terminal() -> None:
    assert "\x1b[" in shown(cut_view(EPISODE), 100, terminal=True)


def test_the_gravest_note_comes_first_and_none_is_a_sentence() -> None:
    small = NOTE.model_copy(update={"severity": "remark", "target": "S01-01", "finding": "Fine."})
    text = shown(notes_view([small, NOTE]), 100)
    assert text.index("looks away") < text.index("Fine.")
    assert shown(notes_view([]), 80).strip() == "Nobody has a note."


@pytest.mark.parametrize("said", ["2-01", "s2-1", "S02-01", " s02-01_T3 "])
def test_a_shot_may_be_named_in_short(said: str) -> None:
    assert find_target(EPISODE, said) == "S02-01"


@example("²-1")
@example("9" * 5000)
@given(st.text(max_size=12))
def test_any_other_word_is_refused_with_what_there_is(said: str) -> None:
    there = {shot.id for shot in EPISODE.shots} | {scene.id for scene in EPISODE.the_script.scenes}
    try:
        answer = find_target(EPISODE, said)
    except InputRefused as refusal:
        answer = str(refusal)
    assert answer in there or "this episode has shots S01-01 to" in answer
    assert "\x1b" not in answer


def test_what_is_not_there_yet_is_refused_with_a_sentence() -> None:
    bare = EPISODE.model_copy(update={"script": None, "shots": (), "cut": None, "world": None})
    for view in (script_view, shots_view, cut_view, cast_view):
        with pytest.raises(InputRefused, match="yet"):
            view(bare)
    with pytest.raises(InputRefused, match="is a scene: name a shot"):
        shot_view(EPISODE, "S02")


@given(st.text())
def test_plain_text_never_steers_a_terminal(text: str) -> None:
    assert plain(text).isprintable()
