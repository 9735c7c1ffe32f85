"""Trunks: a body as a stack of ovals round the spine, seen from any side, and where on it a thing is fastened."""

import math
from collections.abc import Sequence
from itertools import pairwise

import skia

from tools.video.brush import Point
from tools.video.people.nib import curved
from tools.video.people.skeleton import Skeleton
from tools.video.people.wardrobe import Dress

_Level = tuple[float, float, float, float]
"""Height over the hips, half width, half depth, and how far it stands forwards, in metres."""
_MAN: tuple[_Level, ...] = (
    (-0.09, 0.150, 0.115, -0.012), (0.00, 0.160, 0.125, -0.012), (0.13, 0.154, 0.108, 0.0), (0.27, 0.180, 0.118, 0.006),
    (0.38, 0.203, 0.126, 0.010), (0.46, 0.200, 0.104, 0.0), (0.515, 0.128, 0.078, -0.012), (0.552, 0.080, 0.062,
        -0.014),
)  # fmt: skip
_WOMAN: tuple[_Level, ...] = (
    (-0.09, 0.168, 0.124, -0.018), (0.00, 0.172, 0.130, -0.020), (0.14, 0.128, 0.098, 0.0), (0.27, 0.146, 0.112, 0.010),
    (0.37, 0.170, 0.136, 0.026), (0.46, 0.164, 0.098, 0.004), (0.515, 0.104, 0.070, -0.010), (0.552, 0.066, 0.054,
        -0.012),
)  # fmt: skip
HIPS, WAIST, RIBS, CHEST, PITS, SHOULDERS, NECK = 0.0, 0.13, 0.27, 0.38, 0.46, 0.515, 0.552


class Trunk:
    """One trunk in one pose."""

    def __init__(self, dress: Dress, bones: Skeleton, breath: float, loose: float = 0.0) -> None:
        """Take the joints and how many metres the clothes stand off."""
        self._bones, self._cos, self._sin = bones, math.cos(bones.yaw), math.sin(bones.yaw)
        self.dress = dress
        self._known: dict[float, _Level] = {}
        swell = 0.005 * breath
        levels = []
        for man, woman in zip(_MAN, _WOMAN, strict=True):
            h, a, b, c = (m + (w - m) * dress.she for m, w in zip(man, woman, strict=True))
            a, b, c = self._built(h, a, b, c)
            chest = 0.2 < h < 0.5
            slack = loose * (1.0 if h < 0.5 else 0.4)
            levels.append((h, a + slack + swell * chest, b + slack + swell * chest, c))
        self.levels: tuple[_Level, ...] = tuple(levels)

    def _built(self, h: float, a: float, b: float, c: float) -> tuple[float, float, float]:
        wide, build = self.dress.width, self.dress.build
        a *= wide if h < 0.5 else wide**0.6
        b *= wide**0.8
        belly = math.exp(-(((h - 0.12) / 0.15) ** 2))
        if build == "broad":
            a, b, c = a * (1 + 0.12 * belly), b + 0.055 * belly, c + 0.050 * belly
        elif self.dress.age == 2:
            b, c = b + 0.022 * belly, c + 0.022 * belly
        return a, b, c

    def level(self, h: float) -> _Level:
        """Return the oval at a height over the hips."""
        known = self._known.get(h)
        if known is None:
            known = self._known[h] = self._between(h)
        return known

    def _between(self, h: float) -> _Level:
        levels = self.levels
        for low, high in pairwise(levels):
            if h <= high[0]:
                share = max(0.0, (h - low[0]) / (high[0] - low[0]))
                return (
                    h, low[1] + (high[1] - low[1]) * share, low[2] + (high[2] - low[2]) * share,
                    low[3] + (high[3] - low[3]) * share,
                )  # fmt: skip
        return levels[-1]

    def _middle(self, h: float) -> tuple[Point, float]:
        """Return where the spine passes a height in the picture, and the slant there in radians."""
        hip, waist, neck = self._bones.spine
        if h <= 0.24:
            share = h / 0.24
            x, y = hip.x + (waist.x - hip.x) * share, hip.h + (waist.h - hip.h) * share
        else:
            share = (h - 0.24) / 0.325
            x, y = waist.x + (neck.x - waist.x) * share, waist.h + (neck.h - waist.h) * share
        low, high = self._bones.slant
        return (x, y), low + (high - low) * min(max(h / 0.46, 0.0), 1.0)

    def on(self, angle: float, h: float, off: float = 0.0) -> Point:
        """Return a place on the trunk: degrees from the breastbone to the left in the picture's front view, negative.

        `h` is metres over the hips, `off` metres that it stands off the body.
        """
        _, a, b, c = self.level(h)
        (x, y), slant = self._middle(h)
        turned = math.radians(angle)
        across, deep = (a + off) * math.sin(turned), (b + off) * math.cos(turned)
        aside = across * self._cos + (deep + c) * self._sin
        return x + aside * math.cos(slant), y + aside * math.sin(slant)

    def faces(self, angle: float) -> float:
        """Return how squarely a place on the trunk is seen: 1 from the front, 0 from the side, negative when hidden."""
        return math.cos(math.radians(angle) + self._bones.yaw)

    def edge(self, side: float, h: float) -> Point:
        """Return the outermost place at a height on the left (-1) or right (1) of the picture."""
        _, a, b, c = self.level(h)
        (x, y), slant = self._middle(h)
        aside = c * self._sin + side * math.hypot(a * self._cos, b * self._sin)
        return x + aside * math.cos(slant), y + aside * math.sin(slant)

    def points(self, low: float, high: float) -> list[Point]:
        """Return the outline between two heights, down the right side and up the left one."""
        inner = [level[0] for level in self.levels if low + 0.02 < level[0] < high - 0.015]
        heights = [high, *reversed(inner), low]
        right = [self.edge(1.0, h) for h in heights]
        left = [self.edge(-1.0, h) for h in reversed(heights)]
        return [*right, *left]

    def path(self, low: float, high: float) -> skia.Path:
        """Return the outline between two heights."""
        return curved(self.points(low, high), 0.155)

    def strip(self, angles: Sequence[float], low: float, high: float) -> list[Point]:
        """Return a patch of cloth between two heights that spans the given angles."""
        return [*(self.on(angle, high) for angle in angles), *(self.on(angle, low) for angle in reversed(angles))]
