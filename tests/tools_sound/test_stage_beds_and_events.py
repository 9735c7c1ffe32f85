from fractions import Fraction as F
from typing import get_args

import numpy as np
import pytest

from episodes.cast import SetName
from episodes.requests import PlacedEvent
from episodes.shots import (
    ActionEvent,
    CameraOwner,
    Door,
    Enter,
    Exit,
    Fall,
    Gesture,
    Grab,
    LightBar,
    SirenPass,
    Step,
    ThingActs,
    Torch,
)
from tests.tools_sound.staged import RATE, Perform, bed, scene
from tools.sound.loudness import rms_db


def test_a_helicopter_hears_its_own_rotor(perform: Perform) -> None:
    def beats(ear: CameraOwner) -> float:
        """Return how much of the bed's loudness comes and goes eleven times a second."""
        placed = bed(0, 6).model_copy(update={"ear": ear})
        effects = perform(scene(F(6), beds=(placed,)))["effects"].mean(axis=1)
        level = np.abs(effects).reshape(-1, 480).mean(axis=1)
        found = np.abs(np.fft.rfft(level - level.mean()))
        hertz = np.fft.rfftfreq(len(level), 0.01)
        return float(found[(hertz > 10.5) & (hertz < 12)].max() / found[(hertz > 5) & (hertz < 9)].mean())

    assert beats("helicopter") > 5 * beats("bodycam")


def test_an_engine_turns_faster_when_the_car_drives(perform: Perform) -> None:
    def pitch(pace: float) -> float:
        placed = bed(0, 4, "car").model_copy(update={"pace": pace})
        effects = perform(scene(F(4), beds=(placed,)))["effects"].mean(axis=1)
        power, hertz = np.abs(np.fft.rfft(effects)) ** 2, np.fft.rfftfreq(len(effects), 1 / RATE)
        low = (hertz > 15) & (hertz < 80)
        return float(hertz[low][power[low].argmax()])

    assert pitch(0.9) > 1.5 * pitch(0.0)


def test_wind_buffets_the_microphone_of_somebody_who_runs_while_they_run(perform: Perform) -> None:
    running = tuple(F(2) + F(3, 10) * n for n in range(7))
    windy = perform(scene(F(6), beds=(bed(0, 6).model_copy(update={"running": running}),)))["effects"]
    calm = perform(scene(F(6), beds=(bed(0, 6),)))["effects"]
    assert np.array_equal(windy[: 2 * RATE], calm[: 2 * RATE])
    assert rms_db(windy[round(2.7 * RATE) : 4 * RATE]) > rms_db(calm[round(2.7 * RATE) : 4 * RATE]) + 6
    assert abs(rms_db(windy[5 * RATE :]) - rms_db(calm[5 * RATE :])) < 1


def test_a_bed_never_comes_back_to_what_it_was(perform: Perform) -> None:
    effects = perform(scene(F(26), beds=(bed(0, 26, "interview"),)))["effects"].mean(axis=1).astype(float)
    piece = effects[2 * RATE : 4 * RATE]
    length = len(effects)
    same = np.fft.irfft(np.fft.rfft(effects, 2 * length) * np.conj(np.fft.rfft(piece, 2 * length)))[:length]
    same /= (piece**2).sum()
    assert same[2 * RATE] == pytest.approx(1, abs=1e-6)
    same[2 * RATE - RATE : 2 * RATE + RATE] = 0
    assert np.abs(same).max() < 0.5


EVENTS: list[ActionEvent] = [
    Step(at=F(1), who="a"),
    Step(at=F(1), who="a", gait="run"),
    *(Door.model_validate({"at": 1, "action": action}) for action in ("open", "close", "knock", "slam")),
    Fall(at=F(1), what="box"),
    Grab(at=F(1), who="a", what="box"),
    Torch(at=F(1), action="on"),
    Torch(at=F(1), action="off"),
    LightBar(at=F(1)),
    Gesture(at=F(1), who="a", gesture="point"),
    Enter(at=F(1), who="a"),
    Exit(at=F(1), who="a"),
    *(
        ThingActs.model_validate({"at": 1, "who": "g", "action": action})
        for action in ("bounce", "spin", "roll", "fly", "grow", "multiply", "honk", "shake", "vanish")
    ),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: f"{e.kind}-{getattr(e, 'action', getattr(e, 'gait', ''))}")
def test_an_event_starts_within_5_ms_of_its_time_and_never_before(perform: Perform, event: ActionEvent) -> None:
    effects = np.abs(perform(scene(events=(PlacedEvent(event=event),)))["effects"]).max(axis=1)
    loud = np.flatnonzero(effects > 0.1 * effects.max())
    assert effects.max() > 0.01
    assert effects.max() < 0.9
    assert effects[:RATE].max() == 0
    assert loud[0] - RATE <= 0.005 * RATE


@pytest.mark.parametrize("surface", ["concrete", "tile", "grass", "carpet", "wood", "gravel"])
def test_a_step_peaks_within_12_ms_and_is_over_in_half_a_second(perform: Perform, surface: str) -> None:
    placed = PlacedEvent.model_validate({"event": Step(at=F(1), who="a"), "surface": surface})
    effects = np.abs(perform(scene(events=(placed,)))["effects"]).max(axis=1)
    assert effects[: RATE + 576].max() > 0.5 * effects.max()
    assert effects[RATE + RATE // 2 :].max() == 0


def test_surfaces_sound_different(perform: Perform) -> None:
    def brightness(surface: str) -> float:
        placed = PlacedEvent.model_validate({"event": Step(at=F(1), who="a"), "surface": surface})
        sound = perform(scene(events=(placed,)))["effects"].mean(axis=1)
        power, hertz = np.abs(np.fft.rfft(sound)) ** 2, np.fft.rfftfreq(len(sound), 1 / RATE)
        return float((power * hertz).sum() / power.sum())

    assert brightness("carpet") < brightness("wood") < brightness("tile")
    assert brightness("grass") < brightness("gravel")


def test_a_siren_is_loudest_when_closest_crosses_over_and_falls_in_pitch(perform: Perform) -> None:
    effects = perform(scene(F(10), events=(PlacedEvent(event=SirenPass(at=F(5), seconds=F(3))),)))["effects"]
    level = np.sqrt(np.convolve((effects**2).sum(axis=1), np.ones(4800) / 4800, "same"))
    assert abs(level.argmax() / RATE - 5) < 0.1
    before, after = effects[3 * RATE : 4 * RATE], effects[6 * RATE : 7 * RATE]
    assert rms_db(before[:, 0]) > rms_db(before[:, 1]) + 3
    assert rms_db(after[:, 1]) > rms_db(after[:, 0]) + 3
    assert np.abs(effects[:200]).max() < 0.001


def test_a_siren_keeps_its_own_tone_but_for_the_doppler_shift() -> None:
    from tools.sound import siren

    def pitch(sound: np.ndarray) -> float:
        return float(np.count_nonzero(np.diff(np.signbit(sound))) / 2 / (len(sound) / RATE))

    # One whole wail long before and one long after: its mean pitch is the horn's own, shifted up or down.
    sound = siren.siren(20 * RATE, 10.0, 8.0, 0.0)[:, 0] + siren.siren(20 * RATE, 10.0, 8.0, 0.0)[:, 1]
    wail = round(3.2 * RATE)
    coming, going = sound[4 * RATE : 4 * RATE + wail], sound[13 * RATE : 13 * RATE + wail]
    assert pitch(coming) > 1.02 * pitch(going)


@pytest.mark.parametrize("place", get_args(SetName))
def test_every_set_has_a_quiet_bed_of_its_own(perform: Perform, place: str) -> None:
    for weather in ("clear", "rain"):
        effects = perform(scene(F(4), beds=(bed(0, 4, place, weather),)))["effects"]
        assert -39 < rms_db(effects) < -31
        assert abs(effects.mean()) < 2e-4
        # No second of it is empty and none sticks out.
        seconds = [rms_db(effects[n : n + RATE]) for n in range(0, 4 * RATE, RATE)]
        assert max(seconds) - min(seconds) < 9


def test_beds_differ_by_weather_and_hour(perform: Perform) -> None:
    made = [
        perform(scene(F(2), beds=(bed(0, 2, "park", weather, light),)))["effects"]
        for weather, light in (("clear", "night"), ("clear", "day"), ("rain", "night"), ("wind", "night"))
    ]
    spectra = [np.log(np.abs(np.fft.rfft(m[:, 0])).reshape(-1)[1:48_001].reshape(240, -1).mean(axis=1)) for m in made]
    for n, one in enumerate(spectra):
        assert all(np.sqrt(np.mean((one - other) ** 2)) > 0.3 for other in spectra[n + 1 :])


def test_beds_join_without_a_click_or_a_hole(perform: Perform) -> None:
    effects = perform(scene(F(6), beds=(bed(0, 3, "street"), bed(3, 3, "car"))))["effects"]
    steps = np.abs(np.diff(effects[:, 0]))
    join = steps[round(2.8 * RATE) : round(3.2 * RATE)].max()
    assert join < 1.3 * max(steps[: 2 * RATE].max(), steps[4 * RATE :].max())
    level = [rms_db(effects[n : n + 2400]) for n in range(round(2.6 * RATE), round(3.4 * RATE), 2400)]
    assert min(level) > -45


def test_a_bed_that_is_cut_back_to_goes_on_as_if_never_left(perform: Perform) -> None:
    whole = perform(scene(F(6), beds=(bed(0, 6, "street"),)))["effects"]
    cut = perform(scene(F(6), beds=(bed(0, 2, "street"), bed(2, 2, "shop"), bed(4, 2, "street"))))["effects"]
    assert np.array_equal(whole[:RATE], cut[:RATE])
    assert np.array_equal(whole[5 * RATE :], cut[5 * RATE :])


def test_a_louder_siren_is_louder_by_so_much_and_nothing_else_changes(perform: Perform) -> None:
    def effects(gain: float, *, passing: bool = True) -> np.ndarray:
        siren = PlacedEvent(event=SirenPass(at=F(5), seconds=F(2)), gain_db=gain)
        steps = tuple(PlacedEvent(event=Step(at=F(n), who="okafor")) for n in range(1, 10))
        return perform(scene(F(10), events=(*steps, *[siren] * passing), beds=(bed(0, 10),)))["effects"]

    rest, plain, louder = effects(0, passing=False), effects(0), effects(6)
    for db in (4, -6):
        changed, gain = effects(db), np.float32(10 ** (db / 20))
        assert np.abs((changed - rest) - gain * (plain - rest)).max() < 2e-4, "rounding alone"
    near = slice(4 * RATE, 6 * RATE)
    assert 5 <= rms_db(louder[near]) - rms_db(plain[near]) <= 6.1, "its loudest peaks are held below full scale"
    assert np.array_equal(plain[: 2 * RATE - 100], louder[: 2 * RATE - 100])
