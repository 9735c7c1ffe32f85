"""Text-to-video models that diffusers runs, by family: how their pipelines are called and what they were taught on."""

from dataclasses import dataclass
from typing import Literal

from episodes.errors import BackendUnavailable
from episodes.format import Format
from episodes.value import Seconds

Way = Literal["text", "image", "video"]
"""What a model begins with beside words: nothing, the shot's first frame, or a whole clip that it makes over."""


@dataclass(frozen=True)
class Family:
    """Models with one kind of pipeline. Numbers are of the smallest model; its page on the hub gives them."""

    title: str
    pipelines: dict[Way, str]
    """Class of diffusers for each way that the family has."""
    models: dict[Way, str]
    """Weights that are used when none are named."""
    gigabytes: dict[Way, float]
    """What is fetched of those, about."""
    width: int
    height: int
    """Size that it was taught on, lying."""
    multiple: int
    """Width and height must be multiples of it."""
    step: int
    """Frames must be one more than a multiple of it; 1 where any number will do."""
    most_frames: int
    fps: int
    """Frames a second that its movements have."""
    steps: int
    guidance: float
    work: int
    """Bytes that are needed for each pixel of all frames while it decodes at once."""
    negative: str = "text, captions, watermark, logo, distorted faces, extra limbs, blurry, low quality"
    decodes_in_32_bits: bool = False
    names_rate: bool = False
    """Whether its pipeline is told the frame rate."""
    starts_from_image: bool = False
    """Whether the shot's first frame is used when nobody says."""

    def pipeline(self, way: Way) -> str:
        """Return the class for a way. Raises `BackendUnavailable` when the family has none."""
        if way not in self.pipelines:
            asked = {"image": "begins with no picture", "video": "makes no clip over", "text": "needs more than words"}
            raise BackendUnavailable(f"{self.title} {asked[way]}: name another back end for that.")
        return self.pipelines[way]

    def frames_for(self, seconds: Seconds, fps: int, most: int) -> int:
        """Return the frames to ask for: enough for `seconds`, as the rule wants it, and not more than it was taught."""
        wanted = max(-(-seconds * fps // 1), 1)
        return min(self.obeying(int(wanted) + self.step - 1), self.obeying(most))

    def obeying(self, frames: int) -> int:
        """Return the largest number of frames up to `frames` that the family's rule allows."""
        return max((frames - 1) // self.step, 0) * self.step + 1

    def size_for(self, form: Format) -> tuple[int, int]:
        """Return width and height of the format's shape with as many pixels as it was taught on."""
        area, shape = self.width * self.height, form.width / form.height
        if abs(shape - self.width / self.height) < 0.25:
            # Near enough: models are best at exactly what they have seen, and conform crops.
            return self.width, self.height
        height = (area / shape) ** 0.5
        return self._even(height * shape), self._even(height)

    def _even(self, side: float) -> int:
        return max(round(side / self.multiple), 1) * self.multiple


FAMILIES: dict[str, Family] = {
    "wan": Family(
        title="Wan",
        pipelines={"text": "WanPipeline", "image": "WanImageToVideoPipeline", "video": "WanVideoToVideoPipeline"},
        models={
            "text": "Wan-AI/Wan2.1-T2V-1.3B-Diffusers", "image": "Wan-AI/Wan2.1-I2V-14B-480P-Diffusers",
            "video": "Wan-AI/Wan2.1-T2V-1.3B-Diffusers",
        },
        gigabytes={"text": 29, "image": 90, "video": 29},
        width=832, height=480, multiple=16, step=4, most_frames=81, fps=16, steps=40, guidance=5.0, work=250,
        decodes_in_32_bits=True,
    ),
    "ltx": Family(
        title="LTX-Video",
        pipelines={"text": "LTXPipeline", "image": "LTXImageToVideoPipeline"},
        models={"text": "Lightricks/LTX-Video", "image": "Lightricks/LTX-Video"},
        gigabytes={"text": 25, "image": 25},
        width=704, height=480, multiple=32, step=8, most_frames=161, fps=24, steps=40, guidance=3.0, work=120,
        names_rate=True, starts_from_image=True,
    ),
    "cogvideox": Family(
        title="CogVideoX",
        pipelines={
            "text": "CogVideoXPipeline", "image": "CogVideoXImageToVideoPipeline",
            "video": "CogVideoXVideoToVideoPipeline",
        },
        models={
            "text": "THUDM/CogVideoX-2b", "image": "THUDM/CogVideoX-5b-I2V", "video": "THUDM/CogVideoX-2b",
        },
        gigabytes={"text": 14, "image": 22, "video": 14},
        width=720, height=480, multiple=16, step=8, most_frames=49, fps=8, steps=50, guidance=6.0, work=330,
    ),
    "zeroscope-local": Family(
        title="Zeroscope",
        pipelines={"text": "TextToVideoSDPipeline", "video": "VideoToVideoSDPipeline"},
        models={"text": "cerspense/zeroscope_v2_576w", "video": "cerspense/zeroscope_v2_XL"},
        gigabytes={"text": 7, "video": 7},
        # Its pages say 7.9 GB for 30 frames of 576×320 and 15.3 GB for 30 of 1024×576, weights of 3.6 GB in them.
        width=576, height=320, multiple=64, step=1, most_frames=24, fps=8, steps=40, guidance=9.0, work=750,
    ),
}  # fmt: skip
"""By name of the back end."""

SECOND_SIZES: dict[str, tuple[int, int]] = {"zeroscope-local": (1024, 576)}
"""Size that a family's second pass makes of a clip; others keep the clip's."""
