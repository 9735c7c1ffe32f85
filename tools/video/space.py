"""Gradio Spaces as cameras: any Space that makes video, by its name, its address or a preset's name."""

import functools
import tempfile
from fractions import Fraction
from pathlib import Path

from episodes.errors import MediaBroken
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.tasks import Limits, ToolInfo
from tools.ffmpeg import run
from tools.protocols import Call, Input, Readiness, ToolSettings
from tools.spaces.space import Space
from tools.spaces.untrusted import Film, checked_film, frame_of, opened
from tools.spaces.values import most_seconds
from tools.spaces.wishes import FileRole, Wish

_VERSION = "1"
_CAUTIOUS_SECONDS = Fraction(4)
"""Longest take that is asked of a Space of which nothing is known."""
_HANDLES = Fraction(1)
"""Seconds of both handles together at 24 frames a second, which a Space must make as well."""
_SLOWEST = 2.0
"""How much slower than it came a clip may be shown before it is no answer to what was asked."""


class SpaceVideo:
    """`VideoBackend` by a Space. What it takes is read from its description and from nothing else."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read the settings and reach nothing. Raises `BackendUnavailable` for settings that can't be used."""
        self._space = Space(settings, "video")
        self._threads = max(1, settings.threads)

    @functools.cached_property
    def info(self) -> ToolInfo:
        """Name, version, price and limits; where the Space was never seen, a short look at it finds the limits."""
        options = self._space.options
        return ToolInfo(
            name=self._space.name,
            version=f"{_VERSION}.{options.version}",
            outside=True,
            price_per_call=options.price_per_call,
            wall_per_second=options.wall,
            limits=self._limits(),
        )

    def _limits(self) -> Limits:
        options = self._space.options
        told = options.max_seconds is not None and options.start_image is not None
        known = self._space.known(reach=not told)
        longest = None if known is None else most_seconds(*known)
        seconds = options.max_seconds or longest
        start_image = options.start_image
        if start_image is None:
            start_image = known is not None and known[0].takes("start_image")
        control = options.control
        if control is None and known is not None and known[0].takes("control"):
            control = "depth"
        return Limits(
            max_seconds=_CAUTIOUS_SECONDS if seconds is None else _without_handles(seconds),
            start_image=start_image,
            control=control,
        )

    def readiness(self) -> Readiness:
        """Return whether the Space could work now."""
        return self._space.readiness()

    def describe(self) -> str:
        """Return how a request is mapped to the Space, as a table."""
        return self._space.describe()

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`. Raises any `ToolError` that says what the Space did, and leaves nothing behind."""
        with tempfile.TemporaryDirectory(prefix="frames-") as folder:
            files = _files(call, Path(folder))
            wish = self._wish(request, frozenset(files))
            with self._space.asked(wish, files, call) as clip:
                return fitted(clip, request, call.into, checked_film(clip, self._space.name), self._threads)

    def _wish(self, request: RenderRequest, files: frozenset[FileRole]) -> Wish:
        options, shot, form = self._space.options, request.shot, request.format
        seconds = float(shot.seconds + Fraction(2 * request.handle_frames, form.fps))
        return Wish(
            prompt=shot.prompt or shot.first_frame or shot.place,
            negative_prompt=shot.negative_prompt,
            seed=request.seed,
            seconds=min(seconds, options.max_seconds) if options.max_seconds else seconds,
            fps=float(form.fps),
            width=form.width,
            height=form.height,
            steps=options.steps,
            guidance=options.guidance,
            files=files,
        )


def build(settings: ToolSettings) -> SpaceVideo:
    """Return the Space that `settings.name` names: `owner/space`, an address, or a preset."""
    return SpaceVideo(settings)


def _without_handles(seconds: float) -> Fraction:
    """Return the longest shot whose take, handles counted, lasts at most `seconds`."""
    whole = Fraction(seconds).limit_denominator(24)
    return max(whole - _HANDLES, whole / 2)


def _files(call: Call, folder: Path) -> dict[FileRole, Path]:
    """Return what can be handed in: the take before, the control video, first and last frame of the animatic."""
    found: dict[FileRole, Path] = {}
    for role in ("clip", "control"):
        given = call.inputs.get(role)
        if given is not None:
            found["clip" if role == "clip" else "control"] = _film_of(given)
    pictured = call.inputs.get("animatic")
    if pictured is not None:
        found["start_image"] = frame_of(_film_of(pictured), folder / "start.png")
        found["end_image"] = frame_of(_film_of(pictured), folder / "end.png", last=True)
    return found


def _film_of(given: Input) -> Path:
    return given.file(given.result.file) if isinstance(given.result, RenderedTake) else given.folder


def fitted(clip: Path, request: RenderRequest, into: Path, film: Film, threads: int) -> RenderedTake:
    """Write a checked clip as the take that was asked for: its rate and number of frames, in its own size.

    A longer clip is cut, a shorter one slowed down. Raises `MediaBroken` for one that is far too short.
    """
    form = request.format
    frames = form.frames(request.shot.seconds) + 2 * request.handle_frames
    slower = max(frames / form.fps / film.seconds, 1.0)
    if slower > _SLOWEST:
        raise MediaBroken(
            f"The clip lasts {film.seconds:.1f} s where {frames / form.fps:.1f} s were asked: it has to be made again."
        )
    width, height = max(film.width // 2, 8) * 2, max(film.height // 2, 8) * 2
    shape = f"setpts={slower:.6f}*PTS,fps={form.fps},scale={width}:{height},tpad=stop_mode=clone:stop_duration=1"
    out = into / "take.mp4"
    try:
        run([
            *opened(clip), "-map", "0:v:0", "-an", "-vf", f"{shape},format=yuv420p", "-frames:v", str(frames),
            "-c:v", "libx264", "-preset", "ultrafast", "-qp", "16", "-g", str(form.fps), "-threads", str(threads),
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", out,
        ])  # fmt: skip
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return RenderedTake(file=out.name, frames=frames, width=width, height=height, fps=float(form.fps))
