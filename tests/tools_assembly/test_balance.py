"""What a person asks of one scene is heard there and nowhere else, and speech stays clear."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from episodes.episode import Levels
from episodes.film_requests import Headroom, PlacedSound
from tools.assembly.mixing import write_mix
from tools.assembly.pcm import StereoFile, read_floats
from tools.assembly.stems import write_stems, write_unasked
from tools.protocols import Input

RATE = 48_000
SECONDS = 15
"""Length of each of the two scenes."""
TRACKS = {"dialogue": "A1", "radio": "A2", "effects": "A3", "music": "A4"}
TALK = slice(3 * RATE, 5 * RATE)
QUIET = slice(10 * RATE, 14 * RATE)
"""Where of a scene somebody speaks, and where nobody does for long."""

Mixed = Callable[..., np.ndarray]


def noise(level: float, seed: int) -> np.ndarray:
    sound = np.random.default_rng(seed).normal(size=(SECONDS * RATE, 1)) * 10 ** (level / 20)
    return np.repeat(sound, 2, axis=1).astype(np.float32)


@pytest.fixture
def mixed(make_sound: Callable[..., Path], tmp_path: Path) -> Mixed:
    """Give a function that mixes two scenes, the second with gains in decibels by kind of sound."""
    voice = noise(-22, 1)
    voice[: TALK.start] = voice[TALK.stop :] = 0
    siren, louder, passing = noise(-42, 2), noise(-42, 2), slice(10 * RATE, 13 * RATE)
    wail = np.sin(np.arange(3 * RATE) * 2 * np.pi * 800 / RATE)[:, None]
    siren[passing], louder[passing] = 0.25 * wail, 0.5 * wail

    def made(headroom: float = 0, room: str = "effects", **gains: float) -> np.ndarray:
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        scene = make_sound(
            folder / "scene", dialogue=voice, radio=voice * 0, effects=noise(-42, 2), music=noise(-24, 3), siren=siren,
            louder=louder,
        )  # fmt: skip
        sounds = []
        for number in (0, 1):
            for kind, track in TRACKS.items():
                file = room if kind == "effects" and number else kind
                gain = gains.get(kind, 0.0) if number else 0.0
                sounds.append(
                    PlacedSound.model_validate(
                        {"input": "scene", "file": f"{file}.wav", "track": track, "at": number * SECONDS,
                         "seconds": SECONDS, "gain_db": gain}
                    )
                )  # fmt: skip
        inputs, samples = {"scene": Input(scene)}, 2 * SECONDS * RATE
        stems = write_stems(sounds, inputs, samples, folder)
        unasked = write_unasked(stems, sounds, inputs, samples, folder / "unasked")
        spared = (Headroom(at=Fraction(SECONDS + 10), seconds=Fraction(3), db=headroom),) if headroom else ()
        write_mix(stems, Levels(), samples, folder / "mix.f32", unasked, spared)
        return read_floats(folder / "mix.f32", 0, samples)

    return made


def second(mix: np.ndarray, part: slice) -> np.ndarray:
    return mix[SECONDS * RATE :][part]


def level(sound: np.ndarray) -> float:
    return 10 * float(np.log10((sound.astype(float) ** 2).mean()))


def test_louder_music_in_one_scene_is_heard_there_and_not_in_the_other(mixed: Mixed) -> None:
    plain, louder, softer = mixed(), mixed(music=6), mixed(music=-6)
    assert np.array_equal(plain[: SECONDS * RATE], louder[: SECONDS * RATE])
    assert np.array_equal(plain[: SECONDS * RATE], softer[: SECONDS * RATE])
    before = level(second(plain, QUIET))
    assert 4 <= level(second(louder, QUIET)) - before <= 6.1
    assert -6.1 <= level(second(softer, QUIET)) - before <= -4


def test_louder_effects_in_one_scene_are_heard_there_and_not_in_the_other(mixed: Mixed) -> None:
    plain, louder = mixed(music=-40), mixed(music=-40, effects=6)
    assert np.array_equal(plain[: SECONDS * RATE], louder[: SECONDS * RATE])
    assert 4 <= level(second(louder, QUIET)) - level(second(plain, QUIET)) <= 6.1


@pytest.mark.parametrize("gains", [{"music": 12.0}, {"effects": 12.0}, {"music": 12.0, "effects": 12.0}])
def test_speech_stays_clear_of_what_is_made_louder(mixed: Mixed, gains: dict[str, float]) -> None:
    rest = mixed(dialogue=0, **gains)
    voice = noise(-22, 1)[TALK]
    under = second(rest, TALK) - voice
    assert level(voice) - level(under) >= 12


def test_louder_dialogue_in_one_scene_is_heard_in_full(mixed: Mixed) -> None:
    plain, louder = mixed(), mixed(dialogue=4)
    assert np.array_equal(plain[: SECONDS * RATE], louder[: SECONDS * RATE])
    assert level(second(louder, TALK)) - level(second(plain, TALK)) == pytest.approx(4, abs=0.3)


def test_a_louder_siren_is_heard_though_loud_effects_are_held_and_nothing_else_changes(mixed: Mixed) -> None:
    plain = mixed(room="siren")
    held, louder = mixed(room="louder"), mixed(room="louder", headroom=6)
    passing = slice(round(10.5 * RATE), round(12.5 * RATE))
    before = level(second(plain, passing))
    assert level(second(held, passing)) - before < 1, "without room it would be taken back"
    assert 4 <= level(second(louder, passing)) - before <= 6.1
    apart = np.abs(plain - louder).max(axis=1) > 1e-6
    assert apart[: SECONDS * RATE].sum() == 0
    first, last = np.flatnonzero(apart)[[0, -1]] / RATE - SECONDS
    assert first >= 9
    assert last < 14.9


def test_a_sound_made_louder_does_not_clip(make_sound: Callable[..., Path], tmp_path: Path) -> None:
    scene = make_sound(tmp_path / "scene", effects=np.clip(noise(-6, 1), -0.8, 0.8))
    loud = PlacedSound(input="scene", file="effects.wav", track="A3", at=Fraction(0), gain_db=9.0)
    stems = write_stems((loud,), {"scene": Input(scene)}, SECONDS * RATE, tmp_path)
    with StereoFile(stems["A3"]) as file:
        assert np.abs(file.read(0, SECONDS * RATE)).max() <= 10 ** (-1.4 / 20)
