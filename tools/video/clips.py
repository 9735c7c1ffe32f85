"""Clips that somebody else made, opened with care: any container, codec, size and rate, and nothing believed.

A clip comes from a Space, a model or the person's folder. ffmpeg reads it under a list of containers that open no
other file, under limits of size and time, and every frame is decoded once before anything is said of it.
"""

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.value import Value
from tools import ffmpeg

Image = NDArray[np.uint8]

CONTAINERS = "mov,matroska,avi,mpegts,mpeg,gif,webp_anim,apng,ogg"
"""The readers that ffmpeg may choose among: none of them opens another file."""

MAX_SECONDS = 90
"""Seconds of a clip that are read: the longest shot is 60."""

MAX_FRAMES = MAX_SECONDS * 60

LIMIT_SECONDS = 300.0
"""Wall time for one pass over a clip; ten seconds of 4K take five on a busy core."""

_MAX_PIXELS = 8192 * 4320
"""8K: a larger picture could fill the memory."""

_LOOK = 160, 90
"""Size of the pictures that are looked at: a figure a tenth as high as the frame still covers twenty pixels."""

_DAMAGE = re.compile(
    r"partial file|ended prematurely|corrupt|decoding error|error while decoding|decode failed|concealing|truncated"
    r"|invalid data|error submitting",
    re.I,
)
_SHOWN = re.compile(r"\] n: *\d+ .*?pts_time:(\S+) .*?duration_time:(\S+) .*? s:(\d+)x(\d+)")
_PIXEL = re.compile(r" sar:(\d+)/(\d+) ")

_BLACK = 26
"""Code value of 255 under which 99 % of a black picture lie: an encoder's noise in the dark stays below."""

_PLAIN = 2.0
"""Deviation over a picture, in code values, under which it is one colour."""

_STILL = 5.0
"""Change since the first picture, in code values, that 99.8 % of a frozen clip's pixels never reach."""

_SAME_MEAN, _SAME_MOST = 0.12, 5
"""Mean and greatest change, in code values, under which a picture repeats the one before it."""


class Clip(Value):
    """A clip that plays: what of it is shown, and when."""

    path: Path
    times: tuple[float, ...]
    """Second at which each picture of `shown` begins, ascending from 0."""
    shown: tuple[int, ...]
    """Numbers, among all pictures of the file, of those that are no mere repetition."""
    seconds: float
    """Length of the picture; sound may go on longer."""
    width: int
    """Pixels, even, square."""
    height: int
    black: bool = False
    """Whether it is black from start to end."""
    plain: bool = False
    """Whether each of its pictures is one colour."""
    frozen: bool = False
    """Whether its first picture stands to the end."""

    @property
    def fps(self) -> float:
        """Pictures a second."""
        return len(self.times) / self.seconds

    def frames(self, count: int | None = None) -> Iterator[tuple[float, Image]]:
        """Yield second and BGR picture, at most `count` of them. Raises `MediaBroken` when reading takes too long."""
        wanted = dict(zip(self.shown[:count], self.times, strict=False))
        shape = f"scale={self.width}:{self.height}:flags=bicubic,setsar=1"
        for number, image in enumerate(_pictures(self.path, shape, (self.height, self.width, 3), "bgr24")):
            if number in wanted:
                yield wanted.pop(number), image
            if not wanted:
                return


def open_clip(path: Path, largest: int = 3840) -> Clip:
    """Decode a clip to its end and return what it is.

    `largest`: pixels of the longer side, above which it is made smaller. Raises `MediaBroken`, in one sentence, for
    what is no video, holds a single picture, or is damaged, as half a download is.
    """
    try:
        report = ffmpeg.run(
            [*_source(path), "-vf", "showinfo=checksum=0", "-fps_mode", "passthrough", "-f", "null", "-"],
            timeout=LIMIT_SECONDS,
        )
    except MediaBroken as error:
        raise MediaBroken("What came back is no video that can be played: it has to be made again.") from error
    found = _SHOWN.findall(report)
    if len(found) < 2:
        what = "a single picture" if found else "no picture at all"
        raise MediaBroken(f"What came back holds {what} and no video: it has to be made again.")
    times, seconds = _timed([_number(entry[0]) for entry in found], _number(found[-1][1]))
    # The lines of the frames themselves hold no such word; the file's own texts might.
    told = (line for line in report.splitlines() if line.startswith("[") and "showinfo" not in line)
    if any(_DAMAGE.search(line) for line in told):
        raise MediaBroken(f"The clip came back damaged: only {seconds:.1f} s of it can be played; make it again.")
    width, height = _size(report, int(found[0][2]), int(found[0][3]), largest)
    looked = np.stack(list(_pictures(path, f"scale={_LOOK[0]}:{_LOOK[1]}:flags=area", (*_LOOK[::-1], 3), "rgb24")))
    shown = _shown(times, looked)
    return Clip(
        path=path, times=tuple(times[number] for number in shown), shown=shown, seconds=seconds,
        width=width, height=height, black=_is_black(looked), plain=_is_plain(looked), frozen=_is_frozen(looked),
    )  # fmt: skip


def _source(path: Path) -> list[str]:
    limits = ["-format_whitelist", CONTAINERS, "-max_pixels", str(_MAX_PIXELS), "-threads", "1"]
    return [*limits, "-t", str(MAX_SECONDS), *ffmpeg.safe_input(path.absolute()), "-map", "0:v:0", "-an", "-sn", "-dn"]


def _pictures(path: Path, shape: str, size: tuple[int, int, int], pixels: str) -> Iterator[Image]:
    arguments = [*_source(path), "-vf", shape, "-fps_mode", "passthrough", "-pix_fmt", pixels, "-f", "rawvideo"]
    deadline = time.monotonic() + LIMIT_SECONDS
    with ffmpeg.reading(arguments) as pipe:
        for _ in range(MAX_FRAMES):
            data = pipe.read(size[0] * size[1] * size[2])
            if len(data) < size[0] * size[1] * size[2]:
                return
            if time.monotonic() > deadline:
                raise MediaBroken("The clip takes too long to read: it has to be made again, smaller or shorter.")
            yield np.frombuffer(data, np.uint8).reshape(size)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _timed(begins: Sequence[float], last: float) -> tuple[list[float], float]:
    """Return when pictures begin, from 0, and when the last one ends. Where no times are told: 24 a second."""
    times = np.array(begins[:MAX_FRAMES], np.float64)
    if not np.isfinite(times).all():
        times = np.arange(times.size) / 24
    times -= times[0]
    steps = np.diff(times)
    usual = float(np.median(steps[steps > 0])) if (steps > 0).any() else 1 / 24
    last = last if np.isfinite(last) and 0 < last <= 4 * usual else usual
    return [float(moment) for moment in times], float(times.max()) + last


def _size(report: str, width: int, height: int, largest: int) -> tuple[int, int]:
    """Return the size in square, whole, even pixels."""
    told = _PIXEL.search(report)
    across, down = (int(part) for part in told.groups()) if told else (1, 1)
    wide = width * across / down if across and down else float(width)
    shrink = min(1.0, largest / max(wide, height))
    return max(2, round(wide * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2)


def _shown(times: Sequence[float], looked: Image) -> tuple[int, ...]:
    """Return the numbers of the pictures that count: those that come later than the one before and don't repeat it.

    Only a steady repetition is left out (8 pictures a second in a file of 24), never a pause of what is shown.
    """
    count = min(len(times), len(looked))
    ahead = [number for number in range(count) if number == 0 or times[number] > max(times[:number])]
    change = np.abs(np.diff(looked[ahead].astype(np.int16), axis=0))
    fresh = (change.mean(axis=(1, 2, 3)) > _SAME_MEAN) | (change.max(axis=(1, 2, 3)) > _SAME_MOST)
    moving = np.flatnonzero(fresh) + 1
    for pace in (6, 5, 4, 3, 2):
        beat = np.bincount(moving % pace, minlength=pace)
        phase = int(beat.argmax())
        slots = len(range(phase or pace, len(ahead), pace))
        if moving.size >= 4 and beat[phase] >= 0.97 * moving.size and beat[phase] >= 0.6 * slots:
            return tuple(ahead[number] for number in range(len(ahead)) if number == 0 or number % pace == phase)
    return tuple(ahead)


def _is_black(looked: Image) -> bool:
    return bool(np.percentile(looked.max(axis=3), 99, axis=(1, 2)).max() < _BLACK)


def _is_plain(looked: Image) -> bool:
    return bool(looked.std(axis=(1, 2)).max() < _PLAIN)


def _is_frozen(looked: Image) -> bool:
    first = looked[0].astype(np.int16)
    return all(np.percentile(np.abs(frame - first), 99.8) < _STILL for frame in looked)
