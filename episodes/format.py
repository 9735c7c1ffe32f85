"""The size, shape and rate of the picture."""

from fractions import Fraction
from typing import Literal

from episodes.value import Value

FormatName = Literal["wide", "vertical", "square", "proof"]

HANDLE_FRAMES = 12
"""Frames that every take has before its in point and after its out point, for trims and transitions."""

SAMPLE_RATE = 48_000
"""Samples a second of every sound that we keep."""


class Format(Value):
    """A picture format. All frames of an episode share one."""

    name: FormatName
    width: int
    """Pixels, even."""
    height: int
    """Pixels, even."""
    fps: int
    """Frames a second."""

    @property
    def frame(self) -> Fraction:
        """Length of one frame in seconds."""
        return Fraction(1, self.fps)

    def frames(self, seconds: Fraction) -> int:
        """Return the whole number of frames nearest to `seconds`."""
        return round(seconds * self.fps)

    def snap(self, seconds: Fraction) -> Fraction:
        """Return `seconds` moved to the nearest frame boundary."""
        return Fraction(self.frames(seconds), self.fps)


FORMATS: dict[FormatName, Format] = {
    "wide": Format(name="wide", width=1280, height=720, fps=24),
    "vertical": Format(name="vertical", width=720, height=1280, fps=24),
    "square": Format(name="square", width=960, height=960, fps=24),
    "proof": Format(name="proof", width=320, height=180, fps=12),
}
