"""The embedded finisher: takes become segments in the look of whoever owns the camera."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.requests import CardRequest, ConformRequest
from episodes.results import FinishedSegment, RenderedTake
from episodes.tasks import ToolInfo
from tools.ffmpeg import writing_frames
from tools.finish.calming import Measure, calmed, plan, stilled
from tools.finish.camera import Finish
from tools.finish.captions import Captions
from tools.finish.cards import card_frames
from tools.finish.encoding import PIXELS, packed, segment_arguments
from tools.finish.flashes import FlashMeter
from tools.finish.matching import Match, match_take, matched
from tools.finish.overlay import Overlay, name_strip_image
from tools.finish.takes import backwards, frames_of, take_file
from tools.protocols import Call, ToolSettings

__all__ = ["EmbeddedFinisher", "Finish", "build", "name_strip_image"]

Image = NDArray[np.uint8]

_GENTLEST: tuple[Measure, ...] = ("brightness", "whole")
"""What the flash guard begins with: nearly always its first plan holds, and the segment is written twice at most."""


class EmbeddedFinisher:
    """Cuts takes to length and finishes them; draws the cards. Needs ffmpeg, OpenCV and skia, and nothing else."""

    def __init__(self, settings: ToolSettings) -> None:
        self._threads = max(1, settings.threads)
        # Several workers share the cores: OpenCV would start a thread on each of them in every one.
        cv2.setNumThreads(self._threads)

    @property
    def info(self) -> ToolInfo:
        """Name, version and rough speed on one core."""
        return ToolInfo(name="embedded-finish", version="5", wall_per_second=0.9)

    def conform(self, request: ConformRequest, call: Call) -> FinishedSegment:
        """Write `segment.mp4`, exactly `request.frames` long.

        Raises `MediaBroken` when the take is shorter than asked or unreadable, and leaves no file behind then.
        """
        opened = call.inputs["take"]
        named = opened.result.file if isinstance(opened.result, RenderedTake) else None
        take, out = take_file(opened.folder, named), call.into / "segment.mp4"
        ours = isinstance(opened.result, RenderedTake) and opened.result.story_light
        match = None if ours else match_take(take, request, self._threads)
        seen = self._write(self._graded(request, take, match), request, out)
        if not seen.safe:
            self._calm(request, take, match, out, seen)
        return FinishedSegment(frames=request.frames)

    def card(self, request: CardRequest, call: Call) -> FinishedSegment:
        """Write `segment.mp4` with a card, exactly `request.frames` long."""
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

    def _calm(self, request: ConformRequest, take: Path, match: Match | None, out: Path, seen: FlashMeter) -> None:
        """Write the segment again, calmed by what the meter saw the first time, until it is safe."""
        for gentlest in _GENTLEST:
            calming = plan(seen, gentlest)
            if self._write(calmed(self._graded(request, take, match), calming), request, out).safe:
                return
        self._write(stilled(calmed(self._graded(request, take, match), calming)), request, out)

    def _graded(self, request: ConformRequest, take: Path, match: Match | None) -> Iterator[Image]:
        frames = frames_of(take, request.format, request.source_in_frames, request.frames, self._threads)
        frames = matched(frames, match)
        finish = Finish(request)
        for index, frame in enumerate(backwards(frames) if request.reversed else frames):
            yield finish.apply(frame, index)

    def _write(self, frames: Iterator[Image], request: ConformRequest, out: Path) -> FlashMeter:
        """Encode the frames with all that is written over them; return the meter, which saw the picture below it."""
        form = request.format
        meter = FlashMeter(form.fps)
        captions, overlay = Captions(form, request.captions), Overlay(request)
        output = segment_arguments(form, self._threads, out)
        with _clean(out), writing_frames(form.width, form.height, form.fps, PIXELS, output) as pipe:
            for index, frame in enumerate(frames):
                meter.see(frame)
                overlay.draw(frame, index)
                captions.burn(frame, index)
                pipe.write(packed(frame))
        return meter


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
