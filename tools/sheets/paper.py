"""The paper that sheets are drawn on: as wide as it is told, as long as what is drawn."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import skia
from numpy.typing import NDArray

from episodes.whole_file import replace_file
from tools.finish.text import Style, colour, drawable, font, ink, outline, width_of, wrapped

Image = NDArray[np.uint8]

GROUND, PANEL, LINE = "#14171c", "#1e232b", "#343b46"
INK, FAINT, QUIET = "#ece9e1", "#a3abb8", "#6d7684"
OLD, NEW, ALERT = "#e5a04b", "#57b8ae", "#e0645c"
SCENES = ("#4f6d8f", "#8a6a4b", "#5d7f5a", "#7d5a80", "#8a8149", "#4d7f86", "#8f5560", "#666f93")

_LONGEST = 20_000
"""Most pixels of height: what is longer no viewer opens."""

Run = tuple[str, str]
"""Text and its colour."""


class Paper:
    """Draws into a recording, and cuts it to length when it is kept."""

    def __init__(self, width: int, margin: int = 48) -> None:
        """Begin at the top."""
        self.width, self.margin, self.y = width, margin, float(margin)
        self._recorder = skia.PictureRecorder()
        self.canvas = self._recorder.beginRecording(skia.Rect.MakeWH(width, _LONGEST))

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2.0 * self.margin

    @property
    def is_full(self) -> bool:
        """Whether there is hardly room for more."""
        return self.y > _LONGEST - 1200

    def text(self, words: str, x: float, y: float, size: float, shade: str = INK, style: Style = "regular") -> float:
        """Write one line with its baseline at `y`; return its width."""
        shown = drawable(words, style)
        self.canvas.drawString(shown, x, y, font(size, style), ink(shade))
        return width_of(shown, size, style)

    def clipped(
        self, words: str, x: float, y: float, room: float, size: float, shade: str = INK, style: Style = "regular"
    ) -> None:
        """Write one line no wider than `room`, with an ellipsis where it is cut."""
        shown = drawable(words, style)
        if width_of(shown, size, style) > room:
            while shown and width_of(f"{shown}…", size, style) > room:
                shown = shown[:-1]
            shown = f"{shown.rstrip()}…" if shown else ""
        self.canvas.drawString(shown, x, y, font(size, style), ink(shade))

    def paragraph(
        self, words: str, x: float, room: float, size: float, shade: str = INK, style: Style = "regular"
    ) -> None:
        """Write wrapped text from the present height on, and go on below it."""
        for line in wrapped(drawable(words, style), room, size, style) or ("",):
            self.y += size * 1.4
            self.canvas.drawString(line, x, self.y - size * 0.3, font(size, style), ink(shade))

    def runs(self, runs: Iterable[Run], x: float, room: float, size: float) -> None:
        """Write coloured words, wrapped, from the present height on."""
        left, baseline = x, self.y + size * 1.1
        space = width_of(" ", size)
        for words, shade in runs:
            for word in drawable(words).split():
                wide = width_of(word, size)
                if left > x and left + wide > x + room:
                    left, baseline = x, baseline + size * 1.4
                self.canvas.drawString(word, left, baseline, font(size), ink(shade))
                left += wide + space
        self.y = baseline + size * 0.3

    def box(
        self, x: float, y: float, wide: float, high: float, shade: str, radius: float = 0, alpha: float = 1
    ) -> None:
        """Fill a box."""
        self.canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, wide, high), radius, radius, ink(shade, alpha))

    def frame(
        self, x: float, y: float, wide: float, high: float, shade: str, stroke: float = 2, radius: float = 0
    ) -> None:
        """Draw the edge of a box, inside it."""
        rect = skia.Rect.MakeXYWH(x + stroke / 2, y + stroke / 2, wide - stroke, high - stroke)
        self.canvas.drawRoundRect(rect, radius, radius, outline(shade, stroke))

    def rule(self, x: float, y: float, x2: float, y2: float, shade: str = LINE, stroke: float = 1) -> None:
        """Draw a line."""
        self.canvas.drawLine(x, y, x2, y2, outline(shade, stroke))

    def arrow(self, x: float, y: float, size: float, shade: str = FAINT) -> None:
        """Draw an arrowhead to the right."""
        path = skia.Path()
        path.moveTo(x, y - size)
        path.lineTo(x + size * 0.8, y)
        path.lineTo(x, y + size)
        self.canvas.drawPath(path, outline(shade, size * 0.3))

    def picture(self, image: Image, x: float, y: float, wide: float, high: float) -> None:
        """Lay a BGRA picture into a box with soft corners."""
        array = np.ascontiguousarray(image)
        made = skia.Image.fromarray(array, colorType=skia.kBGRA_8888_ColorType)
        rect = skia.Rect.MakeXYWH(x, y, wide, high)
        self.canvas.save()
        self.canvas.clipRRect(skia.RRect.MakeRectXY(rect, 4, 4), True)
        self.canvas.drawImageRect(made, rect, skia.SamplingOptions(skia.CubicResampler.Mitchell()), skia.Paint())
        self.canvas.restore()

    def tile(self, image: Image | None, x: float, y: float, wide: float, high: float, instead: str) -> None:
        """Lay a picture into a box, or, where there is none, say why."""
        if image is not None:
            self.picture(image, x, y, wide, high)
            return
        self.box(x, y, wide, high, PANEL, 4)
        self.frame(x, y, wide, high, LINE, 1, 4)
        size = min(15.0, high * 0.13)
        lines = wrapped(drawable(instead), wide - 20, size)
        top = y + high / 2 - len(lines) * size * 0.7
        for number, line in enumerate(lines):
            at = x + (wide - width_of(line, size)) / 2
            self.text(line, at, top + size * (1.1 + 1.4 * number), size, QUIET)

    def heading(self, words: str, beside: str = "") -> None:
        """Write a heading over a fine line, with a quieter word beside it."""
        self.y += 46
        wide = self.text(words, self.margin, self.y, 25, INK, "bold")
        if beside:
            self.clipped(beside, self.margin + wide + 16, self.y, self.inner - wide - 16, 17, FAINT)
        self.y += 14
        self.rule(self.margin, self.y, self.width - self.margin, self.y)
        self.y += 18

    def keep(self, path: Path) -> Path:
        """Write the paper as a PNG, whole or not at all, and return where it lies. Raises `OutOfSpace`."""
        drawn = self._recorder.finishRecordingAsPicture()
        high = min(_LONGEST, round(self.y + self.margin))
        surface = skia.Surface(self.width, high)
        surface.getCanvas().clear(colour(GROUND))
        surface.getCanvas().drawPicture(drawn)
        data = surface.makeImageSnapshot().encodeToData(skia.EncodedImageFormat.kPNG, 100)
        replace_file(path, bytes(data))
        return path


def columns(wide: float, least: float, gap: float) -> tuple[int, float]:
    """Return how many columns of at least `least` pixels fit, and how wide each then is."""
    count = max(1, int((wide + gap) // (least + gap)))
    return count, (wide - gap * (count - 1)) / count


def scene_colours(scenes: Sequence[str]) -> dict[str, str]:
    """Return a colour for each scene, in order."""
    return {scene: SCENES[number % len(SCENES)] for number, scene in enumerate(dict.fromkeys(scenes))}
