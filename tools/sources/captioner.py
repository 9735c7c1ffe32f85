"""Looking on this machine: BLIP, a captioner of transformers (extra `local`)."""

import io
from typing import Any

from episodes.errors import MediaBroken
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
        processor, model, device = _load(self._model, self._device)
        import torch
        from PIL import Image, UnidentifiedImageError

        try:
            picture = Image.open(io.BytesIO(frame.jpeg)).convert("RGB")
        except (OSError, UnidentifiedImageError) as error:
            raise MediaBroken("A frame of a source could not be opened again.") from error
        from tools.local.held import ONE_AT_A_TIME

        with ONE_AT_A_TIME, torch.inference_mode():
            given = processor(images=picture, return_tensors="pt").to(device)
            made = model.generate(**given, max_new_tokens=_MOST_TOKENS, do_sample=False, num_beams=1)
        caption = str(processor.decode(made[0], skip_special_tokens=True))
        return Scene(caption=caption.removeprefix("arafed ").strip())


def _load(name: str, device: str) -> tuple[Any, Any, str]:
    """Return processor, model and device, loaded once in a process."""
    from tools.local.held import held
    from tools.local.libraries import loading, needed

    needed("transformers", "Looking at pictures")
    import torch

    where = device or ("cuda" if torch.cuda.is_available() else "cpu")

    def load() -> tuple[Any, Any, str]:
        from transformers import BlipForConditionalGeneration, BlipProcessor

        with loading(f"The captioner {name!r}"):
            model = BlipForConditionalGeneration.from_pretrained(name).to(where).eval()
            return BlipProcessor.from_pretrained(name), model, where

    return held(f"captioner {name} {where}", load)
