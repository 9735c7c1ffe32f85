"""Sets a mix to its loudness and encodes it: AAC-LC, once for a whole film."""

from pathlib import Path

from tools import ffmpeg
from tools.assembly.loudness import CEILING_DBTP, Loudness, float_input, level, measure_loudness

MAX_PEAK_DBTP = -1.0
"""Highest true peak of the finished sound, decoded (numbers.md)."""

_ENCODINGS = 3
"""Times that the sound may be encoded when the encoder overshoots; once is the rule."""


def write_sound(mix: Path, samples: int, target_lufs: float, path: Path) -> Loudness:
    """Set the loudness of a mix of bare floats and encode it; again with a lower ceiling if it went over the limit.

    Return what is heard once it is decoded. Raises `MediaBroken` and `OutOfSpace`.
    """
    ceiling, master = CEILING_DBTP, mix.with_name("master.f32")
    for _ in range(_ENCODINGS):
        level(mix, samples, target_lufs, ceiling, master)
        _encode(master, path)
        heard = measure_loudness(ffmpeg.safe_input(path))
        if heard.peak_dbtp <= MAX_PEAK_DBTP:
            break
        ceiling -= heard.peak_dbtp - MAX_PEAK_DBTP + 0.2
    return heard


def _encode(master: Path, path: Path) -> None:
    """Write bare floats as AAC-LC at 192 kbit/s. Nothing in it tells time or version."""
    ffmpeg.run(
        [*float_input(master), "-c:a", "aac", "-profile:a", "aac_low", "-b:a", "192k", "-map_metadata", "-1",
         "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "ipod", path],
        timeout=3600,
    )  # fmt: skip
