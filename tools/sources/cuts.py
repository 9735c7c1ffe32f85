"""Where a picture cuts: PySceneDetect proposes, a look at both sides disposes.

Measured on 28 made films with 248 known cuts (`tests/tools_sources/cut_material.py`: hands that shake and run, pans,
whip pans, camera flashes, a light bar at night, exposure that hunts, things passing close, shots of half a second,
dissolves): our former rule, by the mean change of neighbouring pictures, found 0.80 of the cuts and 0.66 of what it
found was one; `AdaptiveDetector` by itself 0.91 and 0.75, and with both sides compared 0.91 (0.98 without the
dissolves) and 1.00. What it took for cuts were flashes and light bars: they change all colours, and leave every edge
where it was. Dissolves are missed by all of them; `ContentDetector` finds most, and takes running and whip pans for
cuts as well.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LOOKS_A_SECOND = 8
"""Finds shots of a quarter of a second and places cuts within an eighth."""

WIDTH, HEIGHT = 96, 54
"""Pixels of the pictures that are looked at."""

_RATIO, _LEAST = 2.5, 15.0
"""How much more than its neighbours', and how much at all, a picture must change: PySceneDetect's units."""

_SMALL = (32, 18)
_SLIDE = 4, 2
"""Pixels of the small picture by which a hand may have moved between two looks, across and down."""

_ALIKE = 0.8
"""Correlation from which two pictures show the same thing in another light."""

Picture = NDArray[np.uint8]


class CutFinder:
    """Looks at pictures one by one and keeps nothing of them but 32 × 18 grey dots."""

    def __init__(self) -> None:
        from scenedetect.detectors import AdaptiveDetector

        self._detector: Any = AdaptiveDetector(adaptive_threshold=_RATIO, min_content_val=_LEAST, min_scene_len=2)
        self._greys: list[Picture] = []
        self._proposed: list[int] = []

    def see(self, picture: Picture) -> None:
        """Take the next picture, RGB, 96 × 54, an eighth of a second after the one before."""
        import cv2
        from scenedetect import FrameTimecode

        when = FrameTimecode(len(self._greys), fps=float(LOOKS_A_SECOND))
        self._proposed += [found.frame_num for found in self._detector.process_frame(when, picture)]
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        self._greys.append(np.asarray(cv2.resize(grey, _SMALL, interpolation=cv2.INTER_AREA), np.uint8))

    def cuts(self) -> tuple[float, ...]:
        """Return the second of each cut."""
        return tuple(
            round(index / LOOKS_A_SECOND, 3)
            for index in sorted(set(self._proposed))
            if not _goes_on(self._greys, index)
        )


def _goes_on(greys: Sequence[Picture], index: int) -> bool:
    """Say whether the pictures on both sides show the same thing; a flash is over after one or two."""
    pairs = ((index - 1, index), (index - 1, index + 1), (index - 2, index), (index - 1, index + 2))
    return any(
        before >= 0 and after < len(greys) and alike(greys[before], greys[after]) > _ALIKE for before, after in pairs
    )


def alike(one: Picture, other: Picture) -> float:
    """Return how well two small grey pictures correlate, -1 to 1, where one may be shifted by a hand's movement."""
    import cv2

    across, down = _SLIDE
    middle = other[down:-down, across:-across]
    if one.std() < 1 or middle.std() < 1:
        return 0.0
    return float(cv2.matchTemplate(one, middle, cv2.TM_CCOEFF_NORMED).max())
