"""MusicGen (Meta, by transformers): cues from words; its melody models play the show's own tune.

It makes at most 30 s at once, so a longer cue goes on from the last seconds of what there is. Its weights may not be
used for money (CC-BY-NC 4.0).
"""

from pydantic import Field

from episodes.errors import BackendUnavailable
from episodes.requests import ComposeRequest
from episodes.results import ComposedCue
from episodes.tasks import ToolInfo
from episodes.value import Value
from tools.local import libraries, options, readiness, weights
from tools.protocols import Call, Readiness, ToolSettings

_GIGABYTES = {
    "facebook/musicgen-small": 2.4, "facebook/musicgen-medium": 8.0, "facebook/musicgen-large": 13.0,
    "facebook/musicgen-melody": 6.0,
}  # fmt: skip
"""What is fetched, about."""
_LEAST_GIB = 3.0


class MusicgenOptions(Value):
    """The table `[music.musicgen]`."""

    model: str = "facebook/musicgen-small"
    """`facebook/musicgen-…`, or a folder. One with a `melody` model plays the show's tune."""
    device: str = ""
    """`cuda`, `cuda:1`, `mps` or `cpu`; empty for the GPU."""
    dtype: str = ""
    """`float32`, `float16` or `bfloat16`; empty for what suits the device."""
    guidance: float = Field(default=3.0, ge=1, le=10)
    """How closely it keeps to the words."""
    window: float = Field(default=30.0, ge=2, le=30)
    """Seconds that are made at once; the models have learned from pieces of 30 s."""
    overlap: float = Field(default=8.0, ge=0.5, le=20)
    """Seconds of what there is that the next window goes on from."""


class MusicgenMusic:
    """`MusicBackend` by transformers' MusicGen. An equal request gives an equal cue on an equal machine."""

    def __init__(self, settings: ToolSettings) -> None:
        """Read the settings; nothing is loaded yet. Raises `BackendUnavailable` for an entry that can't be used."""
        self._options = options.read(settings, "music", "musicgen", MusicgenOptions)
        if self._options.overlap > self._options.window / 2:
            raise BackendUnavailable(
                "In director.toml, overlap of [music.musicgen] must be at most half of its window: lower it."
            )
        self._token = settings.key("huggingface")

    @property
    def info(self) -> ToolInfo:
        """Name, version with the model's name, and speed. It works in a thread, so that weights are loaded once."""
        model, ours = self._options.model.rstrip("/").rsplit("/", 1)[-1], self._options
        version = f"1 {model} {ours.guidance:g} {ours.window:g} {ours.overlap:g}"
        return ToolInfo(name="musicgen", version=version, outside=True, wall_per_second=2.0)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        """Write `music.wav`, with silence where the request stops the music.

        Raises `BackendUnavailable` when libraries, weights or GPU are missing, `BackendDown` when the GPU has no memory
        left, `RequestRejected` for a key that is none, and `MediaBroken` when what was made is no music.
        """
        libraries.needed("transformers", "MusicGen")
        from tools.local.device import chosen
        from tools.music.foreign import as_cue
        from tools.music.musicgen_model import load

        device = chosen(self._options.device, "MusicGen")
        model = load(weights.resolved(self._options.model), device, self._options.dtype, self._token)
        made = model.play(request, self._options.window, self._options.overlap, self._options.guidance)
        return as_cue(made, model.rate, request, call.into)

    def readiness(self) -> Readiness:
        """Return whether it could play now."""
        model = self._options.model
        return readiness.readiness(
            "MusicGen", "transformers", model, device=self._options.device, index="config.json",
            gigabytes=_GIGABYTES.get(model, 0.0), least_gib=_LEAST_GIB,
        )  # fmt: skip


def build(settings: ToolSettings) -> MusicgenMusic:
    """Return MusicGen; `[music.musicgen]` names model and device."""
    return MusicgenMusic(settings)
