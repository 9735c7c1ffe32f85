"""`python -m benchmarks.flashes`: 24 moving pictures with the verdict worked out by hand, and what the meter says.

The list below is meant to be read: each case says what is shown, what the rules make of it and why. Colours are given
in linear light, as the rules are: (red, green, blue) from 0 to 1.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.finish.flashes import FlashMeter, Rule, Verdict

Image = NDArray[np.uint8]
Colour = tuple[float, float, float]

WHITE: Colour = (1, 1, 1)
BLACK: Colour = (0, 0, 0)
RED: Colour = (1, 0, 0)
BLUE: Colour = (0, 0, 1)
DARK_RED: Colour = (0.4, 0, 0)
PALE_RED: Colour = (0.319, 0.101, 0.101)
PALE_BLUE: Colour = (0.101, 0.101, 0.319)
"""The pale ones are (0.6, 0.35, 0.35) and its mirror in sRGB."""


def grey(light: float) -> Colour:
    """Return a grey of that relative luminance."""
    return (light, light, light)


@dataclass(frozen=True)
class Strobe:
    """A field that changes between two colours so many times a second, on a field of the second one."""

    hertz: float
    """Flashes a second; each has two changes."""
    area: float
    """Share of the picture that flashes."""
    light: Colour
    dark: Colour

    def at(self, seconds: float) -> Callable[[Image], None]:
        """Return what paints the moment."""
        on = int(seconds * self.hertz * 2 + 1e-9) % 2 == 1

        def paint(picture: Image) -> None:
            picture[:] = bgr(self.dark)
            if on:
                picture[:, : round(self.area * picture.shape[1])] = bgr(self.light)

        return paint


@dataclass(frozen=True)
class Scene:
    """A moving picture that is no strobe: a function of picture and second paints it."""

    paint: Callable[[Image, float], None]

    def at(self, seconds: float) -> Callable[[Image], None]:
        """Return what paints the moment."""
        return lambda picture: self.paint(picture, seconds)


@dataclass(frozen=True)
class Case:
    """One moving picture and what must be said of it."""

    shown: str
    picture: Strobe | Scene
    seconds: int
    expected: Rule
    because: str


def bgr(colour: Colour) -> tuple[int, int, int]:
    """Return the sRGB bytes of a linear colour, in OpenCV's order."""
    red, green, blue = (round(255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in colour)
    return blue, green, red


def _cuts(picture: Image, seconds: float) -> None:
    picture[:] = bgr(grey(0.6 if int(seconds) % 2 else 0.02))


def _pan(picture: Image, seconds: float) -> None:
    # A window of a third of the picture goes by in two seconds, four times.
    width = picture.shape[1]
    left = round((seconds / 2 % 1) * width * 4 / 3 - width / 3)
    picture[:] = bgr(grey(0.03))
    picture[:, max(0, left) : max(0, left + width // 3)] = bgr(grey(0.9))


def _pulse(picture: Image, seconds: float) -> None:
    picture[:] = bgr(grey(0.4 - 0.35 * float(np.cos(seconds * np.pi))))


def _fade_in(picture: Image, seconds: float) -> None:
    picture[:] = bgr(grey(0.7 * min(1.0, seconds)))


def _light_bar(picture: Image, seconds: float) -> None:
    half, on = picture.shape[1] // 2, int(seconds * 2.2) % 2
    picture[:, :half] = bgr(RED if on else grey(0.02))
    picture[:, half:] = bgr(grey(0.02) if on else BLUE)


CASES: tuple[Case, ...] = (
    Case("white on black, 1.5 Hz", Strobe(1.5, 1, WHITE, BLACK), 6, "safe", "3 changes a second"),
    Case("white on black, 2.5 Hz", Strobe(2.5, 1, WHITE, BLACK), 3, "safe", "5 a second, not for 4 s"),
    Case("white on black, 2.5 Hz", Strobe(2.5, 1, WHITE, BLACK), 6, "extended", "5 a second for over 4 s"),
    Case("white on black, 3 Hz", Strobe(3, 1, WHITE, BLACK), 3, "safe", "6 a second, not for 4 s"),
    Case("white on black, 3 Hz", Strobe(3, 1, WHITE, BLACK), 6, "extended", "6 a second for over 4 s"),
    Case("white on black, 4 Hz", Strobe(4, 1, WHITE, BLACK), 1, "flashes", "7 changes in the one second"),
    Case("white on black, 4 Hz", Strobe(4, 0.2, WHITE, BLACK), 6, "safe", "a fifth of the picture"),
    Case("white on black, 4 Hz", Strobe(4, 0.3, WHITE, BLACK), 3, "flashes", "8 a second over 30 %"),
    Case("white on black, 8 Hz", Strobe(8, 0.3, WHITE, BLACK), 1, "flashes", "15 a second over 30 %"),
    Case("red on black, 1.5 Hz", Strobe(1.5, 1, RED, BLACK), 6, "safe", "3 changes a second"),
    Case("red on black, 4 Hz", Strobe(4, 0.3, RED, BLACK), 3, "flashes", "luminance 0.21 and 0"),
    Case("red on black, 5 Hz", Strobe(5, 0.2, RED, BLACK), 6, "safe", "a fifth of the picture"),
    Case("dark red on black, 4 Hz", Strobe(4, 1, DARK_RED, BLACK), 3, "red", "luminance 0.085, but red by 128"),
    Case("dark red on black, 2.5 Hz", Strobe(2.5, 1, DARK_RED, BLACK), 6, "red_extended", "5 a second of red for 4 s"),
    Case("red on blue, 4 Hz", Strobe(4, 1, RED, BLUE), 3, "flashes", "luminance 0.21 and 0.07"),
    Case("red on blue, 2.5 Hz", Strobe(2.5, 0.3, RED, BLUE), 6, "extended", "5 a second for over 4 s"),
    Case("pale red on pale blue, 5 Hz", Strobe(5, 1, PALE_RED, PALE_BLUE), 6, "safe", "differ by 0.03; red is 61 %"),
    Case("grey 0.10 and 0.19, 5 Hz", Strobe(5, 1, grey(0.19), grey(0.1)), 3, "safe", "differ by less than 0.1"),
    Case("grey 0.10 and 0.21, 5 Hz", Strobe(5, 1, grey(0.21), grey(0.1)), 3, "flashes", "differ by more than 0.1"),
    Case("a cut every second", Scene(_cuts), 6, "safe", "1 change a second"),
    Case("a pan across a bright window", Scene(_pan), 6, "safe", "never a quarter at once"),
    Case("a slow pulse, 0.5 Hz", Scene(_pulse), 6, "safe", "1 change a second"),
    Case("a card fades in", Scene(_fade_in), 3, "safe", "1 change"),
    Case("a light bar, 1.1 Hz", Scene(_light_bar), 6, "safe", "2.2 changes a second"),
)


def frames(case: Case, width: int, height: int, fps: int) -> Iterator[Image]:
    """Yield the BGR frames of a case."""
    picture = np.zeros((height, width, 3), np.uint8)
    for index in range(case.seconds * fps):
        case.picture.at(index / fps)(picture)
        yield picture


def judged(case: Case, width: int = 320, height: int = 180, fps: int = 24) -> tuple[Verdict, float]:
    """Return the meter's verdict on a case, and the milliseconds of the processor that each frame took."""
    meter, spent = FlashMeter(fps), 0.0
    for frame in frames(case, width, height, fps):
        start = time.process_time()
        meter.see(frame)
        spent += time.process_time() - start
    return meter.verdict, spent * 1000 / (case.seconds * fps)


def main() -> int:
    """Print the table; return 1 if any verdict differs from what was worked out."""
    cv2.setNumThreads(1)
    print(f"{'shown':30} {'area':>5} {'for':>4}  {'expected':13} {'found':13} {'ms/frame':>8}  because")
    wrong = 0
    for case in CASES:
        found, cost = judged(case, 1280, 720)
        wrong += found.rule != case.expected
        area = f"{case.picture.area:.0%}" if isinstance(case.picture, Strobe) else ""
        mark = "" if found.rule == case.expected else "  WRONG"
        print(
            f"{case.shown:30} {area:>5} {case.seconds:>2} s  {case.expected:13} {found.rule:13} {cost:8.2f}  "
            f"{case.because}{mark}"
        )
    print(f"{len(CASES) - wrong} of {len(CASES)} right")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
