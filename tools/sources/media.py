"""What a source's picture and sound can tell without being kept: cuts, brightness, colours, subtitles inside.

Every call of ffmpeg opens this file only, with a reader of a known container, under a time and a size limit.
"""

import os
import re
import select
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from episodes.errors import InputRefused, MediaBroken
from episodes.facts import PictureFacts
from tools import ffmpeg
from tools.sources.cuts import HEIGHT, LOOKS_A_SECOND, WIDTH, CutFinder

MAX_SECONDS = 600
"""Seconds of a source that are looked at: 10 minutes tell the look of a film of two."""

LIMIT_SECONDS = 240.0
"""Wall time for one look: 10 minutes of 1080p at 30 frames a second took 100 s on a busy core."""

_MAX_PIXELS = 8192 * 4320
"""8K: a larger picture is no camera's, and could fill the memory."""

_MAX_SUBTITLE_BYTES = 2_000_000
"""Ten hours of talk are 0.6 MB."""

_READERS = "mov,matroska,avi,wav,mp3,flac,ogg,aac"
"""The readers that ffmpeg may choose among: none of them opens another file."""

_SILENT_DB = -60.0
"""Mean volume under which a track holds no speech: a quiet room's noise in a phone's recording."""

Frames = NDArray[np.uint8]


def guarded_input(path: Path, seconds: float = MAX_SECONDS) -> list[str]:
    """Return the arguments that open one source for reading: this file alone, a known container, so many seconds."""
    guarded = ffmpeg.safe_input(path.absolute())
    limits = ["-format_whitelist", _READERS, "-max_pixels", str(_MAX_PIXELS), "-threads", "1"]
    return [*limits, "-t", str(seconds), *guarded]


def measure_picture(path: Path, source: str, probe: ffmpeg.Probe) -> PictureFacts:
    """Return cuts, brightness and colours of the first 10 minutes.

    Raises `InputRefused` when not one picture can be decoded. Pictures are looked at and dropped.
    """
    import cv2

    finder, kept, count = CutFinder(), [], 0
    for count, picture in enumerate(_frames(path), 1):
        finder.see(picture)
        # Light and colours need neither each picture nor each pixel.
        if count % 2:
            kept.append(cv2.resize(picture, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA))
    if not kept:
        raise InputRefused(f"{source!r} is damaged: no picture in it can be decoded.")
    shown = np.stack(kept)
    luma = (shown @ np.array([0.2126, 0.7152, 0.0722], np.float32)) / 255.0
    return PictureFacts(
        source=source,
        seconds=round(probe.seconds or count / LOOKS_A_SECOND, 3),
        width=probe.width,
        height=probe.height,
        cuts=finder.cuts(),
        brightness=round(float(luma.mean()), 4),
        palette=_find_palette(shown[:: max(1, len(shown) // 24)]),
    )


def _frames(path: Path) -> Iterator[Frames]:
    size = WIDTH * HEIGHT * 3
    arguments = [
        *guarded_input(path), "-map", "0:V:0", "-an", "-sn", "-dn",
        "-vf", f"fps={LOOKS_A_SECOND},scale={WIDTH}:{HEIGHT}:flags=area", "-pix_fmt", "rgb24", "-f", "rawvideo",
    ]  # fmt: skip
    with ffmpeg.reading(arguments) as pipe:
        rest = b""
        for block in blocks(pipe, size * LOOKS_A_SECOND * MAX_SECONDS):
            rest += block
            while len(rest) >= size:
                yield np.frombuffer(rest[:size], np.uint8).reshape(HEIGHT, WIDTH, 3)
                rest = rest[size:]


def blocks(pipe: IO[bytes], limit: int) -> Iterator[bytes]:
    """Yield what comes out of a pipe until it ends, `limit` bytes were read or the time is up."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while limit > 0 and (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([pipe], [], [], left)
        block = os.read(pipe.fileno(), min(limit, 65_536)) if ready else b""
        if not block:
            return
        limit -= len(block)
        yield block


def _find_palette(shown: Frames) -> tuple[str, ...]:
    """Return up to five leading colours: the means of the fullest cells of a coarse colour cube."""
    pixels = shown.reshape(-1, 3).astype(np.int64)
    cells = (pixels // 43) @ np.array([36, 6, 1])
    numbers, counts = np.unique(cells, return_counts=True)
    leading = numbers[np.argsort(-counts, kind="stable")][:5]
    means = [pixels[cells == number].mean(axis=0).round().astype(int) for number in leading]
    return tuple("#" + "".join(f"{int(part):02x}" for part in mean) for mean in means)


def extract_subtitles(path: Path) -> str:
    """Return the first subtitle track as SRT text; empty when it is made of pictures, or broken."""
    arguments = [*guarded_input(path), "-map", "0:s:0", "-vn", "-an", "-dn", "-f", "srt"]
    with ffmpeg.reading(arguments) as pipe:
        return b"".join(blocks(pipe, _MAX_SUBTITLE_BYTES)).decode(errors="replace")


def has_sound(path: Path) -> bool:
    """Say whether anything can be heard: a silent track holds no speech that we would have missed."""
    try:
        report = ffmpeg.run(
            [*guarded_input(path), "-map", "0:a:0", "-vn", "-sn", "-dn", "-af", "volumedetect", "-f", "null", "-"],
            timeout=LIMIT_SECONDS,
        )
    except MediaBroken:
        return True  # What can't be measured may well be speech: better named as unheard than passed over.
    mean = re.search(r"mean_volume: (-?[\d.]+|-inf) dB", report)
    return mean is None or float(mean.group(1)) > _SILENT_DB


def sound_of(path: Path, rate: int, seconds: float) -> NDArray[np.float32]:
    """Return the first sound track's beginning, mono, 1.0 = full scale; what can be decoded of a damaged one."""
    arguments = [*guarded_input(path, seconds), "-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar", str(rate)]
    with ffmpeg.reading([*arguments, "-f", "s16le"]) as pipe:
        raw = b"".join(blocks(pipe, round(seconds * rate) * 2))
    return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(np.float32) / np.float32(32_768)
