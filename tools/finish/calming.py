"""Calms a picture that flashes: works out from what the meter saw how little is enough, and does it frame by frame.

Four measures, of which the first that is enough is taken, and of it no more than is needed: (1) the *brightness* of
the flashing cells is drawn towards its own mean over about half a second; (2) their *colour* as well, which mends red
flashes; (3) the *whole* picture's, towards a mean over two seconds; (4) the *still*: every cell keeps its mean. What
does not flash is its own mean, so that a steady face beside a strobe stays as it is, and so does each frame that is not
part of a stretch that fails. Stripes are blurred where they are. A plan is tried out on the meter's thumbnails, which
takes a fraction of a second where another pass over the film would take many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.finish.counting import Counter, Flags, Floats
from tools.finish.flashes import FlashMeter, Verdict
from tools.finish.stripes import Sight

Image = NDArray[np.uint8]
Measure = Literal["brightness", "colour", "whole", "still"]

MEASURES: tuple[Measure, ...] = ("brightness", "colour", "whole", "still")
"""From the gentlest to the one under which no cell can flash."""

SURE = 0.85
"""Share of the thresholds that a plan may use: scaling, grain and compression need the rest."""

_SHORT, _LONG = 0.3, 0.8
"""Standard deviations, in seconds, of the means that light is drawn to."""

_RAMP_SECONDS = 0.25
_STEPS = 12
_FLOOR, _MOST_GAIN = 8.0, 2.0
_BLUR = 0.9
"""Share of their own blur that striped parts become, at most."""

_LUMA = np.array([0.114, 0.587, 0.299], np.float32)


@dataclass(frozen=True)
class Calming:
    """How each frame of a segment is to be calmed."""

    measure: Measure | None
    """What is done against flashes; None when only stripes are blurred."""
    strength: float
    """How far (0 to 1) the light of a cell is drawn to its mean."""
    gain: Floats
    """What the cells of each frame are multiplied by: frames by rows by columns by 3, or empty."""
    lift: Floats
    """What is added to them then, 0 to 255, of the same shape."""
    stripes: tuple["Blur", ...] = ()
    """Where stripes are blurred."""

    def apply(self, frame: Image, index: int) -> Image:
        """Return frame number `index` (BGR) calmed; the very same one where there is nothing to calm."""
        frame = _all(self.stripes, frame, index)
        if not len(self.gain) or ((self.lift[index] == 0).all() and (self.gain[index] == 1).all()):
            return frame
        size = frame.shape[1], frame.shape[0]
        gain, lift = (
            cv2.resize(cells[index], size, interpolation=cv2.INTER_LINEAR) for cells in (self.gain, self.lift)
        )
        return np.asarray(cv2.convertScaleAbs(cv2.add(cv2.multiply(frame, gain, dtype=cv2.CV_32F), lift)), np.uint8)


@dataclass(frozen=True)
class Blur:
    """Stripes that lose their contrast for a while."""

    first: int
    last: int
    """First frame, and the one after the last."""
    share: Floats
    """How much (0 to 1) of the blurred picture is mixed in; rows by columns, over the whole frame."""

    def apply(self, frame: Image, index: int) -> Image:
        """Return the frame with its stripes blurred, the same one outside the stretch."""
        if not self.first <= index < self.last:
            return frame
        height, width = frame.shape[:2]
        small = cv2.resize(frame, (40, 24), interpolation=cv2.INTER_AREA)
        smooth = cv2.resize(cv2.blur(small, (7, 7)), (width, height), interpolation=cv2.INTER_LINEAR)
        share = cv2.resize(self.share, (width, height), interpolation=cv2.INTER_LINEAR)[..., None]
        return np.asarray(frame + share * (smooth.astype(np.float32) - frame) + 0.5, np.uint8)


def _all(blurs: Sequence[Blur], frame: Image, index: int) -> Image:
    for blur in blurs:
        frame = blur.apply(frame, index)
    return frame


def plan(meter: FlashMeter, gentlest: Measure = "brightness") -> Calming:
    """Return the least calming under which what the meter saw would be safe; none gentler than `gentlest`.

    It holds for the frames in the order in which the meter saw them.
    """
    stripes = tuple(_blur(run, len(meter.cells)) for run in meter.patterns)
    if stripes:
        # Stripes that drift make the cells flicker: what is left of that once they are blurred is judged anew.
        blurred = FlashMeter(meter.fps, stripes=False)
        for index, cells in enumerate(meter.cells):
            blurred.see(_all(stripes, cells, index))
        meter = blurred
    found = meter.verdicts
    if not found:
        empty = np.zeros((0,), np.float32)
        return Calming(None, 0.0, empty, empty, stripes)
    for measure in MEASURES[MEASURES.index(gentlest) :]:
        trial = _Trial(meter, found, measure)
        strength = trial.least()
        if strength is not None:
            break
    # Nothing is left to be tried after the last measure: all of it is taken then, and the picture judged as it is.
    strength = strength or 1.0
    return Calming(measure, strength, *trial.curves(strength), stripes)


def calmed(frames: Iterator[Image], calming: Calming) -> Iterator[Image]:
    """Yield the frames as planned."""
    for index, frame in enumerate(frames):
        yield calming.apply(frame, index)


def stilled(frames: Iterator[Image]) -> Iterator[Image]:
    """Yield a picture that can't flash at all: the running mean of the frames, of about two seconds, and blurred."""
    around: Floats | None = None
    for frame in frames:
        now = cv2.GaussianBlur(frame, (0, 0), 3).astype(np.float32)
        around = now if around is None else cv2.addWeighted(around, 0.98, now, 0.02, 0)
        yield around.astype(np.uint8)


class _Trial:
    """One measure tried out on the thumbnails of a segment."""

    def __init__(self, meter: FlashMeter, found: Sequence[Verdict], measure: Measure) -> None:
        self._fps = meter.fps
        self._cells = np.stack(meter.cells).astype(np.float32)
        self._pull = _pull(meter, found, measure)[..., None]
        # What is steered, and where to: one luma for all three colours, or each colour by itself.
        self._now = (self._cells @ _LUMA)[..., None] if measure == "brightness" else self._cells
        # The harmonic mean leans to the dark: a flash is taken back more than the night between two is lit up.
        inverse = np.asarray(1 / (self._now + _FLOOR), np.float32)
        if measure == "still":
            inverse = np.broadcast_to(inverse.mean(axis=0, dtype=np.float32), inverse.shape)
        else:
            inverse = _smoothed(inverse, (_LONG if measure == "whole" else _SHORT) * self._fps)
        self._mean = 1 / inverse - _FLOOR

    def least(self) -> float | None:
        """Return the least strength at which the cells pass, by halving; None when even all of it is too little."""
        if not self._passes(1.0):
            return None
        low, high = 0, _STEPS
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._passes(middle / _STEPS) else (middle, high)
        return high / _STEPS

    def curves(self, strength: float) -> tuple[Floats, Floats]:
        """Return gain and lift of every cell of every frame.

        The light is multiplied, as if the lens were opened or closed. What would have to be more than doubled is
        lifted by the rest, as if light fell into it: grain would be all that there is to multiply.
        """
        wanted = self._now + strength * self._pull * (self._mean - self._now)
        gain = np.minimum(wanted / np.maximum(self._now, 1e-3), _MOST_GAIN).astype(np.float32)
        # Exactly one, and exactly nothing, wherever nothing is drawn anywhere.
        gain[np.broadcast_to(self._pull == 0, gain.shape)] = 1
        lift = np.maximum(wanted - gain * self._now, 0).astype(np.float32)
        lift[np.broadcast_to(self._pull == 0, lift.shape)] = 0
        shape = self._cells.shape
        return np.broadcast_to(gain, shape), np.broadcast_to(lift, shape)

    def _passes(self, strength: float) -> bool:
        gain, lift = self.curves(strength)
        counter = Counter(self._fps, strictness=SURE)
        for frame in np.clip(self._cells * gain + lift + 0.5, 0, 255).astype(np.uint8):
            counter.see(frame)
        return counter.safe()


def _pull(meter: FlashMeter, found: Sequence[Verdict], measure: Measure) -> Floats:
    """Return for each frame and cell how far it may be drawn to its mean: 1 where it flashes, 0 where it does not."""
    frames = np.arange(len(meter.cells))
    pull = np.zeros((len(frames), *meter.cells[0].shape[:2]), np.float32)
    if measure == "still":
        return pull + 1
    for verdict in found:
        first, last = round(verdict.first * meter.fps), round(verdict.last * meter.fps)
        away = np.maximum(np.maximum(first - 1 - frames, frames - last), 0) / meter.fps
        when = np.clip(1 - away / _RAMP_SECONDS, 0, 1).astype(np.float32)
        where = _grown(meter.flashing(first, last)) if measure != "whole" else np.ones(pull.shape[1:], np.float32)
        pull = np.maximum(pull, when[:, None, None] * where)
    return pull


def _grown(cells: Flags) -> Floats:
    """Return the flashing cells with those that touch them: a lamp's edge seldom falls between two cells."""
    return np.asarray(cv2.dilate(cells.astype(np.float32), np.ones((3, 3), np.uint8)), np.float32)


def _smoothed(values: Floats, frames: float) -> Floats:
    """Return the running mean over time, to both sides, with a bell of so many frames of standard deviation."""
    reach = max(3, round(frames * 6) | 1)
    flat = np.ascontiguousarray(values.reshape(len(values), -1))
    smooth = cv2.GaussianBlur(flat, (1, reach), sigmaX=0.001, sigmaY=frames, borderType=cv2.BORDER_REFLECT)
    return np.asarray(smooth, np.float32).reshape(values.shape)


def _blur(run: Sequence[Sight], count: int) -> Blur:
    """Return the blur for a run of sights: wide enough for a wave of the hand, and soft at its edges."""
    seen = np.any([sight.where for sight in run if sight.where is not None], axis=0).astype(np.float32)
    soft = cv2.blur(cv2.dilate(seen, np.ones((7, 7), np.uint8)), (5, 5))
    every = run[1].frame - run[0].frame
    return Blur(max(0, run[0].frame - every), min(count, run[-1].frame + every + 1), _BLUR * soft)
