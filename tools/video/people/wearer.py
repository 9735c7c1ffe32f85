"""The wearer: forearms and hands of whoever wears the body camera, large and dark at the lower edge of the frame.

The unit is the height of the frame, the origin the middle of its lower edge, heights upwards. The hand that acts comes
in from the lower right, the pad's from the lower left. In a narrow frame all is drawn smaller and nearer to the middle,
so that it is seen in 16:9 and in 9:16 alike. Lay it over the finished players:

    canvas.save()
    canvas.translate(width / 2, height)
    canvas.scale(height, height)
    draw_wearer(Brush(canvas), dress, "torch", time, aspect=width / height)
    canvas.restore()
"""

import math
from dataclasses import dataclass
from typing import Literal

import skia

from tools.video.brush import Brush, Point, darker, lighter
from tools.video.people.nib import INK, Nib, bone, cornered, curved
from tools.video.people.wardrobe import Dress

Act = Literal["torch", "notebook", "point", "radio", "empty"]
ACTS: tuple[Act, ...] = ("torch", "notebook", "point", "radio", "empty")
_STEP = 12
_METAL, _PAPER = "#20242c", "#e4dcc4"


@dataclass(frozen=True)
class Held:
    """Where a held thing is, in frame units, so that the engine can light it."""

    lens: Point
    """The torch's front glass, or the tip of the finger or pen."""
    angle: float
    """Degrees that it points at, anticlockwise from the right."""


def wearer_at(what: Act, time: float, aspect: float = 16 / 9) -> Held:
    """Return where the end of what is held is at `time` seconds.

    Args:
        what: What the hands do.
        time: Seconds; the hands move on twos.
        aspect: Width of the frame over its height.
    """
    size, x, h, turn = _place(what, time, aspect)
    lens = {"torch": (-0.115, 0.395), "notebook": (0.02, 0.30), "point": (-0.155, 0.44), "radio": (0.0, 0.33),
            "empty": (-0.06, 0.30)}[what]  # fmt: skip
    angle = math.radians(turn)
    dx, dy = lens[0] * size, lens[1] * size
    return Held(
        (x + dx * math.cos(angle) - dy * math.sin(angle), h + dx * math.sin(angle) + dy * math.cos(angle)), 112 + turn
    )


def draw_wearer(
    brush: Brush, dress: Dress, what: Act, time: float, aspect: float = 16 / 9, raised: float = 1.0
) -> None:
    """Draw what the wearer shows of themself.

    Args:
        brush: Its canvas stands at the middle of the frame's lower edge, one unit the frame's height, heights downwards
            as the canvas has them.
        dress: The wearer's.
        what: A torch, a notebook with a pen, a pointing finger, a radio, or an empty hand.
        time: Seconds, for the sway of the arm and the writing of the pen; it moves on twos.
        aspect: Width of the frame over its height.
        raised: 0 when the hands are still below the frame, 1 when they are up.
    """
    if raised <= 0:
        return
    canvas = brush.canvas
    size, x, h, turn = _place(what, time, aspect)
    matrix = canvas.getTotalMatrix()
    canvas.save()
    canvas.scale(1, -1)
    canvas.translate(x, h - 0.55 * size * (1 - raised) ** 1.4)
    canvas.rotate(turn)
    canvas.scale(size, size)
    nib = Nib(brush, math.hypot(matrix.getScaleX(), matrix.getSkewY()))
    _Arms(nib, dress).draw(what, time)
    canvas.restore()


def _place(what: Act, time: float, aspect: float) -> tuple[float, float, float, float]:
    """Return size, x, height and degrees of the whole at a time: it sways with breath and step."""
    time = math.floor(time * _STEP + 1e-6) / _STEP
    narrow = min(1.0, max(0.0, (1.4 - aspect) / 0.8))
    size = 1.32 - 0.64 * narrow
    # In the middle of a wide frame's right half; in a narrow one nearer to its edge.
    x = (0.46 if what != "notebook" else 0.26) * (1 - narrow) + (0.145 if what != "notebook" else 0.05) * narrow
    x = min(x, 0.29 * aspect)
    sway = math.sin(2.1 * time)
    return size, x + 0.004 * sway, 0.006 + 0.006 * math.sin(1.7 * time + 1.0), 0.9 * math.sin(1.3 * time)


class _Arms:
    """Draws forearms, hands and what they hold round a wrist that comes from the lower right."""

    def __init__(self, nib: Nib, dress: Dress) -> None:
        self.nib = nib
        self.cloth = dress.top
        # Close to the lens and out of the light everything is a tone darker.
        self.skin = darker(dress.gloves or dress.skin, 0.18)
        self.glove = darker(dress.gloves or ("#343a46" if dress.serves else dress.skin), 0.18)
        self.long = dress.long_sleeves or not dress.serves
        self.thick = 0.9 + 0.35 * (dress.width - 0.84)

    def draw(self, what: Act, time: float) -> None:
        {"torch": self._torch, "notebook": self._notebook, "point": self._point, "radio": self._radio,
         "empty": self._empty}[what](time)  # fmt: skip

    def _forearm(self, root: Point, wrist: Point, near: float, far: float) -> None:
        """Draw a forearm from off the frame to a wrist, with a cuff."""
        nib, k = self.nib, self.thick
        near, far = near * k, far * k
        dx, dy = wrist[0] - root[0], wrist[1] - root[1]
        length = math.hypot(dx, dy)
        ux, uy = dx / length, dy / length
        nx, ny = -uy, ux
        if not self.long:
            arm = skia.Path()
            bone(arm, root, near, wrist, far)
            nib.form(arm, self.skin, 0.030, 0.42)
            self._hairs(root, wrist, near, far)
            # A watch, face inwards, as people wear it who hold things up to the light.
            x, h = wrist[0] - ux * 0.055, wrist[1] - uy * 0.055
            wide = far * 1.16
            nib.patch([(x + nx * wide - ux * 0.02, h + ny * wide - uy * 0.02), (x + nx * wide + ux * 0.02,
                h + ny * wide + uy * 0.02),
                       (x - nx * wide + ux * 0.02, h - ny * wide + uy * 0.02), (x - nx * wide - ux * 0.02,
                           h - ny * wide - uy * 0.02)],
                      "#0c0d12")  # fmt: skip
            nib.ink(
                (x + nx * wide * 0.5, h + ny * wide * 0.5),
                (x - nx * wide * 0.7, h - ny * wide * 0.7),
                0.010,
                0.0,
                "#3a404c",
            )
            return
        sleeve = skia.Path()
        end = (wrist[0] - ux * 0.045, wrist[1] - uy * 0.045)
        bone(sleeve, root, near * 1.28, end, far * 1.34, True)
        inner = skia.Path()
        bone(inner, root, far, wrist, far)
        nib.form(inner, self.skin, 0.022, 0.42)
        # Inside the cuff no light comes.
        nib.oval_turned(end, far * 1.30, far * 0.42, math.degrees(math.atan2(ny, nx)), INK)
        arm = skia.Path()
        bone(arm, (root[0], root[1]), far * 1.0, wrist, far * 0.98)
        nib.form(arm, self.skin, 0.022, 0.42)
        cuffless = (wrist[0] - ux * 0.085, wrist[1] - uy * 0.085)
        sleeve = skia.Path()
        bone(sleeve, root, near * 1.28, cuffless, far * 1.32, True)
        nib.form(sleeve, self.cloth, 0.045, 0.45)
        band = [
            (cuffless[0] + nx * far * 1.34, cuffless[1] + ny * far * 1.34),
            (end[0] + nx * far * 1.30, end[1] + ny * far * 1.30),
            (end[0] - nx * far * 1.30, end[1] - ny * far * 1.30),
            (cuffless[0] - nx * far * 1.34, cuffless[1] - ny * far * 1.34),
        ]
        nib.patch(band, darker(self.cloth, 0.3))
        nib.ink(band[0], band[3], 0.010, -0.05)
        nib.ink(band[1], band[2], 0.008, -0.04)
        x, h = (cuffless[0] + end[0]) / 2 - nx * far * 0.5, (cuffless[1] + end[1]) / 2 - ny * far * 0.5
        nib.disc(x, h, 0.009, "#c9b070")
        for share, bow in ((0.30, 0.10), (0.52, -0.08), (0.72, 0.12)):
            x, h = root[0] + dx * share, root[1] + dy * share
            wide = near * 1.2 * (1 - share) + far * 1.3 * share
            nib.ink((x + nx * wide, h + ny * wide), (x - nx * wide * 0.2, h - ny * wide * 0.2 - 0.03), 0.022, bow,
                    darker(self.cloth, 0.75), 0.2)  # fmt: skip

    def _hairs(self, root: Point, wrist: Point, near: float, far: float) -> None:
        dx, dy = wrist[0] - root[0], wrist[1] - root[1]
        self.nib.ink((root[0] + dx * 0.4 + near * 0.2, root[1] + dy * 0.4), (root[0] + dx * 0.86,
            root[1] + dy * 0.86 + far * 0.3), 0.012,
                     0.05, darker(self.skin, 0.5))  # fmt: skip

    def _torch(self, _time: float) -> None:
        nib = self.nib
        # The torch lies along the arm, its head towards the scene, held from above by the shoulder's side.
        tail, neck, head, glass = (0.075, 0.035), (-0.055, 0.265), (-0.085, 0.325), (-0.115, 0.385)
        self._forearm((0.30, -0.20), (0.105, 0.09), 0.105, 0.066)
        back = curved([(0.085, 0.065), (0.012, 0.085), (-0.055, 0.145), (-0.062, 0.195), (-0.01, 0.225), (0.06, 0.205),
                       (0.125, 0.135)])  # fmt: skip
        nib.form(back, self.skin, 0.03, 0.42)
        body = skia.Path()
        bone(body, tail, 0.034, neck, 0.034, True)
        nib.form(body, _METAL, 0.026, 0.6)
        cone = skia.Path()
        bone(cone, neck, 0.036, head, 0.056)
        bone(cone, head, 0.056, glass, 0.060, True)
        nib.form(cone, _METAL, 0.032, 0.6)
        dx, dy = glass[0] - head[0], glass[1] - head[1]
        turned = math.degrees(math.atan2(dy, dx)) + 90
        nib.oval_turned(glass, 0.061, 0.009, turned, "#fff4d0")
        for share in (0.2, 0.55, 0.9):
            x, h = neck[0] + (head[0] - neck[0]) * share, neck[1] + (head[1] - neck[1]) * share
            nib.ink((x - 0.04, h - 0.02), (x + 0.042, h + 0.022), 0.008, -0.1, "#05060a")
        nib.ink(
            (neck[0] + 0.045, neck[1] - 0.05), (glass[0] + 0.062, glass[1] + 0.0), 0.010, 0.0, lighter(_METAL, 0.45)
        )
        # Four fingers over the barrel, then the thumb on the switch.
        for number in range(4):
            x, h = 0.052 - 0.026 * number, 0.098 + 0.040 * number
            finger = skia.Path()
            bone(finger, (x + 0.060, h + 0.052), 0.0245, (x - 0.004, h + 0.020), 0.0235)
            bone(finger, (x - 0.004, h + 0.020), 0.0235, (x - 0.038, h - 0.016), 0.020)
            nib.trace(finger, 0.008)
            nib.form(finger, self.skin, 0.016, 0.42)
            nib.ink((x + 0.022, h + 0.052), (x + 0.012, h + 0.016), 0.007, 0.2, darker(self.skin, 0.62))
        thumb = skia.Path()
        bone(thumb, (0.03, 0.185), 0.030, (-0.024, 0.235), 0.024)
        bone(thumb, (-0.024, 0.235), 0.024, (-0.062, 0.262), 0.019)
        nib.trace(thumb, 0.008)
        nib.form(thumb, self.skin, 0.016, 0.42)

    def _page(self) -> None:
        """Draw the pad with its ring and what has been written so far."""
        nib = self.nib
        pad: list[Point] = [(-0.19, 0.06), (0.045, 0.015), (0.085, 0.285), (-0.145, 0.325)]
        nib.patch([(x - 0.008, h - 0.016) for x, h in pad], "#15161b")
        nib.form(cornered(pad), _PAPER, 0.030, 0.3)
        for row in range(6):
            share = 0.16 + 0.125 * row
            a = (pad[3][0] + (pad[0][0] - pad[3][0]) * share + 0.014, pad[3][1] + (pad[0][1] - pad[3][1]) * share)
            b = (pad[2][0] + (pad[1][0] - pad[2][0]) * share - 0.014, pad[2][1] + (pad[1][1] - pad[2][1]) * share)
            nib.stroke([a, b], 0.0028, "#8fa0b8")
            if row < 4:
                written = (1.0, 0.8, 0.95, 0.55)[row]
                words = [(a[0] + (b[0] - a[0]) * written * n / 14,
                    a[1] + (b[1] - a[1]) * written * n / 14 + 0.004 + 0.009 * ((n * 5 + row) % 3))
                         for n in range(15)]  # fmt: skip
                nib.stroke(words, 0.0038, "#20263a")
        for number in range(9):
            share = (number + 0.5) / 9
            x, h = pad[3][0] + (pad[2][0] - pad[3][0]) * share, pad[3][1] + (pad[2][1] - pad[3][1]) * share
            nib.stroke([(x, h - 0.012), (x + 0.002, h + 0.014)], 0.006, "#3a404c")

    def _notebook(self, time: float) -> None:
        nib = self.nib
        # The left hand holds the pad from below, the right one writes.
        self._forearm((-0.46, -0.26), (-0.25, 0.03), 0.095, 0.060)
        palm = curved([(-0.27, 0.0), (-0.23, 0.09), (-0.15, 0.15), (-0.05, 0.14), (-0.08, 0.05), (-0.17, -0.03)])
        nib.form(palm, self.skin, 0.03, 0.42)
        self._page()
        thumb = skia.Path()
        bone(thumb, (-0.215, 0.075), 0.032, (-0.155, 0.135), 0.026)
        bone(thumb, (-0.155, 0.135), 0.026, (-0.105, 0.155), 0.021)
        nib.trace(thumb, 0.008)
        nib.form(thumb, self.skin, 0.018, 0.42)
        nib.soft([(-0.112, 0.146), (-0.090, 0.150), (-0.092, 0.168), (-0.112, 0.168)], lighter(self.skin, 0.25))
        # The pen goes to and fro while it writes, and stops to think.
        writes = math.sin(0.9 * time) > -0.3
        step = math.floor(time * _STEP) / _STEP
        shift = (0.020 * math.sin(9 * step), 0.007 * math.sin(23 * step)) if writes else (0.03, 0.05)
        nib.canvas.save()
        nib.canvas.translate(*shift)
        self._forearm((0.36, -0.22), (0.175, 0.075), 0.098, 0.060)
        fist = curved(
            [
                (0.20, 0.055),
                (0.12, 0.085),
                (0.052, 0.135),
                (0.045, 0.185),
                (0.085, 0.215),
                (0.150, 0.195),
                (0.205, 0.135),
            ]
        )
        nib.form(fist, self.skin, 0.03, 0.42)
        pen = skia.Path()
        bone(pen, (0.125, 0.285), 0.010, (0.022, 0.165), 0.010, True)
        nib.form(pen, "#1c2c55", 0.008, 0.5)
        nib.patch([(0.029, 0.159), (0.015, 0.171), (0.002, 0.142)], "#c9b070")
        nib.disc(0.125, 0.285, 0.012, "#c9b070")
        for a, b, c in (
            ((0.105, 0.205), (0.062, 0.200), (0.036, 0.168)),
            ((0.10, 0.135), (0.060, 0.138), (0.030, 0.160)),
        ):
            finger = skia.Path()
            bone(finger, a, 0.026, b, 0.023)
            bone(finger, b, 0.023, c, 0.018)
            nib.trace(finger, 0.008)
            nib.form(finger, self.skin, 0.015, 0.42)
        nib.canvas.restore()

    def _point(self, _time: float) -> None:
        nib = self.nib
        glove = self.glove
        self._forearm((0.28, -0.22), (0.085, 0.12), 0.105, 0.068)
        back = curved([(0.10, 0.095), (0.015, 0.115), (-0.045, 0.180), (-0.052, 0.250), (-0.005, 0.290), (0.060,
            0.270), (0.115, 0.190),
                       (0.135, 0.130)])  # fmt: skip
        nib.form(back, glove, 0.035, 0.42)
        finger = skia.Path()
        bone(finger, (0.0, 0.245), 0.034, (-0.075, 0.335), 0.028)
        bone(finger, (-0.075, 0.335), 0.028, (-0.148, 0.422), 0.021)
        nib.trace(finger, 0.008)
        nib.form(finger, glove, 0.018, 0.42)
        nib.ink((-0.092, 0.328), (-0.058, 0.352), 0.008, -0.2, darker(glove, 0.62))
        nib.ink((-0.128, 0.372), (-0.100, 0.392), 0.007, -0.2, darker(glove, 0.62))
        nib.soft([(-0.150, 0.428), (-0.135, 0.412), (-0.150, 0.402), (-0.163, 0.418)], lighter(glove, 0.25))
        for number in range(3):
            x, h = 0.062 + 0.026 * number, 0.262 - 0.046 * number
            knuckle = skia.Path()
            bone(knuckle, (x + 0.012, h + 0.014), 0.030, (x - 0.034, h - 0.022), 0.025)
            nib.trace(knuckle, 0.008)
            nib.form(knuckle, glove, 0.018, 0.42)
        thumb = skia.Path()
        bone(thumb, (0.0, 0.150), 0.034, (-0.058, 0.205), 0.027)
        bone(thumb, (-0.058, 0.205), 0.027, (-0.072, 0.262), 0.020)
        nib.trace(thumb, 0.008)
        nib.form(thumb, glove, 0.018, 0.42)

    def _radio(self, _time: float) -> None:
        nib = self.nib
        self._forearm((0.27, -0.22), (0.10, 0.07), 0.105, 0.066)
        nib.canvas.drawRoundRect(skia.Rect.MakeLTRB(-0.055, 0.06, 0.055, 0.29), 0.02, 0.02, nib.paint("#0f1117"))
        nib.stroke([(0.034, 0.29), (0.038, 0.44)], 0.020, "#0f1117")
        nib.patch([(-0.038, 0.205), (0.038, 0.205), (0.038, 0.262), (-0.038, 0.262)], "#7fae5a")
        for row in range(4):
            nib.stroke([(-0.034, 0.10 + 0.022 * row), (0.034, 0.10 + 0.022 * row)], 0.007, "#2c313c")
        nib.disc(-0.034, 0.278, 0.007, "#ff3b30")
        for number in range(4):
            h = 0.195 - 0.042 * number
            finger = skia.Path()
            bone(finger, (0.088, h - 0.01), 0.026, (0.046, h + 0.008), 0.024)
            bone(finger, (0.046, h + 0.008), 0.024, (0.012, h + 0.004), 0.019)
            nib.trace(finger, 0.008)
            nib.form(finger, self.skin, 0.016, 0.42)
        thumb = skia.Path()
        bone(thumb, (0.05, 0.06), 0.036, (-0.05, 0.12), 0.027)
        bone(thumb, (-0.05, 0.12), 0.027, (-0.066, 0.185), 0.020)
        nib.trace(thumb, 0.008)
        nib.form(thumb, self.skin, 0.018, 0.42)

    def _empty(self, _time: float) -> None:
        nib = self.nib
        self._forearm((0.27, -0.22), (0.075, 0.10), 0.105, 0.066)
        for a, b, c in (
            ((0.055, 0.21), (0.085, 0.295), (0.095, 0.355)),
            ((0.015, 0.225), (0.025, 0.325), (0.022, 0.395)),
            ((-0.02, 0.215), (-0.038, 0.31), (-0.052, 0.375)),
            ((-0.045, 0.19), (-0.085, 0.265), (-0.112, 0.315)),
        ):
            finger = skia.Path()
            bone(finger, a, 0.030, b, 0.025)
            bone(finger, b, 0.025, c, 0.019)
            nib.trace(finger, 0.008)
            nib.form(finger, self.skin, 0.016, 0.42)
        nib.form(curved([(0.115, 0.10), (0.03, 0.10), (-0.045, 0.155), (-0.062, 0.215), (0.0, 0.245), (0.075, 0.235),
            (0.12, 0.17)]),
                 self.skin, 0.035, 0.42)  # fmt: skip
        thumb = skia.Path()
        bone(thumb, (-0.02, 0.135), 0.034, (-0.088, 0.165), 0.027)
        bone(thumb, (-0.088, 0.165), 0.027, (-0.135, 0.200), 0.020)
        nib.trace(thumb, 0.008)
        nib.form(thumb, self.skin, 0.018, 0.42)
