"""What a camera writes into its own picture: agency, unit, the story clock, its marks; small and true."""

from dataclasses import dataclass
from datetime import timedelta

import cv2
import numpy as np

from episodes.format import Format
from episodes.requests import ConformRequest
from tools.finish import marks
from tools.finish.looks import look_of
from tools.finish.marks import Slot, stamp, unit_size
from tools.finish.strips import sliding, strip_picture
from tools.finish.text import Decal, Image

__all__ = ["Overlay", "Part", "name_strip_image", "parts", "stamp", "unit_size"]


@dataclass(frozen=True)
class Part:
    """One thing that is written into the picture, and the place of its upper left corner in pixels."""

    slot: Slot
    picture: Image
    left: int
    top: int
    ticks: bool
    """Whether it is drawn anew each second."""


class Overlay:
    """The overlay of one segment; what ticks is drawn again only when a second of story time has passed."""

    def __init__(self, request: ConformRequest) -> None:
        self._request, self._form = request, request.format
        self._second = -1
        self._ticking: list[Decal] = []
        first = parts(request, 0)
        self._still = [Decal(part.picture, part.left, part.top) for part in first if not part.ticks]
        self._dot = next((part for part in first if part.slot == "dot"), None)
        self._strip: tuple[Decal, ...] = ()
        if request.owner == "interview" and request.name_strip:
            self._strip = sliding(*request.name_strip, request.format, request.look)

    def draw(self, frame: Image, index: int) -> None:
        """Draw everything that belongs on frame `index` of the segment."""
        second = index // self._form.fps
        if second != self._second:
            self._second = second
            ticking = [part for part in parts(self._request, second) if part.ticks and part.slot != "dot"]
            self._ticking = [Decal(part.picture, part.left, part.top) for part in ticking]
        for decal in (*self._still, *self._ticking):
            decal.lay(frame)
        if self._strip:
            self._strip[min(index, len(self._strip) - 1)].lay(frame)
        if self._dot is not None and (index * 2 // self._form.fps) % 2 == 0:
            Decal(self._dot.picture, self._dot.left, self._dot.top).lay(frame)


def parts(request: ConformRequest, second: int) -> tuple[Part, ...]:
    """Return everything that is written into the picture in a second of the segment, each at its place.

    Columns stand in the four corners and grow towards the middle; nothing touches what stands beside it.
    """
    form, clock = request.format, request.clock + timedelta(seconds=second)
    made = [*marks.written(request, clock, second)]
    if request.ai_mark:
        made.append(marks.ai_mark(request))
    gap, edge = max(1, round(unit_size(form) * 0.12)), margin(form)
    below = {"left": edge, "right": edge, "middle": edge}
    found: list[Part] = []
    for mark in made:
        high, wide = mark.picture.shape[:2]
        side = mark.side
        left = {"left": edge, "right": form.width - edge - wide, "middle": (form.width - wide) // 2}[side]
        if mark.foot:
            # Under the captions, in the strip that they leave free.
            free = round(form.height * 0.06)
            found.append(Part(mark.slot, mark.picture, left, form.height - free + max(0, free - high) // 2, mark.ticks))
            continue
        found.append(Part(mark.slot, mark.picture, left, below[side], mark.ticks))
        below[side] += high + gap
    return (*found, *_whole(request), *_dot(request, found))


def margin(form: Format) -> int:
    """Return the space at the edge of the frame in pixels."""
    return round(min(form.width, form.height) * 0.04)


def _whole(request: ConformRequest) -> tuple[Part, ...]:
    """Marks that are drawn over the middle of the picture."""
    if request.owner != "helicopter":
        return ()
    return (Part("reticle", marks.reticle(request.format, look_of(request.look).tint), 0, 0, False),)


def _dot(request: ConformRequest, found: list[Part]) -> tuple[Part, ...]:
    """The red dot beside the word that says that the camera runs."""
    record = next((part for part in found if part.slot == "record"), None)
    if record is None:
        return ()
    picture = marks.red_dot(record.picture.shape[0])
    return (Part("dot", picture, record.left + round(unit_size(request.format) * 0.30), record.top, True),)


def name_strip_image(name: str, title: str, width: int, height: int, look: str = "night_blue") -> bytes:
    """Return a PNG (RGBA, `width` by `height`) with the lower third of an interview, transparent elsewhere."""
    picture = strip_picture(name, title, width, height, look_of(look))
    done, data = cv2.imencode(".png", np.asarray(cv2.cvtColor(picture, cv2.COLOR_mRGBA2RGBA), np.uint8))
    assert done, "OpenCV always has a PNG encoder"
    return bytes(data)
