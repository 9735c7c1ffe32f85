"""Takes by a text-to-video model on this machine, run by diffusers: `wan`, `ltx`, `cogvideox`, `zeroscope-local`.

The model is asked in its own size, rate and number of frames; what it makes is then fitted to the take that was asked
for. Its start image is the first frame of the shot's own animatic. A later step of a chain makes the clip of the step
before it over, as Zeroscope's second model does.
"""

import re
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import Field

from episodes.errors import MediaBroken
from episodes.format import Format
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.tasks import Limits, ToolInfo
from episodes.value import Value, digest
from tools.local import libraries, options, readiness, weights
from tools.protocols import Call, Readiness, ToolSettings
from tools.video.families import FAMILIES, SECOND_SIZES, Way

_LEAST_GIB = 4.0


class VideoOptions(Value):
    """The table `[video.diffusers]`; one that is named like the back end, `[video.wan]`, goes over it."""

    model: str = ""
    """`owner/name` or a folder of diffusers' weights; empty for the family's own."""
    second_model: str = ""
    """The same for a later step of a chain."""
    device: str = ""
    """`cuda`, `cuda:1`, `mps` or `cpu`; empty for the GPU."""
    dtype: str = ""
    """`float32`, `float16` or `bfloat16`; empty for what suits the device."""
    steps: int = Field(default=0, ge=0, le=200)
    """Steps of denoising; 0 for the family's own."""
    guidance: float = Field(default=0.0, ge=0, le=30)
    """How closely it keeps to the words; 0 for the family's own."""
    size: str = Field(default="", pattern=r"^(\d{2,4}x\d{2,4})?$")
    """Width and height, `832x480`; empty for the family's own in the format's shape."""
    frames: int = Field(default=0, ge=0, le=1000)
    """Most frames at once; 0 for what the family was taught on."""
    fps: int = Field(default=0, ge=0, le=60)
    """Frames a second of its movements; 0 for the family's own."""
    strength: float = Field(default=0.6, gt=0, le=1)
    """How much of a clip a later step makes anew."""
    start_image: bool | None = None
    """Whether takes begin with the animatic's first frame; None for the family's own way."""
    negative: str = ""
    """What no shot may show, beside what the shot itself rules out; empty for the family's own list."""
    lora: tuple[str, ...] = ()
    """LoRA weights, each `owner/name:0.8` or `folder/file.safetensors:0.8`; 1 where no weight stands."""

    @property
    def adapters(self) -> tuple[tuple[str, float], ...]:
        """LoRA weights as place and weight."""
        found = (re.fullmatch(r"(.+?)(?::(\d*\.?\d+))?", one.strip()) for one in self.lora)
        return tuple((match[1], float(match[2] or 1)) for match in found if match)


class LocalVideo:
    """`VideoBackend` by diffusers. The same request gives the same take on the same machine."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read the settings; nothing is loaded yet. Raises `BackendUnavailable` for an entry that can't be used."""
        self._name, self._threads = settings.name, max(settings.threads, 1)
        self._family = FAMILIES[self._name if self._name in FAMILIES else "wan"]
        self._options = options.read(settings, "video", "diffusers", VideoOptions, own=self._name)
        self._token = settings.key("huggingface")
        if self._starts_from_image:
            self._family.pipeline("image")

    @property
    def info(self) -> ToolInfo:
        """Name, version with all that decides the picture, limits. It works in a thread: weights are loaded once."""
        ours = self._options
        said = ours.model_dump(mode="json", exclude={"device", "model", "second_model", "lora"})
        named = [_label(ours.model), _label(ours.second_model), *(f"{_label(at)}:{by}" for at, by in ours.adapters)]
        return ToolInfo(
            name=self._name,
            version=f"1 {_label(self._model('text'))} {digest(said, named)[:8]}",
            outside=True,
            wall_per_second=60.0,
            limits=Limits(max_seconds=Fraction(self._most_frames, self._fps), start_image=self._starts_from_image),
        )

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4` of the request's frames, handles included.

        Raises `BackendUnavailable` when libraries, weights or GPU are missing or too small, `BackendDown` when the GPU
        is full whatever is saved, and `MediaBroken` when what was made is no picture of this shot.
        """
        libraries.needed("diffusers", self._family.title)
        way: Way = "video" if "clip" in call.inputs else "image" if self._begins(call) else "text"
        from tools.video.pipelines import Weights, frames_of

        given = Weights(
            family=self._family,
            way=way,
            model=weights.resolved(self._model(way)),
            device=self._options.device,
            dtype=self._options.dtype,
            lora=self._options.adapters,
            token=self._token,
        )
        made = frames_of(given, self._asked(request, call, way))
        return self._fitted(made, request, call.into)

    def readiness(self) -> Readiness:
        """Return whether it could work now."""
        way: Way = "image" if self._starts_from_image else "text"
        return readiness.readiness(
            self._family.title, "diffusers", self._model(way), device=self._options.device, index="model_index.json",
            gigabytes=0.0 if self._options.model else self._family.gigabytes[way], least_gib=_LEAST_GIB,
        )  # fmt: skip

    @property
    def _starts_from_image(self) -> bool:
        said = self._options.start_image
        return self._family.starts_from_image if said is None else said

    @property
    def _fps(self) -> int:
        return self._options.fps or self._family.fps

    @property
    def _most_frames(self) -> int:
        return self._options.frames or self._family.most_frames

    def _model(self, way: Way) -> str:
        named = self._options.second_model if way == "video" else self._options.model
        if named:
            return named
        own: Way = "image" if way == "text" and self._starts_from_image else way
        return self._family.models.get(own, self._family.models["text"])

    def _begins(self, call: Call) -> bool:
        return self._starts_from_image and "animatic" in call.inputs

    def _size(self, form: Format, way: Way) -> tuple[int, int]:
        if self._options.size:
            width, height = (int(side) for side in self._options.size.split("x"))
            return width, height
        if way == "video" and self._name in SECOND_SIZES and form.width > form.height:
            return SECOND_SIZES[self._name]
        return self._family.size_for(form)

    def _asked(self, request: RenderRequest, call: Call, way: Way) -> Any:
        from tools.video.pipelines import Asked

        width, height = self._size(request.format, way)
        shot, ours = request.shot, self._options
        seconds = shot.seconds + Fraction(2 * request.handle_frames, request.format.fps)
        frames = self._family.frames_for(seconds, self._fps, self._most_frames)
        pictures: tuple[Any, ...] = ()
        if way != "text":
            taken = call.inputs["clip" if way == "video" else "animatic"]
            file = _file(taken.folder, getattr(taken.result, "file", ""))
            pictures = _pictures(file, (width, height), frames if way == "video" else 1, self._fps)
            pictures = pictures[: self._family.obeying(len(pictures))]
        ruled_out = [one for one in (shot.negative_prompt, ours.negative or self._family.negative) if one]
        return Asked(
            prompt=shot.prompt or shot.first_frame,
            negative=", ".join(ruled_out),
            width=width,
            height=height,
            frames=frames,
            fps=self._fps,
            steps=ours.steps or self._family.steps,
            guidance=ours.guidance or self._family.guidance,
            seed=request.seed,
            strength=ours.strength,
            image=pictures[0] if way == "image" else None,
            video=pictures if way == "video" else (),
        )

    def _fitted(self, frames: Any, request: RenderRequest, into: Path) -> RenderedTake:
        """Write the take out of the model's own frames."""
        from tools.video.fitting import fit, write_take

        with tempfile.TemporaryDirectory(prefix="clip-") as folder:
            clip = Path(folder) / "clip.mp4"
            size = (frames.shape[2] // 2 * 2, frames.shape[1] // 2 * 2)
            write_take((frame[: size[1], : size[0], ::-1] for frame in frames), size, self._fps, clip, self._threads)
            return fit(clip, request, into, self._threads)


def build(settings: ToolSettings) -> LocalVideo:
    """Return the family of the back end's name; `[video.diffusers]` names model and device."""
    return LocalVideo(settings)


def _label(model: str) -> str:
    return model.rstrip("/").rsplit("/", 1)[-1]


def _file(folder: Path, name: str) -> Path:
    return folder / name if folder.is_dir() else folder


def _pictures(file: Path, size: tuple[int, int], count: int, fps: int) -> tuple[Any, ...]:
    """Return up to `count` frames of a clip as PIL images of a size, `fps` a second. Raises `MediaBroken`."""
    import cv2
    from PIL import Image

    reader = cv2.VideoCapture(str(file))
    pace = (reader.get(cv2.CAP_PROP_FPS) or fps) / fps
    found: list[Any] = []
    number = 0
    while len(found) < count:
        there, frame = reader.read()
        if not there:
            break
        # The last frame stays when a clip ends between two that are wanted.
        if number >= round(len(found) * pace):
            shown = cv2.cvtColor(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
            found.append(Image.fromarray(shown))
        number += 1
    reader.release()
    if not found:
        raise MediaBroken(f"The picture {file.name!r} that a take should begin with can't be read.")
    return tuple(found)
