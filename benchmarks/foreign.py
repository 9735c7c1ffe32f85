"""`python -m benchmarks.foreign OUT.jpg`: one shot and two foreign clips through the finish of every camera owner.

The upper row is the embedded renderer's own take, the others a test pattern and a card of moving shapes: whatever a
back end sends, a bodycam looks like a bodycam. `tests/tools_finish/test_cameras.py` measures what can be measured.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.gallery import WORLD, Cell, finished, shot_of
from episodes.format import FORMATS
from episodes.requests import ConformRequest, RenderRequest
from episodes.shots import CameraOwner
from tools import ffmpeg
from tools.video.stage import Stage

Image = NDArray[np.uint8]
Clip = Callable[[int], Image]
_FORM = FORMATS["wide"]


def own(owner: CameraOwner) -> Clip:
    """Return the renderer's own take of a street by night."""
    shot = shot_of(Cell("street", "night", owner))
    stage = Stage(RenderRequest(shot=shot, world=WORLD, format=_FORM, seed=7, handle_frames=0), {})
    return lambda index: stage.frame(index / _FORM.fps)


def pattern(folder: Path) -> Clip:
    """Return ffmpeg's test pattern, of another size than the film's."""
    path = folder / "pattern.mp4"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=s=960x540:r=24:d=1", path])
    reader, found = cv2.VideoCapture(str(path)), []
    while (got := reader.read())[0]:
        found.append(cv2.resize(got[1], (_FORM.width, _FORM.height)))
    return lambda index: np.asarray(found[index % len(found)], np.uint8)


def shapes(index: int) -> Image:
    """Return a frame of a moving disc and lit windows before a dark town."""
    frame = np.full((_FORM.height, _FORM.width, 3), (60, 38, 26), np.uint8)
    frame[430:] = (36, 38, 42)
    for house in range(9):
        left, top = house * 150 - 20, 180 + 37 * (house * 7 % 5)
        cv2.rectangle(frame, (left, top), (left + 130, 430), (70 + 8 * house, 56, 44), -1)
        cv2.rectangle(frame, (left + 20, top + 40), (left + 55, top + 75), (90, 190, 235), -1)
    cv2.circle(frame, (300 + 12 * index, 360), 90, (150, 180, 225), -1)
    cv2.rectangle(frame, (210 + 12 * index, 450), (390 + 12 * index, 700), (160, 90, 40), -1)
    cv2.line(frame, (14, 0), (14, 719), (230, 230, 230), 4)
    return frame


def through(clip: Clip, owner: CameraOwner) -> Image:
    """Return the twelfth frame of a clip as this owner's camera shows it."""
    shot = shot_of(Cell("street", "night", owner))
    request = ConformRequest(
        shot=shot.id, format=_FORM, owner=owner, agency=WORLD.agency.name, show="Night Shift", unit="4A10",
        name_strip=("Officer Priya Vance", "Night Shift, Four-Adam-Ten") if owner == "interview" else None,
        clock=shot.clock, light="night", weather="clear", look="night_blue", source_in_frames=0, frames=24, seed=3,
    )  # fmt: skip
    return finished(request, clip, 0, 12)


def main(arguments: list[str]) -> int:
    """Draw the sheet."""
    owners: tuple[CameraOwner, ...] = get_args(CameraOwner)
    with tempfile.TemporaryDirectory() as folder:
        test = pattern(Path(folder))
        rows = [[through(clip, owner) for owner in owners for clip in [own(owner)]]]
        rows += [[through(clip, owner) for owner in owners] for clip in (test, shapes)]
    size = (384, 216)
    sheet = np.vstack([np.hstack([cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in row]) for row in rows])
    cv2.imwrite(arguments[0], sheet, [cv2.IMWRITE_JPEG_QUALITY, 84])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
