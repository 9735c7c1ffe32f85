import itertools
from fractions import Fraction as F
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from episodes.errors import RequestRejected
from episodes.script import Mood
from episodes.tasks import ComposeRequest
from tools.music.embedded import build
from tools.music.harmony import CueMood, key_of, theme
from tools.music.instruments import Instrument, hertz, play
from tools.music.score import Note, written
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness, rms_db

RATE = 48_000
MOODS: tuple[CueMood, ...] = (*get_args(Mood), "sting")
TEMPO: dict[CueMood, int] = {
    "quiet": 72, "suspicion": 92, "comedy": 112, "chase": 150, "tension": 66, "resolution": 84, "sting": 132,
}  # fmt: skip


def ask(
    mood: CueMood,
    seconds: F = F(8),
    *,
    hits: tuple[F, ...] = (),
    stops: tuple[F, ...] = (),
    key: str = "D minor",
    theme_seed: int = 5,
    seed: int = 3,
) -> ComposeRequest:
    return ComposeRequest(
        mood=mood, seconds=seconds, tempo=TEMPO[mood], key=key, hits=hits, stops=stops, theme_seed=theme_seed, seed=seed
    )


def heard(folder: Path, request: ComposeRequest) -> wav.Samples:
    result = build(ToolSettings()).compose(request, Call(into=folder))
    assert result.seconds == request.seconds
    samples, rate = wav.read(folder / "music.wav")
    assert rate == RATE
    return samples


def parts(notes: tuple[Note, ...]) -> set[tuple[Instrument, int, int]]:
    return {(note.instrument, note.pitch, round(note.at * 1000)) for note in notes}


@pytest.mark.parametrize("mood", MOODS)
def test_a_cue_has_its_length_stays_under_the_ceiling_and_ends_in_silence(mood: CueMood, tmp_path: Path) -> None:
    sound = heard(tmp_path, ask(mood))
    assert sound.shape == (8 * RATE, 2)
    assert decibels(float(np.abs(sound).max())) <= -3.0
    assert loudness(sound) == pytest.approx(-17, abs=1)
    assert np.abs(sound[-24:]).max() < 0.001
    assert rms_db(sound[-RATE // 4 :]) < rms_db(sound) - 12
    assert np.abs(sound.mean(axis=0)).max() < 1e-3
    # It is music all the way: no second but the last is empty.
    assert min(rms_db(sound[n : n + RATE]) for n in range(0, 6 * RATE, RATE)) > -40


@pytest.mark.parametrize("seconds", [F(1, 2), F(1), F(5, 2), F(1001, 480), F(61, 24)])
def test_short_and_odd_lengths_are_exact(seconds: F, tmp_path: Path) -> None:
    sound = heard(tmp_path, ask("sting", seconds))
    assert len(sound) == round(seconds * RATE)
    assert rms_db(sound) > -40


def test_moods_are_told_apart_by_what_is_played() -> None:
    """Sound at the same instant, pitch and player is the same music; two moods share next to none of it."""
    cues = {mood: parts(written(ask(mood, F(20)))) for mood in MOODS}
    for mood in MOODS:
        for other in MOODS:
            if mood < other:
                shared = len(cues[mood] & cues[other]) / min(len(cues[mood]), len(cues[other]))
                assert shared < 0.2, (mood, other)
    density = {mood: len(cues[mood]) for mood in MOODS}
    assert density["chase"] > 1.5 * density["comedy"] > 1.5 * density["quiet"]


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("theme_seed", [1, 77])
def test_the_tune_of_the_show_is_in_every_mood(mood: CueMood, theme_seed: int) -> None:
    key = key_of("D minor")
    tune = theme(theme_seed)
    played = [note.pitch for note in written(ask(mood, F(30), theme_seed=theme_seed)) if note.tune]
    wanted = [key.pitch(note.degree) for note in tune]
    # As intervals: a mood may play it an octave up or down.
    first = [pitch - played[0] for pitch in played[: len(wanted)]]
    assert first == [pitch - wanted[0] for pitch in wanted]


def test_shows_have_different_tunes_that_stay_their_own() -> None:
    tunes = {tuple((note.beat, note.degree) for note in theme(seed)) for seed in range(40)}
    assert len(tunes) >= 35
    for seed in range(40):
        notes = theme(seed)
        assert notes == theme(seed)
        assert 6 <= len(notes) <= 9
        assert sum(note.beats for note in notes) == 8
        assert notes[-1].degree in (0, 7)
        assert max(note.degree for note in notes) - min(note.degree for note in notes) <= 11


def test_the_cue_is_in_its_key() -> None:
    for name, scale in (("D minor", {2, 4, 5, 7, 9, 10, 0}), ("B-flat major", {10, 0, 2, 3, 5, 7, 9})):
        pitched = [
            note
            for note in written(ask("suspicion", F(30), key=name))
            if note.instrument in ("bass", "pizzicato", "guitar", "vibes", "reed", "strings")
        ]
        inside = sum(note.pitch % 12 in scale for note in pitched)
        assert inside / len(pitched) > 0.85
        assert pitched[-1].pitch % 12 in scale
        last_bass = [note for note in pitched if note.instrument == "bass"][-1]
        assert last_bass.pitch % 12 == key_of(name).tonic


def test_the_bass_walks() -> None:
    bass = [n for n in written(ask("chase", F(20))) if n.instrument == "bass"]
    steps = [abs(a.pitch - b.pitch) for a, b in itertools.pairwise(bass)]
    assert len({note.pitch for note in bass}) >= 7
    assert sum(step == 0 for step in steps) < 0.2 * len(steps)
    assert all(26 <= note.pitch <= 52 for note in bass)


@pytest.mark.parametrize("mood", ["comedy", "chase", "tension"])
def test_the_music_stops_dead_and_comes_back_after_a_breath(mood: CueMood, tmp_path: Path) -> None:
    sound = heard(tmp_path, ask(mood, stops=(F(3),)))
    assert rms_db(sound[round(2.6 * RATE) : 3 * RATE]) > -30
    assert np.abs(sound[round(3.02 * RATE) : round(4.19 * RATE)]).max() == 0
    assert rms_db(sound[round(4.25 * RATE) : round(5 * RATE)]) > -30
    # No click where it goes or comes: no step is larger than the music's own.
    steps = np.abs(np.diff(sound[:, 0]))
    for join in (3.006, 4.215):
        around = steps[round((join - 0.01) * RATE) : round((join + 0.01) * RATE)].max()
        assert around <= steps[: round(2.9 * RATE)].max()


def test_a_cut_is_accented_within_a_hundredth_of_a_second(tmp_path: Path) -> None:
    hit = F(7, 3)
    plain = heard(tmp_path, ask("suspicion"))
    accented = heard(tmp_path, ask("suspicion", hits=(hit,)))
    at = round(hit * RATE)
    gained = rms_db(accented[at : at + 4800]) - rms_db(plain[at : at + 4800])
    assert gained > 2
    added = [n for n in written(ask("suspicion", hits=(hit,))) if n not in written(ask("suspicion"))]
    assert {round(note.at, 6) for note in added} == {round(float(hit), 6)}


def test_hits_in_a_bunch_are_one_accent() -> None:
    few = written(ask("chase", hits=(F(2),)))
    bunch = written(ask("chase", hits=(F(2), F(21, 10), F(11, 5))))
    assert few == bunch


def test_equal_requests_give_equal_bytes_and_seeds_matter(tmp_path: Path) -> None:
    first = heard(tmp_path, ask("comedy", F(4)))
    assert np.array_equal(first, heard(tmp_path, ask("comedy", F(4))))
    assert not np.array_equal(first, heard(tmp_path, ask("comedy", F(4), seed=4)))


def test_what_is_no_key_is_refused_in_a_sentence() -> None:
    with pytest.raises(RequestRejected, match="is no key"):
        written(ask("quiet", key="H dorian"))
    assert key_of("F# minor") == key_of("G-flat minor")


@pytest.mark.parametrize("instrument", ["bass", "pizzicato", "guitar", "vibes", "reed", "strings"])
@pytest.mark.parametrize("pitch", [38, 57, 74])
def test_an_instrument_is_in_tune_and_has_attack_and_decay(instrument: Instrument, pitch: int) -> None:
    sound = play(instrument, pitch, 0.8)
    body = sound[2400:] * np.hanning(len(sound) - 2400)
    spectrum = np.abs(np.fft.rfft(body, 1 << 19))
    near = slice(int(hertz(pitch) * 0.95 / RATE * (1 << 19)), int(hertz(pitch) * 1.06 / RATE * (1 << 19)))
    found = (near.start + spectrum[near].argmax()) * RATE / (1 << 19)
    assert abs(1200 * np.log2(found / hertz(pitch))) < 12
    assert np.abs(sound).max() == pytest.approx(1)
    assert abs(sound[-1]) < 0.01
    assert rms_db(sound[: len(sound) // 2]) > rms_db(sound[-len(sound) // 40 :]) + 6


def test_no_note_rings_past_the_end_of_its_own_sound_with_a_click() -> None:
    for instrument in get_args(Instrument):
        sound = play(instrument, 60, 0.3)
        assert np.abs(sound[-8:]).max() < 0.02, instrument
