from collections.abc import Callable
from fractions import Fraction as F
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.cast import SetName
from episodes.errors import RequestRejected
from episodes.requests import PlacedBed, PlacedEvent, PlacedLine, SoundRequest
from episodes.script import Channel
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
from tools.protocols import Call, Input, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness, rms_db
from tools.sound.perspective import seen
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


def line(
    channel: Channel,
    at: F = F(1),
    speaker: str = "okafor",
    *,
    wearer: bool = False,
    ear: CameraOwner = "bodycam",
    distance: float = 0.0,
) -> PlacedLine:
    return PlacedLine(
        line="S01-L01", at=at, channel=channel, speaker=speaker, wearer=wearer, ear=ear, distance=distance
    )


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
        ("pa", "dialogue"),
    ],
)
def test_each_channel_goes_to_its_stem_at_its_time(perform: Perform, channel: Channel, stem: str) -> None:
    stems = perform(scene(lines=(line(channel),)))
    assert rms_db(stems[stem][RATE : 2 * RATE]) > -30
    # A loudspeaker is keyed three tenths of a second before its words, a radio not one.
    assert np.abs(stems[stem][: RATE - (15_000 if channel == "pa" else 4800)]).max() == 0
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
    assert abs(rms_db(worn[:, 0]) - rms_db(worn[:, 1])) < 0.5
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


def brightness_of(sound: NDArray[np.floating]) -> float:
    power, hertz = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2, np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(power[hertz > 3000].sum() / power.sum())


def test_the_further_off_a_voice_is_the_more_room_and_the_less_treble_it_has_and_it_stays_as_loud(
    perform: Perform,
) -> None:
    for place in ("hallway", "street", "parking_lot", "shop"):
        made = [
            perform(scene(lines=(line("spoken", distance=distance),), beds=(bed(0, 3, place),)))["dialogue"]
            for distance in (0.0, 0.5, 1.0)
        ]
        after = [rms_db(one[2 * RATE + 1500 : 2 * RATE + 9600]) for one in made]
        assert after[0] < after[1] < after[2]
        # A voice of few harmonics can't show what walls do to all of its band.
        wide = np.random.default_rng(1).normal(0, 0.05, RATE).astype(np.float32)
        bright = [brightness_of(seen(wide, distance, "bodycam", 0.0, place)) for distance in (0.0, 0.5, 1.0)]
        assert bright[0] > bright[1] > bright[2]
        dry = loudness(perform(scene(lines=(line("voice_over"),)))["dialogue"])
        assert all(abs(loudness(one) - dry) <= 3 for one in made)


@pytest.mark.parametrize("ear", get_args(CameraOwner))
def test_whatever_camera_hears_a_line_it_is_as_loud_as_it_was_spoken_within_3_lu(
    perform: Perform, ear: CameraOwner
) -> None:
    dry = loudness(perform(scene(lines=(line("voice_over"),)))["dialogue"])
    for distance in (0.1, 0.9):
        heard = perform(scene(lines=(line("spoken", ear=ear, distance=distance),), beds=(bed(0, 3),)))["dialogue"]
        assert abs(loudness(heard) - dry) <= 3


def test_a_doorbell_hears_no_bass_and_no_air(perform: Perform) -> None:
    def outside(ear: CameraOwner) -> float:
        sound = perform(scene(lines=(line("spoken", ear=ear),)))["dialogue"].mean(axis=1)
        power, hertz = np.abs(np.fft.rfft(sound)) ** 2, np.fft.rfftfreq(len(sound), 1 / RATE)
        return float(power[(hertz < 250) | (hertz > 7000)].sum() / power.sum())

    assert outside("doorbell") < 0.2 * outside("bodycam")


def test_who_wears_the_camera_is_heard_near_and_on_the_air(perform: Perform) -> None:
    own = perform(scene(lines=(line("radio", wearer=True),), beds=(bed(0, 3),)))
    other = perform(scene(lines=(line("radio"),), beds=(bed(0, 3),)))
    assert rms_db(own["dialogue"][RATE : 2 * RATE]) > -30
    assert np.abs(other["dialogue"]).max() == 0
    # The radio on the shoulder still clicks, and is softer than the mouth above it.
    assert np.abs(own["radio"][RATE - 4320 : RATE - 480]).max() > 0.005
    assert rms_db(own["radio"]) < rms_db(other["radio"]) - 4
    assert rms_db(own["radio"][RATE : 2 * RATE]) < rms_db(own["dialogue"][RATE : 2 * RATE])


def test_a_loudspeaker_thumps_before_its_words_and_comes_back_off_the_walls_after_them(perform: Perform) -> None:
    heard = perform(scene(lines=(line("pa"),), beds=(bed(0, 3),)))["dialogue"]
    assert np.abs(heard[RATE - 14_400 : RATE - 480]).max() > 0.01
    assert rms_db(heard[2 * RATE + 2400 : 2 * RATE + 9600]) > -50
    power, hertz = np.abs(np.fft.rfft(heard.mean(axis=1))) ** 2, np.fft.rfftfreq(len(heard), 1 / RATE)
    assert 10 * np.log10(power[(hertz < 150) | (hertz > 9000)].sum() / power.sum()) < -25


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
