"""The bench of the sound finds what is planted in it, and finds nothing in what is good."""

import asyncio
import dataclasses
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from benchmarks import sound_bands, sound_captions, sound_findings, sound_sheets, sound_sync, voices
from benchmarks.sound import PARTS, measure_of
from benchmarks.sound_balance import swing
from benchmarks.sound_films import write_scene
from benchmarks.sound_findings import Made, findings
from episodes.cut import Clip, track_of
from episodes.episode import Cue, Episode
from tests.agents_shots.five_scenes import five_scenes
from tools.sound import radio

RATE = 48_000


def voice(seconds: float) -> np.ndarray:
    """Return noise with a voice's spectrum, in syllables."""
    chance = np.random.default_rng(4)
    noise = signal.sosfilt(
        signal.butter(2, (120, 3500), "bandpass", fs=RATE, output="sos"), chance.normal(size=round(seconds * RATE))
    )
    return (0.1 * noise * np.maximum(np.sin(8 * np.pi * np.arange(len(noise)) / RATE), 0.05)).astype(np.float32)


def test_the_radio_keeps_its_band_under_a_voice() -> None:
    band = sound_bands.band_of(sound_bands.radio_channel(3), voice(2))
    assert band.ripple <= sound_bands.PASS_DB
    assert band.stop >= sound_bands.STOP_DB


@pytest.mark.parametrize(("corners", "ripple", "stop"), [((700, 2500), True, False), ((50, 9000), False, True)])
def test_a_channel_that_is_too_narrow_or_too_wide_is_found_out(
    corners: tuple[int, int], ripple: bool, stop: bool
) -> None:
    filters = signal.butter(4, corners, "bandpass", fs=RATE, output="sos")
    hiss = 0.05 * np.random.default_rng(1).normal(size=10 * RATE)

    def channel(samples: np.ndarray) -> np.ndarray:
        return np.asarray(np.tanh(signal.sosfilt(filters, samples)) + hiss[: len(samples)], np.float32)

    band = sound_bands.band_of(channel, voice(2))
    assert (band.ripple > sound_bands.PASS_DB) == ripple
    assert (band.stop < sound_bands.STOP_DB) == stop


def test_a_transmission_without_its_tail_is_found_out() -> None:
    dry = voice(1)
    sent = radio.transmit(dry, 2)
    seconds, over = sound_bands.tail_of(sent, dry)
    assert sound_bands.SHORTEST_TAIL <= seconds <= sound_bands.LONGEST_TAIL
    assert over >= sound_bands.TAIL_OVER_STATIC_DB
    silent = radio.Transmission(np.pad(sent.samples[: sent.lead + len(dry)], (0, 5000)), sent.lead)
    assert sound_bands.tail_of(silent, dry)[0] < sound_bands.SHORTEST_TAIL


def test_a_few_joins_are_in_step() -> None:
    assert all(verdict.holds for verdict in sound_sync.verdicts(joins=11))


def test_a_late_click_has_its_offset_and_a_missing_one_is_told() -> None:
    sound = sound_sync.clicks((0, 12, 24), 36, 12)
    late = np.roll(sound, 480, axis=0)
    assert sound_sync.offsets_of(late, [0, 1, 2]) == pytest.approx([0.01, 0.01, 0.01])
    with pytest.raises(ValueError, match=r"no click is near 2\.50 s"):
        sound_sync.offsets_of(sound, [2.5])


def test_written_and_hostile_lines_break_no_caption_rule() -> None:
    found = sound_captions.tallied(10)
    assert found.lines >= 10
    assert found.hostile > 0
    assert found.violations == 0
    assert found.narrowest_air >= sound_captions.AIR_GAP


def test_a_broken_caption_is_followed_to_its_cause(planned: Episode) -> None:
    episode = planned
    tracks = tuple(
        track.model_copy(update={"items": tuple(_hurried(item) for item in track.items)})
        if track.name in ("A1", "A2")
        else track
        for track in episode.the_cut.tracks
    )
    hurried = episode.model_copy(update={"cut": episode.the_cut.model_copy(update={"tracks": tracks})})
    broken = sound_captions._broken(hurried, sound_captions.captions(hurried))
    assert broken
    assert all(one.crowded for one in broken)


def _hurried(item: object) -> object:
    """Return a clip or gap at a third of its length, so that lines follow too fast."""
    assert hasattr(item, "seconds")
    return item.model_copy(update={"seconds": item.seconds / 3})  # type: ignore[attr-defined]


def test_a_fader_that_breathes_is_found_and_one_that_rises_once_is_not() -> None:
    once = np.concatenate([np.zeros(300), np.linspace(0, 8, 30), np.full(300, 8.0)]).astype(np.float32)
    assert swing(once) == 0
    breathing = np.concatenate([np.zeros(100), np.linspace(0, 6, 20), np.linspace(6, 0, 20), np.zeros(100)])
    assert swing(breathing.astype(np.float32)) == pytest.approx(6)


# ---- findings in a made episode --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planned() -> Episode:
    """Give an episode of two scenes, planned and cut, with a stop of the music two seconds into its second scene."""
    whole = five_scenes("proof")
    script = whole.the_script.model_copy(update={"scenes": whole.the_script.scenes[:2]})
    episode = asyncio.run(sound_captions.cut(whole.model_copy(update={"script": script})))
    return episode.model_copy(update={"cues": (Cue(scene="S02", mood="comedy", stops=(Fraction(2),)),)})


def made_of(episode: Episode, folder: Path) -> dict[str, np.ndarray]:
    """Return stems and film of an episode in which nothing is wrong."""
    chance = np.random.default_rng(7)
    samples = round(episode.the_cut.seconds * RATE)
    room = np.repeat(0.003 * chance.normal(size=(samples, 1)), 2, axis=1).astype(np.float32)
    time = np.arange(samples) / RATE
    music = np.repeat((0.1 * np.sin(2 * np.pi * 220 * time))[:, None], 2, axis=1).astype(np.float32)
    for stop in sound_findings.stops_of(episode):
        music[round(stop * RATE) : round((stop + 1.2) * RATE)] = 0
    sounds = {"dialogue": np.zeros_like(room), "radio": np.zeros_like(room), "effects": room, "music": music}
    for name, track in (("dialogue", "A1"), ("radio", "A2")):
        for at, clip in episode.the_cut.track("A1" if track == "A1" else "A2").placed():
            said = voice(float(clip.seconds))
            said = radio.narrowed(said) * 0.3 if name == "radio" else said
            start = round(at * RATE)
            sounds[name][start : start + len(said)] += said[: samples - start, None]
    sounds["film"] = np.asarray(sum(sounds.values()), np.float32)
    write_scene(folder / "stems", episode.the_cut.seconds, **{n: s for n, s in sounds.items() if n != "film"})
    return sounds


def words(episode: Episode, folder: Path, sounds: dict[str, np.ndarray]) -> list[str]:
    made = Made("An episode", episode, folder / "stems", tuple(sounds.items()))
    return [finding.what for finding in findings(made)]


def test_nothing_is_found_in_a_good_episode_and_its_sheet_is_drawn(planned: Episode, tmp_path: Path) -> None:
    sounds = made_of(planned, tmp_path)
    assert words(planned, tmp_path, sounds) == []
    made = Made("An episode", planned, tmp_path / "stems", tuple(sounds.items()))
    lines = sound_findings.told(made, ())
    assert "Nothing is found wrong." in lines
    sheet = sound_sheets.drawn(made, (), lines)
    assert sheet.width() > 1600
    assert np.asarray(sheet.toarray()).std() > 20


def test_each_planted_fault_is_found_and_no_other(planned: Episode, tmp_path: Path) -> None:
    good = made_of(planned, tmp_path)
    (stop,) = sound_findings.stops_of(planned)
    join = sound_findings.joins_of(planned)[1]

    def with_fault(name: str, at: float, sound: np.ndarray | float) -> list[str]:
        changed = good[name].copy()
        first = round(at * RATE)
        length = len(sound) if isinstance(sound, np.ndarray) else RATE * 2
        changed[first : first + length] = sound if isinstance(sound, float) else sound[:, None]
        return words(planned, tmp_path, good | {name: changed})

    assert with_fault("film", 12, np.ones(3)) == ["6 samples of film are clipped."]
    assert with_fault("film", 12, 0.0) == ["There is no sound for 2.0 s."]
    assert "The music stops, and is heard" in with_fault("music", stop + 0.3, np.full(4800, 0.01))[0]
    assert "above 5 kHz only" in with_fault("radio", 12, 0.1 * np.random.default_rng(1).normal(size=RATE))[0]
    assert "click at a join" in with_fault("effects", join, np.full(4, 0.5))[0]


def test_transmissions_that_run_into_each_other_are_found(planned: Episode, tmp_path: Path) -> None:
    sounds = made_of(planned, tmp_path)
    (first, clip), (second, _) = planned.the_cut.track("A2").placed()[:2]
    end, start = float(first + clip.seconds), float(second)
    if start - end < 2:
        sounds["radio"][round(end * RATE) : round((start - 0.1) * RATE)] += 0.02
        assert "of air between them" in " ".join(words(planned, tmp_path, sounds))
    near = _moved(planned, end + 0.1)
    assert "of air between them" in " ".join(words(near, tmp_path, made_of(near, tmp_path / "near")))


def _moved(episode: Episode, at: float) -> Episode:
    """Return the episode with its second transmission at another moment."""
    track = episode.the_cut.track("A2")
    clips = [clip for _, clip in track.placed()]
    starts = [start for start, _ in track.placed()]
    starts[1] = Fraction(round(at * 100), 100)
    placed: list[tuple[Fraction, Clip]] = list(zip(starts, clips, strict=True))[:2]
    tracks = tuple(track_of("A2", placed) if one.name == "A2" else one for one in episode.the_cut.tracks)
    return episode.model_copy(update={"cut": episode.the_cut.model_copy(update={"tracks": tracks})})


@pytest.mark.parametrize("hertz", [150, 1000, 6000])
def test_a_tone_is_brightest_where_its_frequency_lies(hertz: int) -> None:
    tone = 0.1 * np.sin(2 * np.pi * hertz * np.arange(2 * RATE) / RATE)
    picture = sound_sheets.spectrogram(np.repeat(tone[:, None], 2, axis=1).astype(np.float32))
    column = picture[:, 80, :3].astype(int).sum(axis=1)
    row = int(np.argmax(column))
    expected = (1 - sound_sheets.place_of(hertz)) * sound_sheets.SPECTRUM_HEIGHT
    assert abs(row - expected) <= 6  # a bin is 23 Hz wide, which is several rows down there


def test_every_part_that_lies_here_has_its_measure() -> None:
    for part in ("bands", "levels", "captions", "sync", "memory"):
        assert part in PARTS
        assert callable(measure_of(part))


def test_a_bar_of_the_voices_is_the_least_that_is_heard_and_not_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = voices.offered_here()[:1]
    seen = voices.Portrait(engine="espeak-ng", variant="x", pitch_hz=100, spectrum=(0.0,) * 20, words_a_minute=150)
    monkeypatch.setattr(voices, "script_lines", tuple)
    monkeypatch.setattr(voices, "Ear", lambda lines: None)
    monkeypatch.setattr(voices, "offered_here", lambda: rows)
    monkeypatch.setattr(voices, "measure", lambda *given, brief: rows[0])
    monkeypatch.setattr(voices, "portraits", lambda ear, given: (seen,))
    found = {one.name: one for one in voices.verdicts()}
    heard = next(one for name, one in found.items() if "part of lines heard" in name)
    slowest = next(one for name, one in found.items() if name.startswith("slowest"))
    assert heard.holds
    assert slowest.holds
    assert not dataclasses.replace(heard, reached=0.5).holds
    assert not dataclasses.replace(slowest, reached=120.0).holds
