"""Looking on this machine: BLIP, a captioner of transformers (extra `local`)."""

import functools
from typing import Any

from episodes.errors import BackendUnavailable, MediaBroken
from tools.protocols import Readiness
from tools.sources.looking import Frame, Scene

DEFAULT_MODEL = "Salesforce/blip-image-captioning-base"

_MOST_TOKENS = 30


class Captioner:
    """An `Eye` that says one sentence a frame. The same frame gives the same sentence."""

    outside = False

    def __init__(self, model: str = DEFAULT_MODEL, device: str = "") -> None:
        """Name a BLIP model or the folder of one; `device` as torch names it, empty for the best there is."""
        self._model, self._device = model, device

    @property
    def name(self) -> str:
        """The model."""
        return f"captioner {self._model}"

    def readiness(self) -> Readiness:
        """Say what looks; the model itself is fetched when it is first asked."""
        return Readiness(True, f"Pictures of the sources are described here by {self._model!r}.")

    def look(self, frame: Frame) -> Scene:
        """Say what a frame shows. Raises `BackendUnavailable` when the model can't be had."""
        import torch
        from PIL import Image, UnidentifiedImageError

        processor, model, device = _load(self._model, self._device)
        import io

        try:
            picture = Image.open(io.BytesIO(frame.jpeg)).convert("RGB")
        except (OSError, UnidentifiedImageError) as error:
            raise MediaBroken("A frame of a source could not be opened again.") from error
        with torch.inference_mode():
            given = processor(images=picture, return_tensors="pt").to(device)
            made = model.generate(**given, max_new_tokens=_MOST_TOKENS, do_sample=False, num_beams=1)
        caption = str(processor.decode(made[0], skip_special_tokens=True))
        return Scene(caption=caption.removeprefix("arafed ").strip())


@functools.cache
def _load(name: str, device: str) -> tuple[Any, Any, str]:
    """Return processor, model and device, loaded once in a process."""
    try:
        import torch
        from transformers import BlipForConditionalGeneration, BlipProcessor
    except ImportError as error:
        raise BackendUnavailable("The captioner wants transformers and torch: install the extra local.") from error
    where = device or ("cuda" if torch.cuda.is_available() else "cpu")
    try:
        model = BlipForConditionalGeneration.from_pretrained(name).to(where).eval()
        return BlipProcessor.from_pretrained(name), model, where
    except (OSError, ValueError, RuntimeError) as error:
        raise BackendUnavailable(
            f"The captioner {name!r} can't be had: be on the network once, or name its folder in look_model."
        ) from error
