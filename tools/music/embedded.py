"""The embedded composer and band: rule-written cues, played by synthesised instruments."""

import numpy as np

from episodes.format import SAMPLE_RATE
from episodes.tasks import ComposedCue, ComposeRequest, ToolInfo
from tools.music.instruments import Sound, play
from tools.music.score import Note, written
from tools.protocols import Call, ToolSettings

STOP_SECONDS = 1.2
"""How long the music is gone after it stopped dead."""
_STOP_FADE_SECONDS = 0.012
_RETURN_FADE_SECONDS = 0.03
_END_FADE_SECONDS = 0.7
_CUE_LUFS = -17.0
_CEILING_DB = -3.5
_ROOM_SECONDS = 0.9
_ROOM_DB = -17.0


class EmbeddedMusic:
    """`MusicBackend` that composes by rule and needs nothing from outside."""

    @property
    def info(self) -> ToolInfo:
        """Name, version and speed."""
        return ToolInfo(name="embedded-music", version="1", wall_per_second=0.1)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        """Write `music.wav`. Raises `RequestRejected` for a key that is none."""
        from tools.sound import wav
        from tools.sound.loudness import amplitude, limit, loudness

        frames = round(request.seconds * SAMPLE_RATE)
        dry = _played(written(request), frames)
        wet = dry + _room(dry) if frames else dry
        shaped = (wet * _gate(frames, [float(stop) for stop in request.stops])[:, None]).astype(np.float32)
        levelled = shaped * np.float32(amplitude(_CUE_LUFS - loudness(shaped)))
        wav.write(call.into / "music.wav", limit(levelled, _CEILING_DB, window_seconds=0.01), SAMPLE_RATE)
        return ComposedCue(seconds=request.seconds)


def build(settings: ToolSettings) -> EmbeddedMusic:
    """Return the embedded band; it has no settings."""
    return EmbeddedMusic()


def _played(notes: tuple[Note, ...], frames: int) -> Sound:
    """Return all notes in stereo; what rings past the end is left out."""
    from tools.sound.loudness import amplitude

    total = np.zeros((frames, 2))
    for note in notes:
        sound = play(note.instrument, note.pitch, note.seconds)
        start = round(note.at * SAMPLE_RATE)
        room = min(len(sound), frames - start)
        angle = (note.side + 1) * np.pi / 4
        sides = np.array((np.cos(angle), np.sin(angle))) * amplitude(note.level_db)
        total[start : start + room] += sound[:room, None] * sides
    return total


def _room(dry: Sound) -> Sound:
    """Return what a small wooden room adds: a short, dark, stereo tail without bass."""
    from scipy import signal

    from tools.sound.loudness import amplitude

    frames = round(_ROOM_SECONDS * SAMPLE_RATE)
    at = np.arange(frames) / SAMPLE_RATE
    tail = np.random.default_rng(1).standard_normal((frames, 2)) * np.exp(-6.91 * at / _ROOM_SECONDS)[:, None]
    tail[: round(0.012 * SAMPLE_RATE)] = 0.0
    tail = signal.sosfilt(signal.butter(1, (250, 3800), "bandpass", fs=SAMPLE_RATE, output="sos"), tail, axis=0)
    tail *= amplitude(_ROOM_DB) / np.sqrt(np.sum(tail**2, axis=0))
    middle = dry.mean(axis=1)
    heard = [signal.oaconvolve(0.7 * dry[:, side] + 0.6 * middle, tail[:, side])[: len(dry)] for side in (0, 1)]
    return np.stack(heard, axis=1)


def _gate(frames: int, stops: list[float]) -> Sound:
    """Return the gain over time: silence for a breath at each stop, and a fade at the very end."""
    at = np.arange(frames) / SAMPLE_RATE
    gain = np.clip((frames / SAMPLE_RATE - at) / _END_FADE_SECONDS, 0, 1) ** 1.5
    for stop in stops:
        gone = np.clip((stop + _STOP_FADE_SECONDS - at) / _STOP_FADE_SECONDS, 0, 1)
        back = np.clip((at - stop - STOP_SECONDS) / _RETURN_FADE_SECONDS, 0, 1)
        gain = gain * np.maximum(gone, back)
    return np.asarray(gain)
