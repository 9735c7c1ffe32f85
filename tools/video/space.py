"""Gradio Spaces as cameras: any Space that makes video, by its name, its address or a preset's name."""

import functools
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path

from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.tasks import Limits
from tools.ffmpeg import probe
from tools.protocols import Call, Input, ToolSettings
from tools.spaces.matching import control_of
from tools.spaces.tool import SpaceTool
from tools.spaces.untrusted import checked_film, frame_of
from tools.spaces.values import most_seconds
from tools.spaces.wishes import FileRole, Wish
from tools.video.fitting import fit_clip

_CAUTIOUS_SECONDS = Fraction(4)
"""Longest take that is asked of a Space of which nothing is known."""
_HANDLES = Fraction(1)
"""Seconds of both handles together at 24 frames a second, which a Space must make as well."""
RAW = "clip.mp4"
"""What the Space gave, whatever container it has."""


class SpaceVideo(SpaceTool):
    """`VideoBackend` by a Space. What it takes is read from its description and from nothing else."""

    purpose = "video"

    @functools.cached_property
    def limits(self) -> Limits:
        """What it takes; where the Space was never seen, a short look at it finds out."""
        options = self._space.options
        told = options.max_seconds is not None and options.start_image is not None
        known = self._space.known(reach=not told)
        longest = None if known is None else most_seconds(*known)
        seconds = options.max_seconds or longest
        start_image = options.start_image
        if start_image is None:
            start_image = known is not None and known[0].takes("start_image")
        control = options.control
        slot = None if known is None else known[0].slot("control")
        if control is None and known is not None and slot is not None:
            # One that takes any motion, or a “driving video”, is not asked to: it works without.
            control = control_of(known[1].parameters[known[0].slots.index(slot)])
        return Limits(
            max_seconds=_CAUTIOUS_SECONDS if seconds is None else _without_handles(seconds),
            start_image=start_image,
            control=control,
        )

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`. Raises any `ToolError` that says what the Space did, and leaves nothing behind."""
        with tempfile.TemporaryDirectory(prefix="frames-") as folder:
            files = _files(call, Path(folder))
            wish = self._wish(request, frozenset(files))
            with self._space.asked(wish, files, call) as clip:
                film = checked_film(clip, self._space.name)
                # The rate that its header says, not that of the pictures that differ: frames are counted by it.
                self._space.learn_rate(probe(clip).fps or film.fps, with_clip="clip" in files)
                self._space.learn_length(film.seconds, wish, with_clip="clip" in files)
                take = fit_clip(film, request, call.into, self._threads)
                # The next camera of a chain works on what came, not on what was made of it for the film.
                shutil.copyfile(clip, call.into / RAW)
                return take.model_copy(update={"raw": RAW})

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
            found["clip" if role == "clip" else "control"] = _film_of(given, raw=True)
    pictured = call.inputs.get("animatic")
    if pictured is not None:
        found["start_image"] = frame_of(_film_of(pictured), folder / "start.png")
        found["end_image"] = frame_of(_film_of(pictured), folder / "end.png", last=True)
    return found


def _film_of(given: Input, *, raw: bool = False) -> Path:
    if not isinstance(given.result, RenderedTake):
        return given.folder
    return given.file((given.result.raw if raw else "") or given.result.file)
