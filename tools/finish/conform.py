"""The embedded finisher: takes become segments in the look of whoever owns the camera."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.tasks import CardRequest, ConformRequest, FinishedSegment, RenderedTake, ToolInfo
from tools.ffmpeg import writing_frames
from tools.finish import grade
from tools.finish.captions import Captions
from tools.finish.cards import card_frames
from tools.finish.encoding import PIXELS, packed, segment_arguments
from tools.finish.flashes import FlashMeter, dimmed
from tools.finish.lens import GLASS, Lens, grain_tiles, vignette
from tools.finish.overlay import Overlay, name_strip_image
from tools.finish.takes import backwards, frames_of, take_file
from tools.protocols import Call, ToolSettings

__all__ = ["EmbeddedFinisher", "build", "name_strip_image"]

Image = NDArray[np.uint8]

_SHARES = (1.0, 0.45, 0.2, 0.06, 0.0)
"""Contrast over time that is left at each try of the flash guard; the last one can't flash at all."""


class EmbeddedFinisher:
    """Cuts takes to length and finishes them; draws the cards. Needs ffmpeg, OpenCV and skia, and nothing else."""

    def __init__(self, settings: ToolSettings) -> None:
        self._threads = max(1, settings.threads)
        # Several workers share the cores: OpenCV would start a thread on each of them in every one.
        cv2.setNumThreads(self._threads)

    @property
    def info(self) -> ToolInfo:
        """Name, version and rough speed on one core."""
        return ToolInfo(name="embedded-finish", version="2", wall_per_second=0.9)

    def conform(self, request: ConformRequest, call: Call) -> FinishedSegment:
        """Write `segment.mp4`, exactly `request.frames` long.

        Raises `MediaBroken` when the take is shorter than asked or unreadable, and leaves no file behind then.
        """
        opened = call.inputs["take"]
        named = opened.result.file if isinstance(opened.result, RenderedTake) else None
        take, out = take_file(opened.folder, named), call.into / "segment.mp4"
        for share in _SHARES:
            meter = FlashMeter(request.format.fps)
            self._write(_calmed(self._graded(request, take), share), request, out, meter)
            if meter.safe:
                break
        return FinishedSegment(frames=request.frames)

    def card(self, request: CardRequest, call: Call) -> FinishedSegment:
        """Write `segment.mp4` with the title sting or the end card, exactly `request.frames` long."""
        out = call.into / "segment.mp4"
        form = request.format
        with (
            _clean(out),
            writing_frames(
                form.width, form.height, form.fps, PIXELS, segment_arguments(form, self._threads, out)
            ) as pipe,
        ):
            drawn, data = None, b""
            for frame in card_frames(request):
                # A card that stands still hands out the same picture again.
                if frame is not drawn:
                    drawn, data = frame, packed(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
                pipe.write(data)
        return FinishedSegment(frames=request.frames)

    def _graded(self, request: ConformRequest, take: Path) -> Iterator[Image]:
        frames = frames_of(take, request.format, request.source_in_frames, request.frames, self._threads)
        finish = Finish(request)
        for index, frame in enumerate(backwards(frames) if request.reversed else frames):
            yield finish.apply(frame, index)

    def _write(self, frames: Iterator[Image], request: ConformRequest, out: Path, meter: FlashMeter) -> None:
        """Encode the frames with everything that is written over them; the meter sees the picture below the text."""
        form = request.format
        captions, overlay = Captions(form, request.captions), Overlay(request)
        output = segment_arguments(form, self._threads, out)
        with _clean(out), writing_frames(form.width, form.height, form.fps, PIXELS, output) as pipe:
            for index, frame in enumerate(frames):
                meter.see(frame)
                overlay.draw(frame, index)
                captions.burn(frame, index)
                pipe.write(packed(frame))


class Finish:
    """Lens, exposure, grade, grain and vignette of one segment, with all tables worked out once."""

    def __init__(self, request: ConformRequest) -> None:
        form, glass = request.format, GLASS[request.owner]
        still = request.movement in ("static", "pan", "tilt", "zoom")
        self._lens = Lens(glass, form.width, form.height, form.fps, still, request.seed)
        self._table = grade.table(grade.look_of(request.look), request.owner, request.light)
        self._grey = grade.greyness(request.owner)
        self._exposure = grade.Exposure(request.owner, form.fps)
        self._edge = vignette(form.width, form.height, glass.vignette, 0.16 if request.owner == "cctv" else 0.0)
        # Noise is stronger in the dark, where the gain of a real camera is turned up.
        dark = 1.0 if request.light in ("night", "dusk") else 0.5
        scale = min(1.0, form.height / 720)
        self._grain = grain_tiles(form.width, form.height, glass.grain * dark * (0.5 + 0.5 * scale), request.seed)

    def apply(self, frame: Image, index: int) -> Image:
        """Return the finished BGR picture of a BGRA frame, without any text."""
        frame = np.asarray(cv2.cvtColor(self._lens.see(frame, index), cv2.COLOR_BGRA2BGR), np.uint8)
        if self._grey:
            grey = cv2.cvtColor(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
            frame = cv2.addWeighted(frame, 1 - self._grey, grey, self._grey, 0)
        frame = cv2.LUT(frame, self._table)
        frame = cv2.multiply(frame, self._edge, scale=self._exposure.gain(frame) / 255)
        return np.asarray(cv2.addWeighted(frame, 1.0, self._grain[index * 2 % 5], 1.0, -128), np.uint8)


def _calmed(frames: Iterator[Image], share: float) -> Iterator[Image]:
    """Yield the frames with so much of their contrast over time, round a running mean of about two seconds."""
    around: NDArray[np.float32] | None = None
    for frame in frames:
        if share == 1.0:
            yield frame
            continue
        now = cv2.GaussianBlur(frame, (0, 0), 3).astype(np.float32)
        around = now if around is None else cv2.addWeighted(around, 0.98, now, 0.02, 0)
        yield dimmed(frame, around, share)


@contextlib.contextmanager
def _clean(out: Path) -> Iterator[None]:
    """Remove a half-written file when its making fails."""
    try:
        yield
    except BaseException:
        out.unlink(missing_ok=True)
        raise


def build(settings: ToolSettings) -> EmbeddedFinisher:
    """Return the finisher for these settings."""
    return EmbeddedFinisher(settings)
