"""Takes out of still pictures: an image endpoint makes one a shot, and a camera of ours moves over it.

    [backends]
    video = "openai-images"

    [video.openai-images]
    base_url = "http://127.0.0.1:9090/v1"
    model = "flux"
    sizes = ["1280x720", "720x1280", "1024x1024"]
    edit = true

With `edit` the shot's animatic frame goes along, so that people stand where they are planned. Nothing in the picture
moves but the camera: the finish then makes a bodycam's still-film of it.
"""

import base64
import binascii
import io
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, JsonValue

from episodes.errors import BackendUnavailable, MediaBroken, RequestRejected
from episodes.format import Format
from episodes.requests import RenderRequest
from episodes.results import RenderedTake
from episodes.tasks import Limits, ToolInfo
from episodes.value import digest
from tools.local import options
from tools.openai_endpoint import Answer, ServerOptions, Upload, endpoint
from tools.protocols import Call, Input, Readiness, ToolSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "openai-images"
VERSION = "1"
DEFAULT_MODEL = "gpt-image-1"

_WHOSE = "The image endpoint"
_SIZES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gpt-image", ("1536x1024", "1024x1536", "1024x1024")),
    ("dall-e-3", ("1792x1024", "1024x1792", "1024x1024")),
    ("dall-e-2", ("1024x1024",)),
    ("", ("1280x720", "720x1280", "1024x1024")),
)
"""Sizes that a model takes, by the beginning of its name; others mostly take any."""

_MOST_PIXELS = 40_000_000
_MOST_LETTERS = 3_500
_BLACK, _FLAT = 3.0, 2.0
"""Mean and spread, of 255, under which a picture is a filter's black sheet."""


class ImageOptions(ServerOptions):
    """The table `[video.openai-images]`."""

    model: str = DEFAULT_MODEL
    sizes: tuple[Annotated[str, Field(pattern=r"^\d{2,4}x\d{2,4}$")], ...] = ()
    """Sizes that the model takes, `1280x720`; empty for what is known of it by its name."""
    edit: bool = False
    """Whether the animatic's frame goes along, to /images/edits."""
    quality: str = ""
    """`low`, `medium`, `high` … as the model knows them; empty to leave it to the server."""
    price_per_call: float = Field(default=0.0, ge=0)
    """What one picture may cost, in the person's currency."""


class OpenAIImages:
    """`VideoBackend` by POST /images/generations, or /images/edits. One call a take."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read the options. Raises `BackendUnavailable` for what can't be used; reaches nobody."""
        named = options.read(settings, "video", NAME, ImageOptions)
        self._endpoint = endpoint(settings, named, _WHOSE)
        self._model, self._quality, self._edit, self._price = (
            named.model,
            named.quality,
            named.edit,
            named.price_per_call,
        )
        own = next(sizes for beginning, sizes in _SIZES if named.model.startswith(beginning))
        self._sizes = named.sizes or own
        self._threads = settings.threads

    @property
    def info(self) -> ToolInfo:
        """Name, model, price and limits; another model or server is another version."""
        how = {"at": self._endpoint.base_url, "sizes": self._sizes, "quality": self._quality, "edit": self._edit}
        return ToolInfo(
            name=NAME,
            version=f"{VERSION} {self._model} {digest(how)[:8]}",
            outside=True,
            price_per_call=self._price,
            wall_per_second=6.0,
            limits=Limits(start_image=self._edit),
        )

    def readiness(self) -> Readiness:
        """Ask the server for its models."""
        return self._endpoint.readiness(self._model)

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        """Write `take.mp4`: one picture, under a camera that moves as planned, handles included.

        Raises `RequestRejected` for a prompt that was refused or came back black, `BackendUnavailable`, `BackendDown`
        and `TransientToolError` as `Endpoint.post` does, and `MediaBroken` for what is no picture.
        """
        from tools.ffmpeg import writing_frames
        from tools.finish.encoding import packed, take_arguments
        from tools.video.still_moves import moved

        form, shot = request.format, request.shot
        picture = self._picture(request, call)
        count = form.frames(shot.seconds) + 2 * request.handle_frames
        out = call.into / "take.mp4"
        try:
            with writing_frames(
                form.width, form.height, form.fps, "yuv420p", take_arguments(form.fps, self._threads, out)
            ) as pipe:
                for frame in moved(picture, form, shot.movement, shot.seconds, request.handle_frames, request.seed):
                    pipe.write(packed(frame))
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        return RenderedTake(file=out.name, frames=count, width=form.width, height=form.height, fps=float(form.fps))

    def _picture(self, request: RenderRequest, call: Call) -> "NDArray[np.uint8]":
        size = nearest(self._sizes, request.format)
        start = call.inputs.get("animatic") if self._edit else None
        body: dict[str, JsonValue] = {
            "model": self._model, "prompt": prompt_of(request), "size": size, "n": 1,
        }  # fmt: skip
        if self._quality:
            body["quality"] = self._quality
        answer = self._asked(body, _start_frame(start, request) if start else None)
        return decoded(self._content(answer))

    def _asked(self, body: dict[str, JsonValue], start: bytes | None) -> Answer:
        # OpenAI's newest models send base64 always and refuse to be asked for it; others send a link unless asked.
        more: dict[str, JsonValue] = {} if self._model.startswith("gpt-image") else {"response_format": "b64_json"}
        try:
            return self._sent(body | more, start)
        except RequestRejected as error:
            if not more or "response_format" not in str(error):
                raise
            return self._sent(body, start)

    def _sent(self, body: dict[str, JsonValue], start: bytes | None) -> Answer:
        if start is None:
            return self._endpoint.post("images/generations", body)
        fields = [(name, str(value)) for name, value in body.items()]
        return self._endpoint.post_form("images/edits", fields, [Upload("image", "start.png", start, "image/png")])

    def _content(self, answer: Answer) -> bytes:
        """Return the picture's bytes, as they came or from a link on the same server."""
        found = answer.json(_WHOSE).get("data")
        first = found[0] if isinstance(found, list) and found else None
        if not isinstance(first, dict):
            raise MediaBroken(f"{_WHOSE} sent no picture.")
        if isinstance(packed := first.get("b64_json"), str) and packed:
            try:
                return base64.b64decode(
                    packed.partition(",")[2] if packed.startswith("data:") else packed, validate=True
                )
            except (binascii.Error, ValueError) as error:
                raise MediaBroken(f"{_WHOSE} sent a picture that is broken.") from error
        if isinstance(url := first.get("url"), str) and url:
            try:
                return self._endpoint.get(url).content
            except RequestRejected as error:
                raise BackendUnavailable(
                    f"{_WHOSE} keeps its pictures on another server, which is not asked: let it send b64_json."
                ) from error
        raise MediaBroken(f"{_WHOSE} sent no picture.")


def build(settings: ToolSettings) -> OpenAIImages:
    """Return the back end for these settings."""
    return OpenAIImages(settings)


def nearest(sizes: tuple[str, ...], form: Format) -> str:
    """Return the size of which least is cut away for a format; of equals, the one nearest to its own width."""

    def loss(size: str) -> tuple[float, float]:
        width, height = (int(side) for side in size.split("x"))
        ratio = width / height * form.height / form.width
        return round(1 - min(ratio, 1 / ratio), 3), abs(width - form.width)

    return min(sizes, key=loss)


def prompt_of(request: RenderRequest) -> str:
    """Return what is asked for: the shot's prompt as a single frame, and what must not be in it."""
    shot = request.shot
    said = shot.prompt or shot.first_frame or f"{shot.place.replace('_', ' ')}, {shot.light}"
    lens = {
        "bodycam": "seen from an officer's chest camera, wide angle", "dashcam": "seen through a car's windscreen",
        "cctv": "seen from a security camera high on a wall", "doorbell": "seen from a doorbell camera, wide angle",
        "helicopter": "seen from a helicopter, from above", "interview": "a plain interview picture, medium shot",
        "phone": "a snapshot taken with a phone",
    }[shot.owner]  # fmt: skip
    avoid = f" Without: {shot.negative_prompt}." if shot.negative_prompt else ""
    return f"One photograph, {lens}. {said.strip().rstrip('.')}. No words or letters in the picture.{avoid}"[
        :_MOST_LETTERS
    ]


def _start_frame(start: Input, request: RenderRequest) -> bytes:
    """Return the animatic's frame at the in point as PNG. Raises `MediaBroken` when it can't be read."""
    import cv2

    from tools.finish.takes import frames_of, take_file

    frame = next(frames_of(take_file(start.folder, getattr(start.result, "file", None)), request.format,
                           request.handle_frames, 1, 1))  # fmt: skip
    return bytes(cv2.imencode(".png", cv2.cvtColor(frame, cv2.COLOR_BGRA2BGR))[1])


def decoded(raw: bytes) -> "NDArray[np.uint8]":
    """Return a picture, BGR. Raises `MediaBroken` for what is none, and `RequestRejected` for a black one."""
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "WEBP")) as opened:
            # The size is looked at before a pixel is unpacked: a small file may hold a huge picture.
            if opened.width * opened.height > _MOST_PIXELS:
                raise MediaBroken(f"{_WHOSE} sent a picture of more than {_MOST_PIXELS // 1_000_000} megapixels.")
            picture = np.asarray(opened.convert("RGB"), np.uint8)[:, :, ::-1]
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as error:
        raise MediaBroken(f"{_WHOSE} sent a picture that is broken.") from error
    if min(picture.shape[:2]) < 16:
        raise MediaBroken(f"{_WHOSE} sent a picture too small to film.")
    if picture.mean() < _BLACK and picture.std() < _FLAT:
        raise RequestRejected(f"{_WHOSE} sent a black picture, as its filter does instead of what it refuses.")
    return np.ascontiguousarray(picture)
