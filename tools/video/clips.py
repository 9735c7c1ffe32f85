"""Clips that somebody else made, opened with care: any container, codec, size and rate, and nothing believed.

A clip comes from a Space, a model or the person's folder. ffmpeg reads it under a list of containers that open no
other file, under limits of size and time, and every frame is decoded once before anything is said of it.
"""

import re
import tempfile
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
_TABLE = re.compile(r"^0, *-?\d+, *(-?\d+), *(-?\d+),", re.M)
_HEAD = re.compile(r"^#tb 0: (\d+)/(\d+)$.*?^#dimensions 0: (\d+)x(\d+)$.*?^#sar 0: (\d+)/(\d+)$", re.M | re.S)

_BLACK = 26
"""Code value of 255 under which 99 % of a black picture lie: an encoder's noise in the dark stays below."""

_BAR = 20
"""Code value that nothing in a black bar exceeds: 16 is an encoder's black taken for full range."""

_SHARP = 0.5
"""Share of a row that must be lit right beside a bar."""

_PLAIN = 2.0
"""Deviation over a picture, in code values, under which it is one colour."""

_STILL = 5.0
"""Change since the first picture, in code values, that 99.8 % of a frozen clip's pixels never reach."""

_AGAIN = 5.0
"""How much less than a new picture one that repeats the last may change; an encoder leaves a little."""


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
    """Pixels, even, square, black bars left out."""
    height: int
    inside: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """Left, top, right and bottom of the picture within its black bars, as shares of the file's frame."""
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
        left, top, right, low = self.inside
        crop = f"crop=iw*{right - left:.6f}:ih*{low - top:.6f}:iw*{left:.6f}:ih*{top:.6f},"
        bars = crop if self.inside != (0.0, 0.0, 1.0, 1.0) else ""
        shape = f"{bars}scale={self.width}:{self.height}:flags=bicubic,setsar=1"
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
    table, report = _decoded(path)
    head, begins = _HEAD.search(table), [(int(at), int(length)) for at, length in _TABLE.findall(table)]
    if head is None or len(begins) < 2:
        what = "a single picture" if begins else "no picture at all"
        raise MediaBroken(f"What came back holds {what} and no video: it has to be made again.")
    told = [int(part) for part in head.groups()]
    times, seconds = _timed(begins, told[0] / told[1])
    if _DAMAGE.search(report) or _declared(report) > seconds + max(0.3, 3 * seconds / len(times)):
        raise MediaBroken(f"The clip came back damaged: only {seconds:.1f} s of it can be played; make it again.")
    looked = np.stack(list(_pictures(path, f"scale={_LOOK[0]}:{_LOOK[1]}:flags=area", (*_LOOK[::-1], 3), "rgb24")))
    shown, inside = _shown(times, looked), _inside(looked)
    width, height = _size((told[2], told[3]), (told[4], told[5]), inside, largest)
    return Clip(
        path=path, times=tuple(times[number] for number in shown), shown=shown, seconds=seconds,
        width=width, height=height, inside=inside,
        black=_is_black(looked), plain=_is_plain(looked), frozen=_is_frozen(looked),
    )  # fmt: skip


def _source(path: Path) -> list[str]:
    limits = ["-format_whitelist", CONTAINERS, "-max_pixels", str(_MAX_PIXELS), "-threads", "1"]
    return [*limits, "-t", str(MAX_SECONDS), *ffmpeg.safe_input(path.absolute()), "-map", "0:v:0", "-an", "-sn", "-dn"]


def _decoded(path: Path) -> tuple[str, str]:
    """Decode all of a clip; return the table of its pictures and what ffmpeg said about it."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "frames.txt"
        exact = ["-fps_mode", "passthrough", "-enc_time_base", "demux", "-frames:v", str(MAX_FRAMES)]
        try:
            report = ffmpeg.run([*_source(path), *exact, "-f", "framecrc", table], timeout=LIMIT_SECONDS)
        except MediaBroken as error:
            raise MediaBroken("What came back is no video that can be played: it has to be made again.") from error
        return table.read_text(), report


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


def _timed(begins: Sequence[tuple[int, int]], unit: float) -> tuple[list[float], float]:
    """Return when pictures begin, from 0, and when the last one ends; `begins`: times and lengths in units."""
    times = np.array([at for at, _ in begins], np.float64) * unit
    times -= times[0]
    steps = np.diff(times)
    usual = float(np.median(steps[steps > 0])) if (steps > 0).any() else 1 / 24
    last = begins[-1][1] * unit
    last = last if 0 < last <= 4 * usual else usual
    return [float(moment) for moment in times], float(times.max()) + last


def _declared(report: str) -> float:
    """Return how many seconds a file says that it holds; 0 where nothing is said or it may be said of its sound."""
    told = re.search(r"Duration: (\d+):(\d+):(\d+(?:\.\d+)?)", report)
    if told is None or re.search(r"Stream #0.*Audio:", report):
        return 0.0
    return min(
        float(MAX_SECONDS), sum(float(part) * unit for part, unit in zip(told.groups(), (3600, 60, 1), strict=True))
    )


def _size(
    size: tuple[int, int], pixel: tuple[int, int], inside: tuple[float, float, float, float], largest: int
) -> tuple[int, int]:
    """Return the size of what is inside the bars in square, whole, even pixels; `pixel`: the shape of a file's one."""
    width, height = size[0] * (inside[2] - inside[0]), size[1] * (inside[3] - inside[1])
    wide = width * pixel[0] / pixel[1] if all(pixel) else width
    shrink = min(1.0, largest / max(wide, height))
    return max(2, round(wide * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2)


def _inside(looked: Image) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the picture within black bars, as shares of the frame.

    Bars are black in every picture, on two opposite sides, about as wide on both, and end all at once: night does not.
    """
    lit = looked.max(axis=(0, 3)) > _BAR
    (top, low), (left, right) = (_within(rows) for rows in (lit, lit.T))
    return left, top, right, low


def _within(rows: NDArray[np.bool_]) -> tuple[float, float]:
    """Return where the rows between two black bars begin and end, as shares of all; 0 and 1 without bars."""
    bright = np.flatnonzero(rows.any(axis=1))
    if not bright.size:
        return 0.0, 1.0
    first, last = int(bright[0]), len(rows) - 1 - int(bright[-1])
    if min(first, last) < 2 or abs(first - last) > 2 or bright.size < 0.3 * len(rows):
        return 0.0, 1.0
    # The row next to a bar may be half of it; the one after that is picture from end to end.
    if min(rows[first + 1].mean(), rows[-last - 2].mean()) < _SHARP:
        return 0.0, 1.0
    return (first + 1) / len(rows), 1 - (last + 1) / len(rows)


def _shown(times: Sequence[float], looked: Image) -> tuple[int, ...]:
    """Return the numbers of the pictures that count: those that come later than the one before and don't repeat it.

    Only a steady repetition is left out (8 pictures a second in a file of 24), never a pause of what is shown.
    """
    count = min(len(times), len(looked))
    ahead = [number for number in range(count) if number == 0 or times[number] > max(times[:number])]
    change = np.abs(np.diff(looked[ahead].astype(np.int16), axis=0)).mean(axis=(1, 2, 3))
    for pace in (6, 5, 4, 3, 2) if change.size >= 12 else ():
        beats = [change[phase::pace] for phase in range(pace)]
        fresh = int(np.argmax([beat.mean() for beat in beats]))
        again = np.concatenate([beat for phase, beat in enumerate(beats) if phase != fresh])
        if np.median(beats[fresh]) > _AGAIN * np.percentile(again, 97):
            return tuple(ahead[number] for number in range(len(ahead)) if number == 0 or (number - 1) % pace == fresh)
    return tuple(ahead)


def _is_black(looked: Image) -> bool:
    return bool(np.percentile(looked.max(axis=3), 99, axis=(1, 2)).max() < _BLACK)


def _is_plain(looked: Image) -> bool:
    return bool(looked.std(axis=(1, 2)).max() < _PLAIN)


def _is_frozen(looked: Image) -> bool:
    first = looked[0].astype(np.int16)
    return all(np.percentile(np.abs(frame - first), 99.8) < _STILL for frame in looked)
