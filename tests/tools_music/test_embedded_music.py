from fractions import Fraction as F
from itertools import pairwise
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from benchmarks import score_measures as measures
from episodes.errors import RequestRejected
from episodes.keys import key_called
from episodes.requests import ComposeRequest, CueMood, Onward, Silence, Talk
from episodes.scoring import PACE
from episodes.theme import found_theme
from tools.music.embedded import build
from tools.music.form import form_of
from tools.music.harmony import pitch_of
from tools.music.instruments import play
from tools.music.notes import DRUMS, Instrument, Note
from tools.music.score import written
from tools.music.waves import hertz
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness, rms_db

RATE = 48_000
MOODS: tuple[CueMood, ...] = (*get_args(get_args(CueMood)[0]), *get_args(get_args(CueMood)[1]))
SCENES: tuple[CueMood, ...] = ("quiet", "suspicion", "comedy", "chase", "tension", "resolution")


def ask(mood: CueMood, seconds: F = F(8), *, show: str = "Night Shift", **given: object) -> ComposeRequest:
    theme = found_theme(show)
    plain = ComposeRequest(
        mood=mood, seconds=seconds, tempo=round(theme.tempo * PACE[mood]), key=theme.key, theme=theme, seed=3
    )
    return ComposeRequest.model_validate({**plain.model_dump(), **given})


def heard(folder: Path, request: ComposeRequest) -> wav.Samples:
    result = build(ToolSettings()).compose(request, Call(into=folder))
    assert result.seconds == request.seconds + request.tail
    samples, rate = wav.read(folder / "music.wav")
    assert rate == RATE
    return samples


def parts(notes: tuple[Note, ...]) -> set[tuple[Instrument, int, int]]:
    return {(note.instrument, note.pitch, round(note.at * 1000)) for note in notes}


def test_there_are_nine_kinds_of_cue() -> None:
    assert len(MOODS) == 9


@pytest.mark.parametrize("mood", MOODS)
def test_a_cue_has_its_length_its_loudness_and_its_ceiling_and_ends_without_a_click(
    mood: CueMood, tmp_path: Path
) -> None:
    sound = heard(tmp_path, ask(mood))
    assert sound.shape == (8 * RATE, 2)
    assert decibels(float(np.abs(sound).max())) <= -3.5
    assert loudness(sound) == pytest.approx(-17, abs=1)
    assert np.abs(sound[0]).max() < 0.005
    assert np.abs(sound[-24:]).max() < 0.001
    assert np.abs(sound.mean(axis=0)).max() < 2e-3
    # It is music until its last chord.
    assert min(rms_db(sound[n : n + RATE]) for n in range(0, 5 * RATE, RATE)) > -45


@pytest.mark.parametrize("seconds", [F(1, 2), F(1), F(5, 2), F(1001, 480), F(61, 24)])
def test_short_and_odd_lengths_are_exact(seconds: F, tmp_path: Path) -> None:
    sound = heard(tmp_path, ask("sting", seconds, hits=(F(1, 5),)))
    assert len(sound) == round(seconds * RATE)
    assert rms_db(sound) > -40


def test_moods_are_told_apart_by_what_is_played() -> None:
    """Sound at the same instant, pitch and player is the same music; two moods share next to none of it."""
    cues = {mood: parts(written(ask(mood, F(20)))) for mood in SCENES}
    for mood in SCENES:
        for other in SCENES:
            if mood < other:
                shared = len(cues[mood] & cues[other]) / min(len(cues[mood]), len(cues[other]))
                assert shared < 0.2, (mood, other)
    density = {mood: len(cues[mood]) for mood in SCENES}
    assert density["chase"] > 1.3 * density["comedy"] > 1.3 * 1.3 * density["quiet"]


@pytest.mark.parametrize("mood", SCENES)
@pytest.mark.parametrize("show", ["Night Shift", "Harbour Beat"])
def test_the_tune_of_the_show_is_in_every_mood(mood: CueMood, show: str) -> None:
    request = ask(mood, F(30), show=show)
    key = key_called(request.key)
    lead = [note for note in written(request) if note.tune]
    first = [note for note in lead if note.instrument == lead[0].instrument]
    wanted = [pitch_of(key, note.degree) for note in request.theme.notes]
    assert len(first) >= len(wanted)
    # As intervals: a mood may play it an octave up or down.
    assert [n.pitch - first[0].pitch for n in first[: len(wanted)]] == [pitch - wanted[0] for pitch in wanted]


def test_the_tune_keeps_out_of_the_words_and_the_band_makes_room() -> None:
    talk = (Talk(at=F(4), seconds=F(8)),)
    alone, under = ask("comedy", F(24)), ask("comedy", F(24), talk=talk)
    spoken = [n for n in written(under) if 4.3 < n.at < 11.7]
    assert not [n for n in spoken if n.tune]
    assert [n for n in written(under) if n.tune]
    assert len(spoken) < 0.75 * len([n for n in written(alone) if 4.3 < n.at < 11.7])


@pytest.mark.parametrize("mood", SCENES)
def test_no_bar_is_repeated_literally_more_than_twice(mood: CueMood) -> None:
    bars = measures.bars_of(ask(mood, F(40)))
    assert len(bars) >= 10
    assert measures.longest_run(bars) <= 2
    assert measures.repeated_share(bars) < 0.15


def test_the_bass_keeps_its_range_and_moves() -> None:
    for mood in SCENES:
        bass = [n for n in written(ask(mood, F(24))) if n.instrument == "bass"]
        assert all(24 <= note.pitch <= 52 for note in bass)
        if mood != "tension":
            assert len({note.pitch for note in bass}) >= 5


@pytest.mark.parametrize("mood", ["comedy", "chase", "tension"])
def test_the_music_stops_dead_and_comes_back_on_a_downbeat(mood: CueMood, tmp_path: Path) -> None:
    request = ask(mood, stops=(Silence(at=F(3), until=F(9, 2)),))
    sound = heard(tmp_path, request)
    assert rms_db(sound[round(2.6 * RATE) : 3 * RATE]) > -35
    assert measures.loudest_db(sound, 3.05, 4.499) <= -60
    assert rms_db(sound[round(4.5 * RATE) : round(5.2 * RATE)]) > -30
    before, after = form_of(request)
    assert (before.ends, before.end, after.start, after.bars[0].at) == ("stop", 3.0, 4.5, 0)
    assert any(n.at == 4.5 and n.instrument == "kick" for n in written(request))
    # No click where it goes.
    assert measures.step_at(sound, 3.015) <= 0.7


def test_a_stop_to_the_end_leaves_nothing_behind(tmp_path: Path) -> None:
    sound = heard(tmp_path, ask("comedy", stops=(Silence(at=F(5), until=F(8)),)))
    assert len(sound) == 8 * RATE
    assert measures.loudest_db(sound, 5.05, 8.0) <= -60


@pytest.mark.parametrize("mood", ["suspicion", "chase", "quiet"])
def test_a_hit_falls_on_a_beat_and_is_heard_within_40_ms(mood: CueMood, tmp_path: Path) -> None:
    hit = F(79, 24)
    request = ask(mood, hits=(hit,), turn=hit)
    (stretch,) = form_of(request)
    assert stretch.pulse.beat(float(hit)) == pytest.approx(round(stretch.pulse.beat(float(hit))), abs=1e-6)
    assert any(bar.at == stretch.turn for bar in stretch.bars)
    assert measures.off_by(heard(tmp_path, request), float(hit)) <= 0.04


def test_the_last_bar_leads_into_the_next_cue_and_rings_over_it(tmp_path: Path) -> None:
    request = ask("suspicion", onward=Onward(key="A minor", tempo=138), tail=F(6, 5))
    (stretch,) = form_of(request)
    assert stretch.bars[-1].chord.root == 4  # E, which wants to go to A.
    assert stretch.ring == 0
    knocks = [n.at for n in written(request) if n.exact and n.instrument == "rim" and n.at > 8 - 4.5 * 60 / 138]
    assert [after - before for before, after in pairwise(knocks)] == pytest.approx([60 / 138] * (len(knocks) - 1))
    sound = heard(tmp_path, request)
    assert len(sound) == round(9.2 * RATE)
    assert rms_db(sound[round(7.5 * RATE) : 8 * RATE]) > -30 > rms_db(sound[round(8.8 * RATE) :])


def test_a_cue_that_closes_comes_home() -> None:
    for mood in SCENES:
        request = ask(mood, F(12))
        last = [n for n in written(request) if n.instrument == "bass"][-1]
        assert last.pitch % 12 == key_called(request.key).tonic


def test_the_title_plays_the_hook_from_where_its_name_lands() -> None:
    request = ask("sting", F(5, 2), hits=(F(3, 5),), turn=F(3, 5))
    tune = [n for n in written(request) if n.tune and n.instrument == request.theme.lead]
    motif = request.theme.bars(0, 1)
    assert tune[0].at == pytest.approx(0.6 + motif[0].at * 60 / request.tempo, abs=0.1)
    assert len(tune) >= 3
    assert max(n.at for n in written(request) if n.exact) > 1.5


def test_equal_requests_give_equal_bytes_and_seeds_matter(tmp_path: Path) -> None:
    first = heard(tmp_path, ask("comedy", F(4)))
    assert np.array_equal(first, heard(tmp_path, ask("comedy", F(4))))
    assert not np.array_equal(first, heard(tmp_path, ask("comedy", F(4), seed=4)))


def test_what_is_no_key_is_refused_in_a_sentence() -> None:
    with pytest.raises(RequestRejected, match="is no key"):
        written(ask("quiet", key="H dorian"))


@pytest.mark.parametrize(
    ("instrument", "pitches"),
    [
        ("bass", (28, 40)), ("pizzicato", (55, 69)), ("guitar", (50, 69)), ("keys", (48, 72)), ("vibes", (60, 84)),
        ("clarinet", (55, 74)), ("bass_clarinet", (38, 57)), ("trumpet", (60, 77)), ("trombone", (46, 62)),
        ("whistle", (72, 86)), ("strings", (50, 74)),
    ],
)  # fmt: skip
def test_an_instrument_is_in_tune_and_has_attack_and_decay(instrument: Instrument, pitches: tuple[int, ...]) -> None:
    for pitch in pitches:
        sound = play(instrument, pitch, 0.8)
        body = sound[2400:36_000] * np.hanning(len(sound[2400:36_000]))
        spectrum = np.abs(np.fft.rfft(body, 1 << 19))
        near = slice(int(hertz(pitch) * 0.95 / RATE * (1 << 19)), int(hertz(pitch) * 1.06 / RATE * (1 << 19)))
        found = (near.start + int(spectrum[near].argmax())) * RATE / (1 << 19)
        assert abs(1200 * np.log2(found / hertz(pitch))) < 15
        assert 0.5 < np.abs(sound).max() <= 1.0001
        assert abs(float(sound[0])) < 0.001 > abs(float(sound[-1]))
        assert rms_db(sound[: len(sound) // 2]) > rms_db(sound[-len(sound) // 40 :]) + 6


def test_the_upright_has_its_fundamental() -> None:
    sound = play("bass", 31, 0.8)
    spectrum = np.abs(np.fft.rfft(sound, 1 << 17)) ** 2
    hertz_of = np.fft.rfftfreq(1 << 17, 1 / RATE)
    fundamental = spectrum[(hertz_of > 44) & (hertz_of < 54)].sum()
    assert fundamental > 0.25 * spectrum.sum()


def test_a_harder_touch_is_brighter_and_no_two_strokes_are_the_same() -> None:
    def centre(sound: wav.Samples) -> float:
        spectrum = np.abs(np.fft.rfft(sound, 1 << 16)) ** 2
        return float((spectrum * np.fft.rfftfreq(1 << 16, 1 / RATE)).sum() / spectrum.sum())

    for instrument in ("bass", "guitar", "keys", "vibes", "clarinet", "trumpet", "trombone", "strings"):
        soft, hard = (play(instrument, 36 if instrument == "bass" else 60, 0.5, touch) for touch in (0.25, 1.0))
        assert centre(hard) > 1.05 * centre(soft), instrument
    for instrument in ("snare", "hat", "shaker", "kick", "muted", "pizzicato"):
        assert not np.array_equal(play(instrument, 60, 0.2, 0.7, 0), play(instrument, 60, 0.2, 0.7, 1)), instrument


def test_no_note_begins_or_ends_with_a_click() -> None:
    for instrument in get_args(Instrument):
        for seconds in (0.1, 0.3, 1.1):
            sound = play(instrument, 60, seconds)
            assert abs(float(sound[0])) < 0.001
            assert np.abs(sound[-8:]).max() < 0.01, (instrument, seconds)
    assert set(get_args(Instrument)) > DRUMS
