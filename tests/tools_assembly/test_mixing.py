"""Speech is the anchor: whatever the stems' own levels, music and effects lie where they should under it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from episodes.episode import Mix
from tools.assembly.loudness import measure_loudness
from tools.assembly.mixing import write_mix
from tools.assembly.pcm import BLOCK, StereoFile, read_floats
from tools.assembly.riding import (
    EFFECTS_CEILING_LU,
    EFFECTS_DUCK_DB,
    EFFECTS_UNDER_LU,
    MUSIC_DUCK_DB,
    MUSIC_LIFT_DB,
    MUSIC_UNDER_LU,
    NOMINAL_LUFS,
    Ride,
    ride,
)
from tools.assembly.weighing import HOP, Power, integrated, lufs, momentary, usual, weigh

RATE = 48_000
STEPS = RATE // HOP
SpeechAt = tuple[tuple[float, float], ...]


def steady(seconds: float, level: float) -> Power:
    """Return the power of a sound of one loudness."""
    return np.full(round(seconds * STEPS) + 1, 10 ** ((level + 0.691) / 10))


def talk_at(spans: SpeechAt, seconds: float, level: float) -> Power:
    power = np.zeros(round(seconds * STEPS) + 1)
    for first, last in spans:
        power[round(first * STEPS) : round(last * STEPS)] = 10 ** ((level + 0.691) / 10)
    return power


def heard(power: Power, fader: np.ndarray | float) -> Power:
    return power * 10 ** (np.asarray(fader, float) / 10)


@pytest.mark.parametrize("own", [-30.0, -17.0, -7.0])
def test_music_and_room_lie_at_their_distances_whatever_their_own_level(own: float) -> None:
    speech = talk_at(((5, 12), (16, 20)), 30, -16)
    faders = ride(speech, 0 * speech, steady(30, own - 8), steady(30, own), Mix())
    assert faders.anchor == pytest.approx(-16, abs=0.3)
    music, room = faders.music + own - faders.anchor, faders.effects + own - 8 - faders.anchor
    assert music[10 * STEPS] == pytest.approx(-MUSIC_UNDER_LU - MUSIC_DUCK_DB, abs=0.3)
    assert music[2 * STEPS] == pytest.approx(-MUSIC_UNDER_LU + MUSIC_LIFT_DB, abs=0.3)
    assert room[10 * STEPS] == pytest.approx(-EFFECTS_UNDER_LU - EFFECTS_DUCK_DB, abs=0.3)
    assert room[2 * STEPS] == pytest.approx(-EFFECTS_UNDER_LU, abs=0.3)


def test_radio_is_as_loud_as_dialogue_however_it_came() -> None:
    for own in (-25.0, -16.0, -10.0):
        dialogue, radio = talk_at(((1, 5),), 20, -18), talk_at(((8, 12), (14, 15)), 20, own)
        faders = ride(dialogue, radio, 0 * radio, 0 * radio, Mix())
        assert abs(integrated(heard(radio, faders.radio)) - integrated(heard(dialogue, faders.dialogue))) <= 1


@pytest.mark.parametrize("seed", range(12))
def test_each_phrase_stands_twelve_lu_over_the_rest_even_when_whispered_beside_a_siren(seed: int) -> None:
    chance = np.random.default_rng(seed)
    count = 60 * STEPS + 1
    speech, at = np.zeros(count), 1.0
    spans = []
    while at < 55:
        length, level = chance.uniform(0.4, 4), chance.uniform(-26, -14)
        spans.append((round(at * STEPS), round((at + length) * STEPS)))
        speech[slice(*spans[-1])] = 10 ** (level / 10)
        at += length + chance.uniform(0.3, 4)
    wander = np.repeat(chance.uniform(-8, 8, 61), STEPS)[:count]
    music = 10 ** ((chance.uniform(-28, -8) + wander) / 10)
    effects = np.full(count, 10 ** (chance.uniform(-44, -30) / 10))
    siren = round(chance.uniform(5, 45) * STEPS)
    effects[siren : siren + 5 * STEPS] = 10 ** (chance.uniform(-20, -10) / 10)
    faders = ride(speech, 0 * speech, effects, music, Mix())
    rest = heard(effects, faders.effects) + heard(music, faders.music)
    for first, last in spans:
        clear = lufs(speech[first:last].mean()) - lufs(rest[first:last].mean())
        assert clear >= 12, (first / STEPS, float(clear))


def test_a_siren_where_nobody_speaks_is_loud_and_never_more_than_a_little_over_speech() -> None:
    speech = talk_at(((1, 6),), 30, -16)
    effects = steady(30, -38)
    effects[15 * STEPS : 20 * STEPS] = steady(5, -6)[: 5 * STEPS]
    faders = ride(speech, 0 * speech, effects, 0 * speech, Mix())
    over = momentary(heard(effects, faders.effects)) - faders.anchor
    assert EFFECTS_CEILING_LU - 1 < over.max() <= EFFECTS_CEILING_LU + 0.1
    assert over[10 * STEPS] == pytest.approx(-EFFECTS_UNDER_LU, abs=0.3)  # the room is not pushed down by it


def swings(fader: np.ndarray, seconds: float) -> float:
    """Return the most that a fader goes up and down again within so many seconds, in decibels."""
    reach = round(seconds * STEPS / 2)
    padded = np.pad(fader, reach, mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, reach + 1)
    before, after = views[: len(fader)].min(axis=1), views[reach : reach + len(fader)].min(axis=1)
    return float((fader - np.maximum(before, after)).max())


@pytest.mark.parametrize("seed", range(6))
def test_nothing_pumps_between_answers(seed: int) -> None:
    chance = np.random.default_rng(seed)
    at, spans = 0.5, []
    while at < 50:
        length = chance.uniform(0.4, 3)
        spans.append((at, at + length))
        at += length + chance.choice((0.3, 0.5, 0.8, 1.2, 1.8, 2.2, 3.0, 5.0))
    speech = talk_at(tuple(spans), 60, -16)
    faders = ride(speech, 0 * speech, steady(60, -38), steady(60, -17), Mix())
    assert swings(faders.music, 1.0) <= 3
    assert swings(faders.effects, 1.0) <= 3
    slopes = np.diff(faders.music) * STEPS
    assert slopes.max() <= 30.1
    assert slopes.min() >= -40.1  # and goes down in a breath, not in a click


def test_the_music_has_made_room_before_the_first_syllable() -> None:
    speech = talk_at(((10, 14),), 25, -16)
    faders = ride(speech, 0 * speech, 0 * speech, steady(25, -17), Mix())
    assert faders.music[10 * STEPS] == pytest.approx(faders.music[12 * STEPS], abs=0.2)
    assert faders.music[9 * STEPS] > faders.music[12 * STEPS] + 12
    assert faders.music[round(14.25 * STEPS)] < faders.music[22 * STEPS] - 12  # and it lets the word end


def test_between_answers_it_comes_back_slowly_and_not_at_all_for_a_breath() -> None:
    speech = talk_at(((1, 4), (5.5, 8), (11, 14)), 16, -16)
    music = ride(speech, 0 * speech, 0 * speech, steady(16, -17), Mix()).music
    under = music[3 * STEPS]
    assert music[round(4.8 * STEPS)] == pytest.approx(under, abs=0.2)
    assert np.diff(music[8 * STEPS : round(10.5 * STEPS)]).max() * STEPS <= 6.1
    assert music[round(9.7 * STEPS)] == pytest.approx(under + MUSIC_DUCK_DB, abs=0.5)


def test_one_decibel_of_the_balance_is_one_decibel_of_its_track() -> None:
    speech, radio = talk_at(((1, 6),), 30, -16), talk_at(((8, 12),), 30, -20)
    plain, siren = Mix(), steady(30, -40)
    siren[4 * STEPS : 7 * STEPS] = 1.0

    def ridden(**louder: float) -> Ride:
        changed = plain.model_copy(update={name: getattr(plain, name) + db for name, db in louder.items()})
        return ride(speech, radio, siren, steady(30, -20), changed)

    first = ridden()
    assert ridden(music_db=-4).music - first.music == pytest.approx(-4, abs=0.01)
    assert ridden(effects_db=3).effects - first.effects == pytest.approx(3, abs=0.01)
    assert ridden(radio_db=2).radio - first.radio == pytest.approx(2)
    assert ridden(dialogue_db=-1.5).dialogue - first.dialogue == pytest.approx(-1.5)


def test_a_film_without_a_word_has_its_music_up_and_silence_moves_no_fader() -> None:
    silence = np.zeros(3000)
    faders = ride(silence, silence, silence, steady(30, -17)[:3000], Mix())
    assert not faders.speaking.any()
    assert faders.music == pytest.approx(NOMINAL_LUFS + 17, abs=0.1)  # it stands where speech would
    nothing = ride(silence, silence, silence, silence, Mix())
    assert nothing.effects == pytest.approx(0)
    assert (nothing.dialogue, nothing.radio) == (0, 0)


def test_loudness_is_what_ffmpeg_measures_whatever_the_blocks(
    talk: Callable[..., np.ndarray], make_sound: Callable[..., Path], tmp_path: Path
) -> None:
    sound = talk(23, 3, 0.3)  # more than two blocks, and no whole number of steps
    sound = np.concatenate([sound, np.zeros((BLOCK + 777, 2), np.float32)])
    path = make_sound(tmp_path / "s", dialogue=sound) / "dialogue.wav"
    with StereoFile(path) as file:
        power = weigh(file, len(sound))
        assert integrated(power) == pytest.approx(measure_loudness(["-i", path], peaks=False).lufs, abs=0.1)
        whole = signal.sosfilt(
            [[1.53512485958697, -2.69169618940638, 1.19839281085285, 1, -1.69065929318241, 0.73248077421585],
             [1, -2, 1, 1, -1.99004745483398, 0.99007225036621]],
            file.read(0, 23 * RATE), axis=0,
        )  # fmt: skip
    expected = np.square(whole).sum(axis=1).reshape(-1, HOP).mean(axis=1)
    assert np.abs(power[: 23 * STEPS] - expected).max() <= 1e-6
    assert len(power) == -(-len(sound) // HOP) + 1
    assert usual(np.zeros(100)) == integrated(np.zeros(100)) == -70


def test_the_written_mix_dips_the_music_where_consonants_are(make_sound: Callable[..., Path], tmp_path: Path) -> None:
    time = np.arange(24 * RATE) / RATE
    tones = sum(0.1 * np.sin(2 * np.pi * hertz * time) for hertz in (200, 2000))
    music = np.repeat(np.asarray(tones)[:, None], 2, axis=1).astype(np.float32)
    voice = np.zeros_like(music)
    voice[9 * RATE : 14 * RATE] = 0.05 * np.random.default_rng(1).normal(size=(5 * RATE, 1))
    folder = make_sound(tmp_path / "s", dialogue=voice, radio=music * 0, effects=music * 0, music=music)
    stems = {f"A{n}": folder / f"{name}.wav" for n, name in enumerate(("dialogue", "radio", "effects", "music"), 1)}
    faders = write_mix(stems, Mix(), len(music), tmp_path / "mix.f32")
    mixed = read_floats(tmp_path / "mix.f32", 0, len(music))
    assert len(mixed) == len(music)
    with StereoFile(folder / "dialogue.wav") as file:
        score = (mixed - file.read(0, len(music)))[:, 0]

    def level(hertz: float, at: float) -> float:
        part = slice(round(at * RATE), round((at + 1) * RATE))
        wave = np.exp(-2j * np.pi * hertz * time[part])
        return 20 * float(np.log10(abs((score[part] * wave).mean()) * 2 / 0.1))

    fader = faders.music
    assert level(200, 2) == pytest.approx(fader[2 * STEPS], abs=0.1)
    assert level(2000, 2) == pytest.approx(fader[2 * STEPS], abs=0.1)
    assert level(200, 11) == pytest.approx(fader[11 * STEPS], abs=0.3)
    assert level(2000, 11) == pytest.approx(fader[11 * STEPS] - 4, abs=0.3)
    assert fader[2 * STEPS] - fader[11 * STEPS] == pytest.approx(MUSIC_DUCK_DB + MUSIC_LIFT_DB, abs=0.3)
