"""The embedded video back end: draws a shot, frame by frame, with no key, network or model."""

from pathlib import Path

import cv2

from episodes.requests import ControlRequest, RenderRequest
from episodes.results import RenderedTake, SpokenLine
from episodes.tasks import ToolInfo
from tools.ffmpeg import writing_frames
from tools.finish.encoding import packed, take_arguments
from tools.protocols import Call, ToolSettings
from tools.video.control import control_stage
from tools.video.stage import Stage


class EmbeddedVideo:
    """Draws flat, lit cut-outs in a set with depth. The same request always gives the same frames."""

    def __init__(self, settings: ToolSettings) -> None:
        self._threads = max(1, settings.threads)
        # Several workers share the cores: OpenCV would start a thread on each of them in every one.
        cv2.setNumThreads(self._threads)

    @property
    def info(self) -> ToolInfo:
        """Name, version and rough speed on one core; it has no limits but its own taste."""
        return ToolInfo(name="embedded-video", version="4", wall_per_second=0.8)

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`: the shot with its handles, no sound. The in point is frame `handle_frames`.

        Raises `MediaBroken` when the encoder fails and `OutOfSpace` when the disk is full; nothing is left then.
        """
        return self._write(Stage(request, _lines(call)), request, call.into / "take.mp4")

    def control(self, request: ControlRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`: the frames of the take of the same request, as pose, depth or edges. Raises as `render`."""
        return self._write(control_stage(request, _lines(call)), request, call.into / "take.mp4")

    def _write(self, stage: Stage, request: RenderRequest | ControlRequest, out: Path) -> RenderedTake:
        form = request.format
        frames = form.frames(request.shot.seconds) + 2 * request.handle_frames
        output = take_arguments(form.fps, self._threads, out)
        try:
            with writing_frames(form.width, form.height, form.fps, "yuv420p", output) as pipe:
                shown, data = None, b""
                for index in range(frames):
                    # Handles go on fours: nobody sees them but an editor who pulls a cut out.
                    drawn = request.handle_frames <= index < frames - request.handle_frames or not index % 4
                    picture = stage.frame((index - request.handle_frames) / form.fps) if drawn else shown
                    if picture is not None and picture is not shown:
                        shown, data = picture, packed(picture)
                    pipe.write(data)
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        return RenderedTake(file=out.name, frames=frames, width=form.width, height=form.height, fps=float(form.fps))


def _lines(call: Call) -> dict[str, SpokenLine]:
    """Return the spoken lines among a call's inputs by their ids."""
    return {
        name.removeprefix("line:"): given.result
        for name, given in call.inputs.items()
        if name.startswith("line:") and isinstance(given.result, SpokenLine)
    }


def build(settings: ToolSettings) -> EmbeddedVideo:
    """Return the back end for these settings."""
    return EmbeddedVideo(settings)
