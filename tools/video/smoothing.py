"""The back end `interpolate`: a step of a chain that gives a take the pictures it lacks, or shows it in slow motion."""

from collections.abc import Iterator
from itertools import count

import cv2
import numpy as np
from numpy.typing import NDArray

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.tasks import ToolInfo
from tools.finish.takes import take_file
from tools.protocols import Call, Readiness, ToolSettings
from tools.video.clips import Clip, open_clip
from tools.video.fitting import Pace, pace_of, take_frames, write_take

Image = NDArray[np.uint8]

_SLOWEST = 8.0


class SmoothedVideo:
    """Makes pictures between the pictures of the take before it, by optical flow and without a model.

    Options, in the table `[video.interpolate]`: `slow`, how many times slower the shot is shown (1 to 8), the in
    point staying where it is; and `fps`, how many pictures a second the motion gets where fewer than the format's
    are wanted, each then standing for several frames.
    """

    def __init__(self, settings: ToolSettings) -> None:
        chosen = settings.table("interpolate")
        self._slow = _chosen(chosen.get("slow", 1), "slow", 1.0, _SLOWEST)
        self._fps = _chosen(chosen["fps"], "fps", 1.0, 240.0) if "fps" in chosen else None
        self._threads = max(1, settings.threads)
        # Several workers share the cores: OpenCV would start a thread on each of them in every one.
        cv2.setNumThreads(self._threads)

    @property
    def info(self) -> ToolInfo:
        """Name, version, options and rough speed on one core."""
        told = [f"slow={self._slow:g}"] if self._slow != 1 else []
        told += [f"fps={self._fps:g}"] if self._fps is not None else []
        return ToolInfo(name="interpolation", version=" ".join(["1", *told]), wall_per_second=1.5)

    def readiness(self) -> Readiness:
        """Say that it needs nothing."""
        return Readiness(ready=True, what="Makes the pictures between by optical flow; it goes after another back end.")

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`: the input `clip` at the format's rate, handles included.

        Raises `BackendUnavailable` without a clip, `MediaBroken` for one that can't be played or is too short, and
        `OutOfSpace`; nothing is left then.
        """
        opened = call.inputs.get("clip")
        if opened is None:
            raise BackendUnavailable(
                "The back end 'interpolate' makes no shots of its own: name it after another one in [backends] video."
            )
        before = opened.result if isinstance(opened.result, RenderedTake) else None
        clip = open_clip(take_file(opened.folder, (before.raw or before.file) if before else None))
        pace, fps = self._pace(clip, request), request.format.fps
        write_take(self._frames(clip, pace, fps), (clip.width, clip.height), fps, call.into / "take.mp4", self._threads)
        return RenderedTake(
            file="take.mp4", frames=pace.head + pace.middle + pace.tail, width=clip.width, height=clip.height,
            fps=float(fps), story_light=before is not None and before.story_light,
        )  # fmt: skip

    def _pace(self, clip: Clip, request: RenderRequest) -> Pace:
        if self._slow == 1:
            return pace_of(clip, request)
        form, handle = request.format, request.handle_frames
        wanted = form.frames(request.shot.seconds) + 2 * handle
        begin = handle / form.fps * (1 - 1 / self._slow)
        needed = begin + wanted / form.fps / self._slow
        if clip.seconds < needed - 1.5 / form.fps:
            raise MediaBroken(
                f"The clip lasts {clip.seconds:.1f} s, but {needed:.1f} s are needed to show the shot "
                f"{self._slow:g} times slower: it has to be made again, longer."
            )
        return Pace(slower=self._slow, head=0, middle=wanted, tail=0, begin=begin)

    def _frames(self, clip: Clip, pace: Pace, fps: int) -> Iterator[Image]:
        if self._fps is None or self._fps >= fps:
            yield from take_frames(clip, pace, fps)
            return
        shown = -1
        for number, frame in zip(count(), take_frames(clip, pace, fps), strict=False):
            # The first frame of each of the coarser steps stands until the next begins.
            if int(number * self._fps / fps + 1e-6) != shown:
                shown, standing = int(number * self._fps / fps + 1e-6), frame
            yield standing


def _chosen(value: object, name: str, least: float, most: float) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
        return float(value)
    raise BackendUnavailable(
        f"In director.toml, {name!r} of [video.interpolate] must be a number from {least:g} to {most:g}, not {value!r}."
    )


def build(settings: ToolSettings) -> SmoothedVideo:
    """Return the back end for these settings. Raises `BackendUnavailable` for options that can't be used."""
    return SmoothedVideo(settings)
