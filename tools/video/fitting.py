"""Fitting: whatever clip a foreign back end gave back becomes the take that was asked for, or a clear refusal."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from episodes.errors import MediaBroken
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.shots import Shot
from episodes.value import Value
from tools.ffmpeg import writing_frames
from tools.finish.encoding import PIXELS, packed, take_arguments
from tools.video.clips import Clip, open_clip
from tools.video.interpolation import SNAP, interpolated

Image = NDArray[np.uint8]

SLOWEST = 1.6
"""How much slower a clip may be shown: at more, somebody who walks seems to wade."""

_SMALLEST = 16
"""Pixels of the shorter side under which a clip is no picture."""


class Pace(Value):
    """How a clip fills a take."""

    slower: float
    """How much slower than it came it is shown, from 1."""
    head: int
    """Frames before its first one, played towards it from inside the clip, back to front."""
    middle: int
    """Frames of the clip itself."""
    tail: int
    """Frames after its last one, played away from it."""
    begin: float = 0.0
    """Second of the clip at which its part begins."""


def fit(clip: Path, request: RenderRequest, into: Path, threads: int = 1) -> RenderedTake:
    """Write `take.mp4` into the folder `into`: the clip as the take of a request, no sound, and return what it is.

    The clip may have any container, codec, size, rate and length. The take has the rate of the request's format and
    exactly the frames that were asked for, handles included: a longer clip is cut at its end, a shorter one is
    slowed down by up to `SLOWEST`, and what then still lacks in the handles is played back to front. Pictures that a
    slower clip lacks are made by optical flow. The size stays the clip's own, up to 4K. Equal clips make equal files.
    Raises `MediaBroken` in one sentence for what is no video or not of this shot's length, or is black, one colour, or
    frozen where the shot moves; `OutOfSpace` when the disk is full. Nothing is left then.
    """
    return fit_clip(open_clip(clip), request, into, threads)


def fit_clip(found: Clip, request: RenderRequest, into: Path, threads: int = 1) -> RenderedTake:
    """Do what `fit` does with a clip that was opened already."""
    _check(found, request.shot)
    pace = pace_of(found, request)
    form, count = request.format, pace.head + pace.middle + pace.tail
    write_take(take_frames(found, pace, form.fps), (found.width, found.height), form.fps, into / "take.mp4", threads)
    return RenderedTake(
        file="take.mp4", frames=count, width=found.width, height=found.height, fps=float(form.fps), story_light=False
    )


def write_take(frames: Iterator[Image], size: tuple[int, int], fps: int, out: Path, threads: int = 1) -> None:
    """Write BGR frames of one even size as a take's file. Raises `MediaBroken` and `OutOfSpace`, and leaves nothing."""
    try:
        with writing_frames(*size, fps, PIXELS, take_arguments(fps, threads, out)) as pipe:
            for frame in frames:
                pipe.write(packed(frame))
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def moves(shot: Shot) -> bool:
    """Say whether a picture that stands still would be wrong for a shot; a hand-held camera's shake is the finish's."""
    walks = any(subject.pose in ("walk", "run") for subject in shot.subjects)
    return walks or bool(shot.events) or shot.movement.kind not in ("static", "handheld")


def _check(clip: Clip, shot: Shot) -> None:
    if min(clip.width, clip.height) < _SMALLEST:
        raise MediaBroken(f"The clip is only {clip.width}×{clip.height} pixels large: it has to be made again.")
    if clip.black:
        raise MediaBroken("The clip is black from start to end: it has to be made again.")
    if clip.plain:
        raise MediaBroken("The clip shows nothing but one colour: it has to be made again.")
    if clip.frozen and moves(shot):
        raise MediaBroken("The clip stands still from start to end though the shot moves: it has to be made again.")


def pace_of(clip: Clip, request: RenderRequest) -> Pace:
    """Return how a clip fills the take of a request. Raises `MediaBroken`, naming both lengths, when it can't."""
    form = request.format
    shot = form.frames(request.shot.seconds)
    wanted = shot + 2 * request.handle_frames
    has = clip.seconds * form.fps
    if has >= wanted - 1.5:
        return Pace(slower=1.0, head=0, middle=wanted, tail=0)
    if has * SLOWEST >= wanted:
        return Pace(slower=wanted / has, head=0, middle=wanted, tail=0)
    middle = int(has * SLOWEST + 0.01)
    if middle < shot:
        raise MediaBroken(
            f"The clip lasts {clip.seconds:.1f} s, but the shot needs {float(request.shot.seconds):.1f} s and "
            f"{wanted / form.fps:.1f} s with its handles: it has to be made again, longer."
        )
    head = (wanted - middle) // 2
    return Pace(slower=SLOWEST, head=head, middle=middle, tail=wanted - middle - head)


def take_frames(clip: Clip, pace: Pace, fps: int) -> Iterator[Image]:
    """Yield the frames of a take, BGR, at `fps`."""
    step, snap = 1 / (fps * pace.slower), SNAP
    if pace.slower == 1 and abs(clip.fps / fps - 1) < 0.03:
        # Near enough to show each picture once; 23.976 a second are 24 as far as anybody sees.
        step, snap = 1 / clip.fps, 0.5
    elif clip.fps >= 1.2 * fps * pace.slower:
        # There are pictures enough: none is more than a sixtieth of a second off at 30 of them.
        snap = 0.5
    times = (pace.begin + number * step for number in range(pace.middle))
    return _turned_back(interpolated(clip.frames(), times, snap), pace.head, pace.tail)


def _turned_back(frames: Iterator[Image], head: int, tail: int) -> Iterator[Image]:
    """Yield frames with some before and after them that go the same way back, so that nothing jumps or stands."""
    first = list(islice(frames, head + 1)) if head else []
    before = first[:0:-1] or first[:1]
    yield from [*before[:1] * (head - len(before)), *before[:head]]
    yield from first
    last: deque[Image] = deque(first[-1 - tail :], maxlen=tail + 1)
    for frame in frames:
        last.append(frame)
        yield frame
    after = list(last)[-2::-1] or list(last)
    yield from [*after[:tail], *after[-1:] * (tail - len(after))]
