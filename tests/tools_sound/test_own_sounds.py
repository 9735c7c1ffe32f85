"""The person's own recordings stand where the synthesised ones were: by name, in time, as loud, and nothing else."""

import os
from fractions import Fraction as F
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from episodes.effects import Weather
from episodes.errors import InputRefused, MediaBroken
from episodes.recordings import needed
from episodes.requests import OwnSound, PlacedBed, PlacedEvent, Sounding, SoundRequest
from episodes.shots import Door, SirenPass, Step, ThingActs
from tests.tools_sound.happened import effects
from tools import ffmpeg
from tools.protocols import Call, Input, ToolSettings
from tools.sound import beds, wav
from tools.sound.loudness import rms_db
from tools.sound.noise import Sound
from tools.sound.own import OwnSounds, decoded, looped
from tools.sound.own_folder import check, read_folder, unknown
from tools.sound.stage import build

RATE = 48_000
GOOSE = Sounding(name="goose", kind="animal")


def tone(
    path: Path, hertz: float, seconds: float = 0.5, lead: float = 0.0, channels: int = 1, gain: float = 0.5
) -> Path:
    """Write a tone that begins after `lead` seconds of silence, in the form of the path's ending."""
    at = np.arange(round(seconds * RATE)) / RATE
    sound = np.concatenate((np.zeros(round(lead * RATE)), gain * np.sin(2 * np.pi * hertz * at)))
    stereo = np.repeat(sound[:, None], channels, axis=1).astype(np.float32)
    if path.suffix.lower() == ".wav":
        wav.write(path, stereo, RATE)
        return path
    plain = path.parent / f".{path.name}.wav"
    wav.write(plain, stereo, RATE)
    ffmpeg.run(["-i", plain, path])
    plain.unlink()
    return path


def pitch(sound: Sound) -> float:
    mono = sound.mean(axis=1) if sound.ndim == 2 else sound
    return float(np.fft.rfftfreq(len(mono), 1 / RATE)[np.abs(np.fft.rfft(mono)).argmax()])


def play(folder: Path, *events: PlacedEvent, seconds: int = 3, seed: int = 5) -> Sound:
    given = read_folder(folder)
    own = needed(events, (), tuple(one.sound for one in given))
    inputs = {f"own:{one.sound.name}": Input(folder=Path(one.path)) for one in given if one.sound in own}
    return effects(SoundRequest(scene="S01", seconds=F(seconds), events=events, own=own, seed=seed), inputs)


def honk(at: int = 1) -> PlacedEvent:
    return PlacedEvent(event=ThingActs(at=F(at), who="g", action="honk"), who=GOOSE)


def step(at: int = 1, surface: str = "concrete", gait: str = "walk") -> PlacedEvent:
    return PlacedEvent.model_validate(
        {"event": Step.model_validate({"at": at, "who": "a", "gait": gait}), "surface": surface}
    )


@pytest.mark.parametrize("ending", ["wav", "flac", "mp3", "ogg", "m4a"])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_form_is_heard_in_place_of_the_synthesised_one(tmp_path: Path, ending: str, channels: int) -> None:
    tone(tmp_path / f"goose.{ending}", 1234, channels=channels)
    sound = play(tmp_path, honk())
    assert pitch(sound) == pytest.approx(1234, abs=4)
    assert np.abs(sound[: RATE - 2400]).max() < 1e-3


@pytest.mark.parametrize("lead", [0.0, 0.3, 1.1])
def test_its_first_sound_is_at_the_events_time(tmp_path: Path, lead: float) -> None:
    tone(tmp_path / "goose.wav", 900, lead=lead)
    level = np.abs(play(tmp_path, honk())).max(axis=1)
    assert level[:RATE].max() == 0
    assert np.flatnonzero(level > 0.1 * level.max())[0] - RATE < 240


@pytest.mark.parametrize("gain", [0.002, 0.05, 0.9])
def test_it_is_as_loud_as_the_one_it_stands_for(tmp_path: Path, gain: float) -> None:
    tone(tmp_path / "goose.wav", 900, gain=gain, seconds=1.0)
    mine = play(tmp_path, honk())
    made = effects(SoundRequest(scene="S01", seconds=F(3), events=(honk(),), seed=5), {})
    loudest = [max(rms_db(s[n : n + 2400]) for n in range(RATE, 2 * RATE, 1200)) for s in (mine, made)]
    assert loudest[0] == pytest.approx(loudest[1], abs=1.5)
    assert np.abs(mine).max() < 0.9


def test_a_long_one_is_faded_and_not_cut(tmp_path: Path) -> None:
    tone(tmp_path / "step.wav", 700, seconds=5)
    sound = play(tmp_path, step(), seconds=8)
    assert np.abs(sound[2 * RATE :]).max() == 0
    ends = np.abs(sound).max(axis=1)
    last = int(np.flatnonzero(ends > 1e-4)[-1])
    assert ends[last - 200 : last].max() < 0.05 * ends.max()


def test_the_most_specific_name_wins(tmp_path: Path) -> None:
    for name, hertz in (("step", 500), ("step-grass", 1000), ("step-grass-run", 2000)):
        tone(tmp_path / f"{name}.wav", hertz)
    assert pitch(play(tmp_path, step(surface="grass", gait="run"))) == pytest.approx(2000, abs=4)
    assert pitch(play(tmp_path, step(surface="grass"))) == pytest.approx(1000, abs=4)
    assert pitch(play(tmp_path, step(surface="tile"))) == pytest.approx(500, abs=4)


def test_takes_change_and_none_comes_twice_in_a_row(tmp_path: Path) -> None:
    for take, hertz in ((1, 500), (2, 1000), (3, 2000)):
        tone(tmp_path / f"step-{take}.wav", hertz, seconds=0.3)
    sound = play(tmp_path, *(step(n) for n in range(1, 13)), seconds=14)
    found = [round(pitch(sound[n * RATE : n * RATE + RATE // 2]) / 500) for n in range(1, 13)]
    assert all(one != other for one, other in pairwise(found))
    assert set(found) == {1, 2, 4}
    assert np.array_equal(sound, play(tmp_path, *(step(n) for n in range(1, 13)), seconds=14))


def test_what_was_not_recorded_is_still_made(tmp_path: Path) -> None:
    tone(tmp_path / "door-slam.wav", 900)
    slam, knock = (PlacedEvent(event=Door.model_validate({"at": 1, "action": a})) for a in ("slam", "knock"))
    assert pitch(play(tmp_path, slam)) == pytest.approx(900, abs=4)
    assert np.array_equal(
        play(tmp_path, knock), effects(SoundRequest(scene="S01", seconds=F(3), events=(knock,), seed=5), {})
    )


def test_a_recorded_siren_is_loudest_where_the_car_is_nearest(tmp_path: Path) -> None:
    at = np.arange(6 * RATE) / RATE
    swell = np.exp(-(((at - 3.5) / 0.8) ** 2)) * np.sin(2 * np.pi * 800 * at)
    wav.write(tmp_path / "siren.wav", (0.5 * swell).astype(np.float32), RATE)
    sound = play(tmp_path, PlacedEvent(event=SirenPass(at=F(5), seconds=F(3))), seconds=10)
    level = np.convolve((sound**2).sum(axis=1), np.ones(4800), "same")
    assert level.argmax() / RATE == pytest.approx(5, abs=0.15)


# ---- beds ------------------------------------------------------------------------------------------------------------


def bed(place: str = "street", light: str = "night", weather: str = "clear") -> PlacedBed:
    return PlacedBed.model_validate(
        {"at": 0, "seconds": 9, "set": place, "interior": False, "weather": weather, "light": light}
    )


def own_of(folder: Path) -> OwnSounds:
    given = read_folder(folder)
    inputs = {f"own:{one.sound.name}": Input(folder=Path(one.path)) for one in given}
    return OwnSounds(tuple(one.sound for one in given), inputs, 5)


def made_bed(weather: Weather, frames: int) -> Sound:
    kind = beds.Kind("street", False, weather, "night")
    return beds.bed(kind, 3, lambda at: np.zeros(len(at))).read(frames).astype(np.float64)


def test_a_bed_is_looped_without_a_seam_and_as_loud_as_the_made_one(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal((4 * RATE, 2)) * np.linspace(0.4, 1, 4 * RATE)[:, None]
    wav.write(tmp_path / "bed-street.wav", (0.1 * noise).astype(np.float32), RATE)
    made = made_bed("clear", 11 * RATE)
    mine = own_of(tmp_path).bed(bed(), made)
    assert mine.shape == made.shape
    assert rms_db(mine) == pytest.approx(rms_db(made), abs=0.3)
    assert not np.allclose(mine, made)
    level = [rms_db(mine[n : n + 4800]) for n in range(0, 11 * RATE, 4800)]
    # The recording rises by 8 dB from end to end; where it begins again it is not cut, it is led over.
    assert max(abs(one - other) for one, other in pairwise(level)) < 2.5


def test_the_stage_uses_the_person_s_bed_where_there_is_one(tmp_path: Path) -> None:
    tone(tmp_path / "bed-street.wav", 600, seconds=2)
    (one,) = read_folder(tmp_path)
    (tmp_path / "out").mkdir()
    request = SoundRequest(scene="S01", seconds=F(4), beds=(bed(),), own=(one.sound,), seed=3)
    inputs = {f"own:{one.sound.name}": Input(folder=Path(one.path))}
    build(ToolSettings()).sound(request, Call(into=tmp_path / "out", inputs=inputs))
    assert pitch(wav.read(tmp_path / "out" / "effects.wav")[0].astype(np.float64)) == pytest.approx(600, abs=2)


def test_a_loop_repeats_nothing_at_its_joins() -> None:
    ramp = np.repeat(np.sin(2 * np.pi * 3 * np.arange(3 * RATE) / RATE)[:, None], 2, axis=1)
    whole = looped(ramp, 10 * RATE)
    assert whole.shape == (10 * RATE, 2)
    assert np.abs(np.diff(whole[:, 0])).max() < 3 * np.abs(np.diff(ramp[:, 0])).max()


def test_a_dry_street_does_not_stand_for_a_wet_one(tmp_path: Path) -> None:
    tone(tmp_path / "bed-street.wav", 600, seconds=2)
    made = made_bed("rain", 2 * RATE)
    assert own_of(tmp_path).bed(bed(weather="rain"), made) is made
    tone(tmp_path / "bed-street-night-rain.wav", 900, seconds=2)
    assert pitch(own_of(tmp_path).bed(bed(weather="rain"), made)) == pytest.approx(900, abs=4)


# ---- the folder ------------------------------------------------------------------------------------------------------


def test_names_are_read_as_people_write_them(tmp_path: Path) -> None:
    tone(tmp_path / "Goose Honk.WAV", 900)
    tone(tmp_path / "step_concrete-2.wav", 900)
    (tmp_path / "licence.txt").write_text("mine")
    (tmp_path / "old").mkdir()
    assert [one.sound.name for one in read_folder(tmp_path)] == ["goose-honk", "step-concrete-2"]


def test_equal_bytes_have_equal_digests_and_others_do_not(tmp_path: Path) -> None:
    tone(tmp_path / "goose.wav", 900)
    tone(tmp_path / "duck.wav", 900)
    tone(tmp_path / "cow.wav", 901)
    digests = {one.sound.name: one.sound.digest for one in read_folder(tmp_path)}
    assert digests["goose"] == digests["duck"] != digests["cow"]


def test_slips_of_the_pen_are_told_and_things_and_animals_are_not(tmp_path: Path) -> None:
    for name in (
        "goose",
        "goose-honk-3",
        "telephone",
        "bed-street-night-rain",
        "step-grass-run",
        "keys",
        "dor-slam",
        "gooose",
    ):
        tone(tmp_path / f"{name}.wav", 900, seconds=0.05)
    assert unknown(read_folder(tmp_path)) == ("dor-slam", "gooose")


def test_a_missing_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no folder of sounds"):
        read_folder(tmp_path / "nowhere")


def test_links_out_of_the_folder_are_refused_and_links_within_are_not(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    tone(outside / "secret.wav", 900)
    tone(inside / "goose.wav", 900)
    (inside / "duck.wav").symlink_to("goose.wav")
    assert len(read_folder(inside)) == 2
    (inside / "cow.wav").symlink_to(outside / "secret.wav")
    with pytest.raises(InputRefused, match=r"cow\.wav.*leads out"):
        read_folder(inside)


PLAYLISTS = {
    "playlist.wav": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n/etc/hostname\n#EXT-X-ENDLIST\n",
    "concat.wav": "ffconcat version 1.0\nfile '/etc/hostname'\n",
    "session.mp3": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 4000 RTP/AVP 0\n",
    "empty.wav": "",
    "words.ogg": "no sound at all, only words",
}


@pytest.mark.parametrize("name", PLAYLISTS)
def test_hostile_and_broken_files_are_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PLAYLISTS[name])
    with pytest.raises(InputRefused, match=name):
        read_folder(tmp_path)


@pytest.mark.parametrize("form", ["wav", "flac", "mp3", "ogg", "mov"])
def test_no_reader_opens_a_playlist_however_it_came_to_the_stage(tmp_path: Path, form: str) -> None:
    tone(tmp_path / "secret.wav", 900)
    hostile = tmp_path / "goose.wav"
    hostile.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{tmp_path / 'secret.wav'}\n#EXT-X-ENDLIST\n")
    sound = OwnSound.model_validate({"name": "goose", "digest": "0", "form": form})
    with pytest.raises(MediaBroken, match="goose"):
        decoded(Input(folder=hostile), sound, 1.0)


def test_a_file_cut_short_after_its_header_is_found_before_anything_is_made(tmp_path: Path) -> None:
    tone(tmp_path / "goose.flac", 900)
    whole = (tmp_path / "goose.flac").read_bytes()
    (tmp_path / "goose.flac").write_bytes(whole[:60])
    given = read_folder(tmp_path)
    with pytest.raises(InputRefused, match=r"goose\.flac.*broken"):
        check(given)


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    tone(tmp_path / "goose.wav", 900)
    tone(tmp_path / "Goose.flac", 900)
    with pytest.raises(InputRefused, match="same name"):
        read_folder(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    tone(tmp_path / "goose.wav", 900).chmod(0)
    with pytest.raises(InputRefused, match="can't be read"):
        read_folder(tmp_path)


def test_a_recording_that_was_not_handed_over_is_named() -> None:
    sound = OwnSound(name="goose", digest="0", form="wav")
    with pytest.raises(MediaBroken, match="goose"):
        effects(SoundRequest(scene="S01", seconds=F(3), events=(honk(),), own=(sound,), seed=1), {})
