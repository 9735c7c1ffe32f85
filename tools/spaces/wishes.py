"""What we ask of a Space, whichever it is: our own names for it, and one request in them."""

from typing import Literal

from episodes.value import Value

Purpose = Literal["video", "voice", "music"]
"""What a Space is asked for."""

FileRole = Literal["start_image", "end_image", "clip", "control", "melody", "reference"]
"""Files that we may hand in: the first and the last frame, the take before this one, a control video, the show's own
tune, and a voice to speak like."""

Ours = Literal[
    "prompt", "negative_prompt", "seed", "random_seed", "keep_seed", "length", "fps", "width", "height", "size",
    "steps", "guidance", "mode", "voice", "speed", "language", "reference_text",
    "start_image", "end_image", "clip", "control", "melody", "reference",
]  # fmt: skip
"""Our names of what a Space may take. `prompt` is the line for a voice; `random_seed` is the box that would put another
seed in the place of ours, `keep_seed` the one without which ours is not used; `mode` chooses between text and image;
`size` is width and height in one."""

FILES: tuple[FileRole, ...] = ("start_image", "end_image", "clip", "control", "melody", "reference")


class Wish(Value):
    """One request in our own names; what a Space has no parameter for is not asked."""

    prompt: str
    negative_prompt: str = ""
    seed: int = 0
    seconds: float | None = None
    """Length of what is wanted."""
    fps: float | None = None
    width: int | None = None
    """Pixels of the final picture; a Space is asked for this shape at a size that it likes."""
    height: int | None = None
    steps: int | None = None
    guidance: float | None = None
    voice: str = ""
    """The Space's own name of the voice."""
    speed: float | None = None
    """1 is the voice's own pace."""
    language: str = ""
    """Language tag: `en`."""
    reference_text: str = ""
    """What is said in the file `reference`."""
    files: frozenset[FileRole] = frozenset()
    """Which files are at hand."""
