from collections.abc import Callable
from fractions import Fraction as F
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from episodes.cast import SetName
from episodes.errors import RequestRejected
from episodes.script import Channel
from episodes.shots import (
    ActionEvent,
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
from episodes.tasks import PlacedBed, PlacedEvent, PlacedLine, SoundRequest
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness, rms_db
from tools.sound.stage import build

RATE = 48_000
STEMS = ("dialogue", "radio", "effects")
Perform = Callable[[SoundRequest], dict[str, wav.Samples]]


@pytest.fixture
def perform(tmp_path: Path) -> Perform:
    """Return a function that makes the stems of a request; each line is a voice-like buzz of 1 s."""
    at = np.arange(RATE) / RATE
    buzz = np.sign(np.sin(2 * np.pi * 140 * at)) * np.maximum(np.sin(2 * np.pi * 3 * at + 0.6), 0.1)
    smooth = np.convolve(buzz, np.hanning(9) / 4, "same") * np.minimum(1, np.minimum(at, 1 - at) / 0.01)
    (tmp_path / "line").mkdir()
    wav.write(tmp_path / "line" / "line.wav", (0.2 * smooth).astype(np.float32), RATE)

    def made(request: SoundRequest) -> dict[str, wav.Samples]:
        folder = tmp_path / f"out{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        inputs = {f"line:{line.line}": Input(folder=tmp_path / "line") for line in request.lines}
        result = build(ToolSettings()).sound(request, Call(into=folder, inputs=inputs))
        assert result.seconds == request.seconds
        assert sorted(file.name for file in folder.iterdir()) == sorted(f"{stem}.wav" for stem in STEMS)
        return {stem: wav.read(folder / f"{stem}.wav")[0] for stem in STEMS}

    return made


def scene(
    seconds: F = F(3),
    lines: tuple[PlacedLine, ...] = (),
    events: tuple[PlacedEvent, ...] = (),
    beds: tuple[PlacedBed, ...] = (),
    seed: int = 3,
) -> SoundRequest:
    return SoundRequest(scene="S01", seconds=seconds, lines=lines, events=events, beds=beds, seed=seed)


def line(channel: Channel, at: F = F(1), speaker: str = "okafor", *, wearer: bool = False) -> PlacedLine:
    return PlacedLine(line="S01-L01", at=at, channel=channel, speaker=speaker, wearer=wearer)


def bed(at: int, seconds: int, place: str = "street", weather: str = "clear", light: str = "night") -> PlacedBed:
    inside = place in ("shop", "car", "interview", "hallway", "dispatch_room", "diner", "kitchen")
    return PlacedBed.model_validate(
        {"at": at, "seconds": seconds, "set": place, "interior": inside, "weather": weather, "light": light}
    )


@pytest.mark.parametrize("seconds", [F(1), F(7, 3), F(2401, 1000)])
def test_the_stems_are_stereo_and_exactly_as_long_as_asked(perform: Perform, seconds: F) -> None:
    for stem in perform(scene(seconds, lines=(line("spoken"),), beds=(bed(0, 3),))).values():
        assert stem.shape == (round(seconds * RATE), 2)


@pytest.mark.parametrize(
    ("channel", "stem"),
    [
        ("spoken", "dialogue"),
        ("voice_over", "dialogue"),
        ("phone", "dialogue"),
        ("radio", "radio"),
        ("dispatch", "radio"),
    ],
)
def test_each_channel_goes_to_its_stem_at_its_time(perform: Perform, channel: Channel, stem: str) -> None:
    stems = perform(scene(lines=(line(channel),)))
    assert rms_db(stems[stem][RATE : 2 * RATE]) > -30
    assert np.abs(stems[stem][: RATE - 4800]).max() == 0
    for other in STEMS:
        if other != stem:
            assert np.abs(stems[other]).max() == 0


def test_a_transmission_keys_up_before_its_line_and_squelches_after(perform: Perform) -> None:
    radio = perform(scene(lines=(line("dispatch"),)))["radio"]
    assert np.abs(radio[RATE - 4320 : RATE - 480]).max() > 0.01
    assert np.abs(radio[2 * RATE + 480 : 2 * RATE + 2880]).max() > 0.02
    assert np.abs(radio[2 * RATE + 10_000 :]).max() == 0


def test_the_phone_has_no_bass_and_no_air(perform: Perform) -> None:
    heard = perform(scene(lines=(line("phone"),)))["dialogue"].mean(axis=1)
    power, hertz = np.abs(np.fft.rfft(heard)) ** 2, np.fft.rfftfreq(len(heard), 1 / RATE)
    assert power[(hertz < 120) | (hertz > 8000)].sum() < 0.001 * power.sum()


def test_the_wearer_is_in_the_middle_and_duller_than_the_others(perform: Perform) -> None:
    def brightness(sound: wav.Samples) -> float:
        power, hertz = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2, np.fft.rfftfreq(len(sound), 1 / RATE)
        return float(power[hertz > 4000].sum() / power.sum())

    worn = perform(scene(lines=(line("spoken", wearer=True),), beds=(bed(0, 3),)))["dialogue"]
    other = perform(scene(lines=(line("spoken"),), beds=(bed(0, 3),)))["dialogue"]
    assert np.array_equal(worn[:, 0], worn[:, 1])
    assert brightness(worn) < 0.7 * brightness(other)


def test_two_speakers_stand_in_different_places_and_stay_there(perform: Perform) -> None:
    def balance(speaker: str) -> float:
        sound = perform(scene(lines=(line("spoken", speaker=speaker),)))["dialogue"]
        return rms_db(sound[:, 0]) - rms_db(sound[:, 1])

    assert balance("okafor") == balance("okafor")
    assert abs(balance("okafor") - balance("vance")) > 0.3
    assert all(abs(balance(name)) < 6 for name in ("okafor", "vance", "lopez"))


def test_a_hallway_answers_longer_than_a_park(perform: Perform) -> None:
    def after(place: str) -> float:
        sound = perform(scene(lines=(line("spoken"),), beds=(bed(0, 3, place),)))["dialogue"]
        return rms_db(sound[2 * RATE + 1500 : 2 * RATE + 12_000])

    assert after("park") + 10 < after("hallway") < -35


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


def test_a_loud_scene_does_not_clip(perform: Perform) -> None:
    events = tuple(PlacedEvent(event=Door(at=F(1), action="slam")) for _ in range(6))
    lines = tuple(line("spoken", speaker=str(n)) for n in range(8))
    for stem in perform(scene(lines=lines, events=events)).values():
        assert decibels(float(np.abs(stem).max())) <= -1.4


def test_what_lies_across_the_ends_of_a_scene_is_cut_there(perform: Perform) -> None:
    stems = perform(
        scene(F(2), lines=(line("radio", F(0)),), events=(PlacedEvent(event=Door(at=F(19, 10), action="slam")),))
    )
    assert all(len(stem) == 2 * RATE for stem in stems.values())
    assert loudness(stems["radio"]) > -30


def test_the_same_request_gives_the_same_bytes_and_another_seed_does_not(perform: Perform) -> None:
    request = scene(F(2), (line("dispatch", F(1, 2)),), (PlacedEvent(event=Step(at=F(1), who="a")),), (bed(0, 2),))
    first, again = perform(request), perform(request)
    other = perform(request.model_copy(update={"seed": 4}))
    assert all(np.array_equal(first[stem], again[stem]) for stem in STEMS)
    assert not np.array_equal(first["effects"], other["effects"])


def test_a_line_without_its_sound_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestRejected, match="S01-L01"):
        build(ToolSettings()).sound(scene(lines=(line("spoken"),)), Call(into=tmp_path))
