"""The person's own footage as a video back end: a take is cut from a clip and fills the frame; its sound is dropped."""

from pathlib import Path

from episodes.errors import BackendUnavailable, MediaBroken
from episodes.footage import FootageCut
from episodes.format import Format
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.shots import Movement
from episodes.tasks import ToolInfo
from tools import ffmpeg
from tools.protocols import Call, Readiness, ToolSettings
from tools.shelf import file_hash
from tools.video.fitting import fit

MOST_PIXELS = 8192 * 4320
"""8K: a larger picture could fill the memory."""
_LIMIT_SECONDS = 300.0
_FASTEST = 60
"""Pictures a second that are kept of a high-speed recording; the take has fewer anyway."""


class FootageCamera:
    """Cuts takes out of clips that the person owns. The same clip and request always give the same frames."""

    def __init__(self, settings: ToolSettings) -> None:
        self._threads = max(1, settings.threads)

    @property
    def info(self) -> ToolInfo:
        """Name, version and rough speed on one core."""
        return ToolInfo(name="own-footage", version="1", wall_per_second=0.7)

    def readiness(self) -> Readiness:
        """Say that it works wherever there is a folder of clips."""
        return Readiness(True, "Cuts takes from your own clips: name their folder with --footage.")

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`: the clip from its in point, handles included, filled and cropped to the format.

        Nothing of the clip is read before that point or after the take's end. Raises `BackendUnavailable` when the clip
        was taken away or changed since the run began, `MediaBroken` when it can't be decoded, and `OutOfSpace`.
        """
        cut = request.own
        if cut is None:
            raise BackendUnavailable("own-footage makes only shots that your clips fit: name another video back end.")
        piece = call.into / "piece.mkv"
        try:
            _write_piece(_source(cut, call), cut, request.format, piece)
            return fit(piece, _unmoved(request), call.into, self._threads)
        finally:
            piece.unlink(missing_ok=True)


def _source(cut: FootageCut, call: Call) -> Path:
    given = call.inputs.get(f"own:{cut.name}")
    if given is None:
        raise MediaBroken(f"The clip {cut.name!r} was not given to the camera.")
    try:
        same = file_hash(given.folder) == cut.digest
    except OSError as error:
        raise BackendUnavailable(
            f"The clip {cut.name!r} is gone from the folder of footage: put it back, or run the same command again."
        ) from error
    if not same:
        raise BackendUnavailable(f"The clip {cut.name!r} was changed meanwhile: run the same command again.")
    return given.folder


def _write_piece(source: Path, cut: FootageCut, form: Format, out: Path) -> None:
    """Write a stretch of a clip without loss, in the format's size and the clip's own rate."""
    reader = ["-format_whitelist", cut.form, "-f", cut.form, "-max_pixels", str(MOST_PIXELS)]
    span = ["-ss", f"{float(cut.at):.6f}", "-t", f"{float(cut.seconds):.6f}"]
    size = f"{form.width}:{form.height}"
    shape = f"scale={size}:force_original_aspect_ratio=increase:flags=bicubic,crop={size},setsar=1"
    turned = ",reverse" if cut.reversed else ""
    ffmpeg.run(
        [
            *reader, *span, *ffmpeg.safe_input(source.absolute()), "-map", "0:v:0", "-an", "-sn", "-dn",
            "-vf", f"{shape}{turned}", "-fpsmax", str(_FASTEST), "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0",
            "-pix_fmt", "yuv420p", "-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", out,
        ],
        timeout=_LIMIT_SECONDS,
    )  # fmt: skip


def _unmoved(request: RenderRequest) -> RenderRequest:
    """Return a request for a shot in which nothing has to move: a street at night may stand as still as it likes."""
    still = {"events": (), "subjects": (), "movement": Movement(kind="static")}
    return request.model_copy(update={"shot": request.shot.model_copy(update=still)})


def build(settings: ToolSettings) -> FootageCamera:
    """Return the back end for these settings."""
    return FootageCamera(settings)
