"""The radio play as a layout: what is said, in which order, and that no two voices meet."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from episodes.apply import apply
from episodes.captions import captions, violations
from episodes.cast import VoiceOffer
from episodes.changes import CastNarrator, Rescore, TimeLines
from episodes.cut import Clip
from episodes.episode import Episode, LineLength
from episodes.errors import ChangeRefused
from episodes.narration import NOTICES, narration_ids, narrations, narrator_voice
from episodes.placing import placed_beds
from episodes.plan import plan
from episodes.play_plan import play_plan
from episodes.radio_play import radio_play, sound_leads
from tests.planned_episode import BELT, planned_episode

EPISODE = planned_episode()


def voices(play: Episode) -> list[tuple[Fraction, Clip]]:
    return sorted((v for name in ("A1", "A2") for v in play.the_cut.track(name).placed()), key=lambda voice: voice[0])  # type: ignore[arg-type]


def kinds() -> dict[str, str]:
    return {one.id: one.kind for one in narrations(EPISODE)}


def test_the_notice_is_spoken_before_anything_else_sounds() -> None:
    play = radio_play(EPISODE)
    at, notice = voices(play)[0]
    assert notice.media == "S00-N01"
    assert at < 1
    assert play.line("S00-N01").text.endswith(NOTICES["en"])
    everything = [start for track in play.the_cut.tracks for start, clip in track.placed() if clip.media != "S00-N01"]
    assert min(everything) > at + notice.seconds


def test_every_line_of_the_script_is_heard_once_and_in_order() -> None:
    heard = [clip.media for _, clip in voices(radio_play(EPISODE)) if "-L" in clip.media]
    in_film = [clip.media for _, clip in voices(EPISODE)]
    assert heard == in_film
    assert sorted(heard) == sorted(line.id for line in EPISODE.the_script.lines)


def test_a_slate_with_time_and_place_stands_before_each_scene_and_its_first_action_after_it() -> None:
    heard, told = [clip.media for _, clip in voices(radio_play(EPISODE))], kinds()
    for scene in EPISODE.the_script.scenes:
        own = [media for media in heard if media.startswith(scene.id)]
        assert told[own[0]] == "slate"
        assert EPISODE.the_world.place(scene.place).name in narration(own[0])
        if scene.beats[0].action:
            assert told[own[1]] == "action"
    assert narration("S02-N01").startswith("3:12 a.m., ")


def narration(name: str) -> str:
    return next(one.text for one in narrations(EPISODE) if one.id == name)


def test_what_the_picture_would_show_between_two_beats_is_told_between_their_lines() -> None:
    heard, tried = [clip.media for _, clip in voices(radio_play(EPISODE))], 0
    for scene in EPISODE.the_script.scenes:
        told = {one.beat: one.id for one in narrations(EPISODE) if one.scene == scene.id and one.kind == "action"}
        for before, beat in pairwise(scene.beats):
            if told.get(beat.id) in heard and before.lines and beat.lines:
                place = heard.index(told[beat.id])
                assert heard.index(before.lines[-1].id) < place < heard.index(beat.lines[0].id)
                tried += 1
    assert tried


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(min_value=10, max_value=900), min_size=30, max_size=30))
def test_however_long_the_narrator_speaks_no_two_voices_meet(hundredths: list[int]) -> None:
    lengths = tuple(
        LineLength(line=one.id, reading=1, text=one.text, seconds=Fraction(long, 100))
        for one, long in zip(narrations(EPISODE), hundredths, strict=False)
    )
    timed = apply(TimeLines(lengths=lengths), EPISODE)
    assert timed.cut == EPISODE.cut, "how long a narrator speaks moves no picture"
    play = radio_play(timed)
    placed = voices(play)
    assert all(at + clip.seconds <= following for (at, clip), (following, _) in pairwise(placed))
    assert play.the_cut.seconds > placed[-1][0] + placed[-1][1].seconds


def test_captions_of_the_play_break_no_rule() -> None:
    lengths = tuple(
        LineLength(line=one.id, reading=1, text=one.text, seconds=EPISODE.seconds_of(one.line))
        for one in narrations(EPISODE)
    )
    play = radio_play(apply(TimeLines(lengths=lengths), EPISODE))
    found = captions(play)
    assert not violations(found, 24)
    assert {caption.line for caption in found} == {clip.media for _, clip in voices(play)}


def test_no_task_of_a_play_makes_a_picture_and_its_sounds_are_the_films_where_nothing_is_told_within() -> None:
    film, play = plan(EPISODE, BELT), play_plan(EPISODE, BELT)
    assert {task.kind for task in play.tasks} == {"speak", "sound", "compose", "mix", "assemble", "measure"}
    known = {task.key for task in film.tasks}
    heard = {clip.media for _, clip in voices(radio_play(EPISODE))}
    for scene in EPISODE.the_script.scenes:
        later = {one.id for one in narrations(EPISODE) if one.beat in {beat.id for beat in scene.beats[1:]}}
        if not later & heard:
            assert play.labelled(f"{scene.id}:sound", "sound").key in known
            # Its cue is another one where the play goes on to another scene's key, or stops for the narrator.
            assert play.labelled(f"{scene.id}:score", "compose").request.kind == "compose"
    lines = {task.label for task in film.of("speak")}
    assert all(task.key in known for task in play.of("speak") if task.label in lines)


def test_every_task_of_a_play_stands_after_what_it_needs() -> None:
    seen: set[str] = set()
    for task in play_plan(EPISODE, BELT).tasks:
        assert {need.key for need in task.needs} <= seen, task.label
        seen.add(task.key)


def test_chapters_are_the_title_and_one_for_each_scene_in_order() -> None:
    chapters = radio_play(EPISODE).the_cut.chapters
    assert [chapter.scene for chapter in chapters] == ["", *(scene.id for scene in EPISODE.the_script.scenes)]
    assert chapters[0].at == 0
    assert all(first.at < second.at for first, second in pairwise(chapters))


def test_the_music_still_stops_for_the_joke_when_the_narrator_has_spoken_before_it() -> None:
    scene = next(s for s in EPISODE.the_script.scenes if any(one.beat in {b.id for b in s.beats[1:]} for one in
                                                             narrations(EPISODE)))  # fmt: skip
    cue = next(cue for cue in EPISODE.cues if cue.scene == scene.id)
    start = EPISODE.the_cut.find(EPISODE.shots_of(scene.id)[0].id)[0]
    last, clip = [voice for voice in voices(EPISODE) if voice[1].media.startswith(f"{scene.id}-L")][-1]
    stop = last + clip.seconds - start
    play = radio_play(apply(Rescore(cue=cue.model_copy(update={"stops": (stop,)})), EPISODE))
    begins = play.the_cut.find(EPISODE.shots_of(scene.id)[0].id)[0]
    at, same = play.the_cut.find(clip.media)
    (moved,) = next(c.stops for c in play.cues if c.scene == scene.id)
    assert abs(begins + moved - (at + same.seconds)) <= Fraction(1, 24)


def test_the_script_and_its_cut_stay_as_they_are() -> None:
    before = EPISODE.model_dump_json()
    assert radio_play(EPISODE) == radio_play(Episode.model_validate_json(before))
    assert EPISODE.model_dump_json() == before


def test_the_narrator_has_a_voice_that_nobody_else_has() -> None:
    taken = {c.voice.variant for c in EPISODE.the_world.characters if c.voice}
    assert EPISODE.narrator is not None
    assert EPISODE.narrator.variant not in taken
    theirs = next(c.voice for c in EPISODE.the_world.characters if c.voice)
    with pytest.raises(ChangeRefused):
        apply(CastNarrator(voice=theirs), EPISODE)


def test_where_all_voices_are_taken_the_narrator_still_differs_from_everybody() -> None:
    taken = [c.voice for c in EPISODE.the_world.characters if c.voice]
    only = tuple(VoiceOffer(engine=v.engine, variant=v.variant, suits="they", pitch_hz=100) for v in taken)
    voice = narrator_voice(EPISODE, only)
    assert all(voice != c.voice for c in EPISODE.the_world.characters)


@pytest.mark.parametrize(
    ("tag", "spoken", "clock"),
    [
        ("en-gb", "en", "3:12 a.m.,"),
        ("de", "de", "3 Uhr 12."),
        ("fr", "fr", "3 heures 12."),
        ("pl", "en", "3:12 a.m.,"),
    ],
)
def test_notice_and_slates_are_in_the_shows_language_or_in_english(tag: str, spoken: str, clock: str) -> None:
    foreign = EPISODE.model_copy(update={"brief": EPISODE.brief.model_copy(update={"language": tag})})
    told = {one.id: one for one in narrations(foreign)}
    assert told["S00-N01"].text.endswith(NOTICES[spoken])
    assert told["S00-N01"].language == spoken
    assert told["S02-N01"].text.startswith(clock)


def test_an_episode_without_a_narrator_is_written_as_it_always_was() -> None:
    assert "narrator" not in EPISODE.model_copy(update={"narrator": None}).model_dump()
    assert narration_ids(EPISODE.the_script) >= {one.id for one in narrations(EPISODE)}


def test_the_room_goes_on_while_the_narrator_speaks() -> None:
    play = radio_play(EPISODE)
    for scene in sound_leads(play):
        beds = placed_beds(play, scene, Fraction(0))
        assert all(before.at + before.seconds >= after.at for before, after in pairwise(beds))


def test_a_lead_does_not_depend_on_where_its_scene_stands() -> None:
    for scene in sound_leads(radio_play(EPISODE)):
        request = play_plan(EPISODE, BELT).labelled(f"{scene}:lead", "sound").request
        assert request.kind == "sound"
        assert all(bed.at == 0 and not bed.running for bed in request.beds)
