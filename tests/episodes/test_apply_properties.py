"""Whatever is changed, in whatever order: what holds of every change."""

from collections import Counter
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.apply import apply, apply_all
from episodes.change_targets import all_ids
from episodes.changes import (
    Change,
    InsertBeat,
    Lock,
    Move,
    RemoveBeat,
    RemoveShot,
    ReplaceBeat,
    Reshoot,
    Retime,
    Reverse,
    Revoice,
    Reword,
    SetWorld,
    Swap,
    SwapTake,
    Trim,
)
from episodes.errors import ChangeRefused
from episodes.value import digest
from tests.timed_episode import EPISODE, FRAME, NEW_BEAT

SHOTS = st.sampled_from([shot.id for shot in EPISODE.shots])
BEATS = st.sampled_from([beat.id for scene in EPISODE.the_script.scenes for beat in scene.beats])
LINES = st.sampled_from([line.id for line in EPISODE.the_script.lines])
SCENES = st.sampled_from([scene.id for scene in EPISODE.the_script.scenes])
LENGTHS = st.fractions(min_value=-3, max_value=6, max_denominator=48)
CHANGES = st.one_of(
    st.builds(Move, shot=SHOTS, after=SHOTS | st.none()),
    st.builds(Swap, first=SHOTS, second=SHOTS),
    st.builds(Trim, shot=SHOTS, head=LENGTHS, tail=LENGTHS),
    st.builds(Retime, shot=SHOTS, seconds=LENGTHS),
    st.builds(Reverse, shot=SHOTS),
    st.builds(RemoveShot, shot=SHOTS),
    st.builds(Reshoot, shot=SHOTS),
    st.builds(SwapTake, shot=SHOTS, take=st.integers(-1, 4)),
    st.builds(Reword, line=LINES, text=st.text(max_size=12)),
    st.builds(Revoice, line=LINES),
    st.builds(InsertBeat, scene=SCENES, after=SCENES | BEATS, beat=st.just(NEW_BEAT)),
    st.builds(RemoveBeat, beat=BEATS),
    st.builds(ReplaceBeat, beat=st.builds(lambda beat: NEW_BEAT.model_copy(update={"id": beat}), BEATS)),
    st.builds(Lock, target=SHOTS | BEATS | LINES | SCENES, locked=st.booleans()),
    st.builds(SetWorld, scene=SCENES, clock=st.times().map(lambda time: f"{time:%H:%M}")),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(CHANGES, max_size=8), st.sampled_from(["person", "editor"]))
def test_whatever_is_changed_nothing_is_altered_in_place_and_ids_stay_single(changes: list[Change], by: str) -> None:
    episode, sources = EPISODE, digest(EPISODE)
    for change in changes:
        before = digest(episode)
        try:
            after = apply(change, episode, by=by)
        except ChangeRefused:
            after = episode
        assert digest(episode) == before
        assert max(Counter(all_ids(after)).values()) == 1
        assert all(shot.shown_seconds >= FRAME for shot in after.shots)
        lines = {line.id for line in after.the_script.lines}
        assert {cue.line for shot in after.shots for cue in shot.cues} <= lines
        episode = after
    assert digest(EPISODE) == sources


@settings(max_examples=80, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=8), SCENES)
def test_nothing_that_agents_do_reaches_a_locked_scene(changes: list[Change], scene: str) -> None:
    episode = apply(Lock(target=scene), EPISODE)
    for change in changes:
        try:
            episode = apply(change, episode, by="editor")
        except ChangeRefused:
            continue
    assert episode.the_script.scene(scene) == EPISODE.the_script.scene(scene)
    assert episode.shots_of(scene) == EPISODE.shots_of(scene)


@given(st.sampled_from([shot.id for shot in EPISODE.shots_of("S03")]), st.integers(1, 6))
def test_swapping_twice_is_swapping_never(first: str, step: int) -> None:
    ids = [shot.id for shot in EPISODE.shots_of("S03")]
    swap = Swap(first=first, second=ids[(ids.index(first) + step) % len(ids)])
    assert apply_all((swap, swap), EPISODE).shots == EPISODE.shots


@given(SHOTS, st.fractions(0, 1, max_denominator=480), st.fractions(0, 1, max_denominator=480))
def test_trimming_and_giving_back_leaves_a_shot_as_it_was(shot: str, head: Fraction, tail: Fraction) -> None:
    trimmed = apply(Trim(shot=shot, head=head, tail=tail), EPISODE)
    assert (trimmed.shot(shot).shown_seconds / FRAME).denominator == 1
    assert apply(Trim(shot=shot, head=-head, tail=-tail), trimmed).shots == EPISODE.shots
