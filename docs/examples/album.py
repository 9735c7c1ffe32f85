"""A back end of one's own: each shot shows the picture of an album whose name fits it best, slowly drawn nearer."""

from pathlib import Path

import cv2
import numpy as np

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.tasks import Limits, ToolInfo
from tools.ffmpeg import writing_frames
from tools.protocols import Call, Readiness, ToolSettings


class Album:
    """A `VideoBackend`: no picture is generated, and none leaves this machine."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read `folder` of the table `[video.album]`."""
        named = str(settings.table("album").get("folder", ""))
        self.pictures = sorted(Path(named).expanduser().glob("*.[jp][pn]g")) if named else []
        if not self.pictures:
            raise BackendUnavailable(
                "The album has no pictures: name a folder of .jpg or .png as [video.album] folder."
            )

    @property
    def info(self) -> ToolInfo:
        """The version changes when an equal request would give another take: here, with the pictures."""
        version = f"1-{len(self.pictures)}-{sum(path.stat().st_size for path in self.pictures)}"
        return ToolInfo(name="album", version=version, wall_per_second=0.1, limits=Limits(max_seconds=8))

    def readiness(self) -> Readiness:
        """Say what `python main.py backends` shows."""
        return Readiness(True, f"{len(self.pictures)} pictures.")

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`, handles included. Raises `MediaBroken` for a picture that can't be read."""
        said = set(request.shot.prompt.lower().replace(",", " ").replace(".", " ").split())
        best = max(self.pictures, key=lambda path: len(said & set(path.stem.lower().split("-"))))
        picture = cv2.imread(str(best))
        if picture is None:
            raise MediaBroken(f"The picture {best.name!r} can't be read: save it again as .jpg.")
        form = request.format
        count = form.frames(request.shot.seconds) + 2 * request.handle_frames
        coding = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"]
        with writing_frames(form.width, form.height, form.fps, "bgr24", [*coding, call.into / "take.mp4"]) as pipe:
            for number in range(count):
                near = max(form.width / picture.shape[1], form.height / picture.shape[0]) * (1 + 0.1 * number / count)
                shift = (np.array([form.width, form.height]) - near * np.array(picture.shape[1::-1])) / 2
                matrix = np.array([[near, 0, shift[0]], [0, near, shift[1]]], np.float32)
                pipe.write(cv2.warpAffine(picture, matrix, (form.width, form.height)).tobytes())
        return RenderedTake(file="take.mp4", frames=count, width=form.width, height=form.height, fps=form.fps)


def build(settings: ToolSettings) -> Album:
    """Return the back end; what it is called with is the table `[video]` of `director.toml`."""
    return Album(settings)
