"""What a camera writes into its own picture: agency, unit, the story clock, its marks; small and true."""

from datetime import datetime, timedelta

import cv2
import skia

from episodes.format import Format
from episodes.tasks import ConformRequest
from tools.finish.grade import look_of
from tools.finish.text import Decal, Image, Style, blank, colour, drawable, fitted, font, ink, outline, width_of

_AI_MARK = "AI-GENERATED"


class Overlay:
    """The overlay of one segment; its text is drawn again only when a second of story time has passed."""

    def __init__(self, request: ConformRequest) -> None:
        self._request, self._form = request, request.format
        self._second = -1
        self._picture: list[Decal] = []
        self._still = [Decal(*part) for part in _still_parts(request)]

    def draw(self, frame: Image, index: int) -> None:
        """Draw everything that belongs on frame `index` of the segment."""
        second = index // self._form.fps
        if second != self._second:
            self._second = second
            clock = self._request.clock + timedelta(seconds=second)
            self._picture = [Decal(*part) for part in _clock_parts(self._request, clock)]
        for decal in (*self._still, *self._picture):
            decal.lay(frame)
        if self._request.owner in ("bodycam", "doorbell", "phone") and (index * 2 // self._form.fps) % 2 == 0:
            _red_dot(frame, self._form)


def unit_size(form: Format) -> float:
    """Return the height in pixels of the overlay's letters: small, but readable on a telephone."""
    return max(7.0, min(form.height, form.width * 0.8) * 0.026)


def stamp(clock: datetime) -> str:
    """Return the clock as every camera of this show writes it."""
    return clock.strftime("%Y-%m-%d %H:%M:%S")


def label(text: str, size: float, style: Style = "mono", tint: str = "#eef2f6", box: float = 0.0) -> Image:
    """Return a line of text with a dark edge, on a box of that opacity, as a picture of its own size."""
    text = drawable(text, style)
    pad = size * 0.35
    picture, surface = blank(max(2, round(width_of(text, size, style) + 2 * pad)), max(2, round(size * 1.5)))
    canvas = surface.getCanvas()
    if box:
        canvas.drawRoundRect(
            skia.Rect.MakeWH(picture.shape[1], picture.shape[0]), size * 0.2, size * 0.2, ink("#05080e", box)
        )
    canvas.drawString(text, pad, size * 1.08, font(size, style), outline("#05080e", size * 0.16, 0.75))
    canvas.drawString(text, pad, size * 1.08, font(size, style), ink(tint))
    return picture


def _margin(form: Format) -> int:
    return round(min(form.width, form.height) * 0.04)


def _still_parts(request: ConformRequest) -> list[tuple[Image, int, int]]:
    """Everything that does not change within a segment, with its place."""
    form, size, edge = request.format, unit_size(request.format), _margin(request.format)
    parts: list[tuple[Image, int, int]] = []
    if request.owner == "interview":
        if request.name_strip:
            strip = _strip(*request.name_strip, form.width, form.height)
            parts.append((strip, 0, 0))
    else:
        name = _shortened(_heading(request), form.width * 0.52, size)
        parts.append((label(name, size, "mono_bold"), edge, edge))
    if request.owner == "helicopter":
        parts.append((_reticle(form), 0, 0))
    if request.owner == "doorbell":
        parts.append((_doorbell_ring(form), 0, 0))
    if request.ai_mark:
        mark = label(_AI_MARK, size * 0.92, "bold", look_of(request.look).accent, box=0.5)
        parts.append((mark, form.width - edge - mark.shape[1], edge + round(size * 1.9)))
    return parts


def _heading(request: ConformRequest) -> str:
    unit = f" · {request.unit}" if request.unit else ""
    return {
        "bodycam": f"{request.agency}{unit}",
        "dashcam": f"{request.agency}{unit} · FRONT",
        "cctv": "CAM 03",
        "doorbell": "FRONT DOOR",
        "helicopter": f"{request.agency} · AIR 1 · IR",
        "phone": "VIDEO",
    }.get(request.owner, request.show)


def _shortened(text: str, limit: float, size: float) -> str:
    """Cut a heading that would run into the clock at a word, so that it never touches it."""
    words = drawable(text, "mono_bold").split(" ")
    while len(words) > 1 and width_of(" ".join(words), size, "mono_bold") > limit:
        # The call sign at the end is what matters: shorten from the middle.
        del words[max(0, len(words) - 2)]
    return " ".join(words)


def _clock_parts(request: ConformRequest, clock: datetime) -> list[tuple[Image, int, int]]:
    if request.owner == "interview":
        return []
    form, size, edge = request.format, unit_size(request.format), _margin(request.format)
    time = label(stamp(clock), size)
    left = form.width - edge - time.shape[1]
    top = edge
    if request.owner == "doorbell" or form.width < form.height:
        # In tall pictures the clock stands under the heading, where it has room.
        left, top = edge, edge + round(size * 1.6)
    if request.owner in ("bodycam", "phone"):
        left -= round(size * 1.1) if form.width >= form.height else 0
    return [(time, left, top)]


def _red_dot(frame: Image, form: Format) -> None:
    size, edge = unit_size(form), _margin(form)
    centre = (round(form.width - edge - size * 0.3), round(edge + size * 0.75))
    cv2.circle(frame, centre, max(2, round(size * 0.34)), (38, 38, 226), -1, cv2.LINE_AA)


def _reticle(form: Format) -> Image:
    picture, surface = blank(form.width, form.height)
    canvas, size = surface.getCanvas(), min(form.width, form.height)
    pen = outline("#e8f0e8", max(1.0, size * 0.003), 0.8)
    cx, cy, arm = form.width / 2, form.height / 2, size * 0.09
    for sign_x, sign_y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        canvas.drawLine(cx + sign_x * arm * 0.3, cy + sign_y * arm * 0.3, cx + sign_x * arm, cy + sign_y * arm, pen)
    wide, high, corner = size * 0.3, size * 0.22, size * 0.05
    for sx in (-1, 1):
        for sy in (-1, 1):
            canvas.drawLine(cx + sx * wide, cy + sy * high, cx + sx * (wide - corner), cy + sy * high, pen)
            canvas.drawLine(cx + sx * wide, cy + sy * high, cx + sx * wide, cy + sy * (high - corner), pen)
    return picture


def _doorbell_ring(form: Format) -> Image:
    """The dark round edge of a fish-eye camera."""
    picture, surface = blank(form.width, form.height)
    canvas = surface.getCanvas()
    mask = skia.Path()
    mask.addRect(skia.Rect.MakeWH(form.width, form.height))
    radius = min(form.width, form.height) * 0.16
    mask.addRoundRect(skia.Rect.MakeWH(form.width, form.height).makeInset(2, 2), radius, radius)
    mask.setFillType(skia.PathFillType.kEvenOdd)
    canvas.drawPath(mask, ink("#020306"))
    return picture


def name_strip_image(name: str, title: str, width: int, height: int) -> bytes:
    """Return a PNG (RGBA, `width` by `height`) with the lower third of an interview, transparent elsewhere."""
    straight = cv2.cvtColor(_strip(name, title, width, height), cv2.COLOR_mRGBA2RGBA)
    done, data = cv2.imencode(".png", straight)
    assert done, "OpenCV always has a PNG encoder"
    return bytes(data)


def _strip(name: str, title: str, width: int, height: int) -> Image:
    """Draw a lower third: a dark plate with an accent bar, name above, title below, inside the safe area."""
    picture, surface = blank(width, height)
    canvas = surface.getCanvas()
    big = min(height * 0.052, width * 0.055)
    room = width * 0.7
    names, big = fitted(drawable(name, "bold"), room, big, 1, "bold", 5.0)
    titles, small = fitted(drawable(title), room, big * 0.66, 1, "regular", 5.0)
    name_line, title_line = "".join(names), "".join(titles)
    inner = max(width_of(name_line, big, "bold"), width_of(title_line, small))
    left, top = width * 0.06, height * 0.655
    pad = big * 0.55
    plate = skia.Rect.MakeXYWH(left, top, inner + 2.2 * pad, big * 1.32 + small * 1.6)
    shade = skia.GradientShader.MakeLinear(
        [skia.Point(plate.left(), 0), skia.Point(plate.right(), 0)], [colour("#070b16", 0.9), colour("#070b16", 0.72)]
    )
    canvas.drawRect(plate, skia.Paint(AntiAlias=True, Shader=shade))
    canvas.drawRect(skia.Rect.MakeXYWH(left, top, big * 0.16, plate.height()), ink("#f2a541"))
    canvas.drawString(name_line, left + pad, top + big * 1.16, font(big, "bold"), ink("#ffffff"))
    canvas.drawString(title_line, left + pad, top + big * 1.32 + small * 1.0, font(small), ink("#c9d4e4"))
    return picture
