"""Every thing of the lexicon has a body of sound, and what is heard of it is its own."""

from fractions import Fraction as F
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml

from episodes.requests import PlacedEvent, Sounding, SoundRequest
from episodes.shots import Enter, Fall, Grab, ThingActs
from tests.tools_sound.happened import effects
from tools.sound import acts, bodies, creatures, materials, noises
from tools.sound.noise import Sound

RATE = 48_000
LEXICON = Path(__file__).parents[2] / "prompts" / "lexicon" / "nouns"
KINDS = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(LEXICON.glob("*.yaml"))]
ANIMALS = [str(noun) for kind in KINDS if kind["kind"] == "animal" for noun in kind["nouns"]]
THINGS = [str(noun) for kind in KINDS if kind["kind"] != "animal" for noun in kind["nouns"]]
ACTIONS = ("bounce", "spin", "roll", "fly", "grow", "multiply", "honk", "shake", "vanish")


def animal(name: str, metres: float = 0.0) -> Sounding:
    return Sounding(name=name, kind="animal", metres=metres)


def thing(name: str, metres: float = 0.0) -> Sounding:
    return Sounding(name=name, metres=metres)


def heard(*events: PlacedEvent, seconds: int = 3) -> Sound:
    return effects(SoundRequest(scene="S01", seconds=F(seconds), events=events, seed=5), {})


def acted(who: Sounding | None, action: str, *, spoken: bool = False, seconds: F = F(1)) -> Sound:
    event = ThingActs.model_validate({"at": 1, "who": "it", "action": action, "seconds": seconds})
    return heard(PlacedEvent(event=event, who=who, spoken=spoken)).mean(axis=1)


def centre(sound: Sound) -> float:
    """Return the middle of a sound's power spectrum in hertz."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def pitch(sound: Sound) -> float:
    """Return the strongest pitch between 60 and 1200 Hz of a sound's first third of a second, by autocorrelation."""
    start = int(np.flatnonzero(np.abs(sound) > 0.2 * np.abs(sound).max())[0])
    piece = sound[start : start + RATE // 3]
    power = np.abs(np.fft.rfft(piece, 2 * len(piece))) ** 2
    same = np.fft.irfft(power)[: RATE // 60]
    low = RATE // 1200
    return RATE / (low + int(same[low:].argmax()))


def test_every_noun_of_the_lexicon_has_a_body_or_a_voice() -> None:
    assert len(ANIMALS) > 100
    assert set(ANIMALS) <= creatures.known()
    assert set(THINGS) <= bodies.known()


def test_every_body_is_of_a_known_material_and_makes_a_known_noise() -> None:
    made = [bodies.body(thing(noun)) for noun in THINGS]
    assert {one.material for one in made} <= set(materials.MATERIALS)
    assert {one.noise for one in made} <= set(noises.NOISES)
    # The table is no list of one default.
    assert len({(one.material, one.noise) for one in made}) > 60


@pytest.mark.parametrize("name", sorted({*ANIMALS, "animal"}))
def test_an_animal_calls_at_once_and_ends_without_a_click(name: str) -> None:
    for sound in (creatures.voice(animal(name), 0.5, _chance()), creatures.murmur(animal(name), _chance())):
        loud = np.flatnonzero(np.abs(sound) > 0.1)
        assert np.isfinite(sound).all()
        assert 0.5 < np.abs(sound).max() <= 1.0001
        assert loud[0] < 0.06 * RATE
        assert 0.01 * RATE < len(sound) < 3.2 * RATE
        assert abs(sound[-1]) < 0.02


@pytest.mark.parametrize("name", sorted(noises.NOISES))
def test_a_noise_of_a_thing_begins_at_once_and_ends(name: str) -> None:
    sound = noises.own_noise(name, 1.0, 1.0, _chance())
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() == pytest.approx(1)
    assert np.flatnonzero(np.abs(sound) > 0.1)[0] < 0.03 * RATE
    assert len(sound) < 2.6 * RATE
    assert abs(sound[-1]) < 0.03


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", [animal("goose"), thing("telephone"), thing("qwertz machine"), None], ids=str)
def test_whatever_a_thing_does_begins_at_its_time(who: Sounding | None, action: str) -> None:
    sound = np.abs(acted(who, action))
    assert sound[:RATE].max() == 0
    assert 0.01 < sound.max() < 0.8
    assert np.flatnonzero(sound > 0.1 * sound.max())[0] - RATE < 0.02 * RATE


def test_who_honks_is_known_by_its_voice() -> None:
    names = ("goose", "duck", "cow", "cat", "dog", "raccoon", "mouse", "rooster", "bear", "bee", "snake", "owl")
    sounds = {name: acted(animal(name), "honk") for name in names}
    for one in names:
        for other in names:
            if one < other:
                colour = float(np.corrcoef(_shape(sounds[one]), _shape(sounds[other]))[0, 1])
                rhythm = float(np.corrcoef(_swell(sounds[one]), _swell(sounds[other]))[0, 1])
                assert min(colour, rhythm) < 0.9, (one, other)
    assert (
        centre(acted(animal("bear"), "honk"))
        < centre(acted(animal("goose"), "honk"))
        < centre(acted(animal("mouse"), "honk"))
    )


def test_pitches_are_those_of_the_animals() -> None:
    assert 85 < pitch(acted(animal("cow"), "honk")) < 180
    assert 330 < pitch(acted(animal("goose"), "honk")) < 560
    assert 250 < pitch(acted(animal("sheep"), "honk")) < 380


def test_a_giant_goose_is_lower_and_a_puppy_higher() -> None:
    assert pitch(acted(animal("goose", 4.0), "honk")) < 0.7 * pitch(acted(animal("goose"), "honk"))
    assert centre(acted(animal("puppy"), "honk")) > 1.15 * centre(acted(animal("dog"), "honk"))


def test_a_thing_makes_its_own_noise_when_it_honks() -> None:
    ring, siren, kettle = (acted(thing(name), "honk") for name in ("telephone", "siren", "tuba"))
    power, hertz = np.abs(np.fft.rfft(ring)) ** 2, np.fft.rfftfreq(len(ring), 1 / RATE)
    bells = ((hertz > 1200) & (hertz < 1600)).sum()
    assert bells
    assert power[(hertz > 1200) & (hertz < 1600)].sum() > 0.5 * power.sum()
    assert centre(kettle) < centre(ring)
    assert float(np.corrcoef(_shape(ring), _shape(siren))[0, 1]) < 0.9


def test_names_are_understood_in_phrases_plurals_and_by_emoji() -> None:
    assert bodies.body(thing("jelly doughnuts")) == bodies.body(thing("doughnut"))
    assert creatures.creature(animal("Geese of the lake")) == creatures.creature(animal("goose"))
    assert creatures.creature(Sounding(name="Gerald", kind="animal", emoji="🪿")) == creatures.creature(animal("goose"))
    assert creatures.creature(animal("tabby")) == creatures.creature(animal("cat"))
    assert bodies.body(Sounding(name="Gizmo", emoji="🔔")) == bodies.body(thing("bell"))
    assert bodies.body(thing("qwertz")) == bodies.body(thing(""))
    assert bodies.is_creature(thing("angry goose"))
    for no_animal in ("rubber duck", "hot dog", "plastic flamingo", "piggy bank"):
        assert not bodies.is_creature(thing(no_animal)), no_animal


def test_a_fall_tells_material_weight_and_size() -> None:
    def drop(name: str, metres: float) -> Sound:
        event = PlacedEvent(event=Fall(at=F(1), what="x"), who=thing(name, metres), surface="tile")
        return heard(event).mean(axis=1)

    assert centre(drop("bottle", 0.3)) > 2 * centre(drop("statue", 2.5))
    assert np.abs(drop("piano", 1.8)).max() > 2 * np.abs(drop("penny", 0.02)).max()
    # A ball bounces on; a cushion does not.
    late = slice(RATE + RATE // 3, 2 * RATE)
    ball, cushion = drop("basketball", 0.24), drop("cushion", 0.4)
    assert np.abs(ball[late]).max() > 0.1 * np.abs(ball).max()
    assert np.abs(cushion[late]).max() < 0.02 * np.abs(cushion).max()


def test_a_bounce_meets_the_ground_when_the_drawing_does() -> None:
    sound = np.abs(acted(thing("brick"), "bounce", seconds=F(13, 10)))
    level = np.convolve(sound, np.ones(240) / 240, "same")
    for hop in range(3):
        at = round((1 + hop * np.pi / 7.5) * RATE)
        near, before = level[at : at + 1200].max(), level[at - 2400 : at - 480].max()
        assert near > 3 * before


def test_a_murmur_waits_while_somebody_speaks_and_a_honk_does_not() -> None:
    quiet, loud = acted(animal("owl"), "shake", spoken=True), acted(animal("owl"), "shake")
    power = lambda s: float((s**2).sum())  # noqa: E731
    assert power(quiet) < 0.8 * power(loud)
    assert np.array_equal(acted(animal("owl"), "honk", spoken=True), acted(animal("owl"), "honk"))


def test_an_animal_that_comes_in_is_heard_on_its_own_feet_and_says_something() -> None:
    def entered(who: Sounding) -> Sound:
        return heard(PlacedEvent(event=Enter(at=F(1), who="x"), who=who)).mean(axis=1)

    horse, human = entered(animal("horse")), entered(Sounding(name="Okafor", kind="human"))
    assert np.abs(horse[:RATE]).max() == 0
    assert float(np.corrcoef(_shape(horse), _shape(human))[0, 1]) < 0.9
    assert np.abs(horse).max() > 0.02


def test_handcuffs_click_when_a_person_is_taken_hold_of() -> None:
    def grabbed(what: Sounding) -> Sound:
        return heard(PlacedEvent(event=Grab(at=F(1), who="o", what="x"), what=what)).mean(axis=1)

    assert centre(grabbed(Sounding(name="Lund", kind="human"))) > 1.05 * centre(grabbed(thing("cushion", 0.4)))
    assert np.abs(grabbed(animal("goose"))).max() > 0.01


def test_a_horse_treads_harder_than_a_mouse() -> None:
    assert acts.loudness_of(3.0) > 1.5 * acts.loudness_of(0.1)


def _chance() -> np.random.Generator:
    return np.random.default_rng(8)


def _swell(sound: Sound) -> Sound:
    """Return how loud a sound is in each 20 ms of its first 1.2 seconds."""
    piece = np.abs(sound[RATE : RATE + 60 * 960]).reshape(60, 960)
    return np.asarray(piece.mean(axis=1))


def _shape(sound: Sound) -> Sound:
    """Return a sound's level in 24 bands from 80 Hz to 10 kHz, in decibels."""
    power, hertz = np.abs(np.fft.rfft(sound)) ** 2, np.fft.rfftfreq(len(sound), 1 / RATE)
    edges = np.geomspace(80, 10_000, 25)
    found = [power[(hertz >= low) & (hertz < high)].sum() for low, high in pairwise(edges)]
    return np.asarray(10 * np.log10(np.array(found) + 1e-12))
