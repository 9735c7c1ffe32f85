from fractions import Fraction as F
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from episodes.errors import RequestRejected
from episodes.requests import PlacedEvent
from episodes.script import Channel
from episodes.shots import (
    CameraOwner,
    Door,
    Step,
)
from tests.tools_sound.staged import RATE, STEMS, Perform, bed, line, scene
from tools.protocols import Call, ToolSettings
from tools.sound import wav
from tools.sound.loudness import decibels, loudness, rms_db
from tools.sound.perspective import seen
from tools.sound.stage import build


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
