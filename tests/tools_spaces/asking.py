"""What the tests of Spaces ask for, and how they build the tools."""

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from episodes.cast import Agency, VoiceCast, World
from episodes.format import FORMATS
from episodes.requests import ComposeRequest, RenderRequest, SpeakRequest
from episodes.results import RenderedTake
from episodes.shots import Movement, Shot
from episodes.theme import found_theme
from tools.ffmpeg import run
from tools.protocols import Call, Input, Option, ToolSettings
from tools.video.space import SpaceVideo
from tools.video.space import build as build_video

PROMPT = "A raccoon in a doughnut shop at night, seen by a bodycam"


def shot(seconds: Fraction = Fraction(2), prompt: str = PROMPT) -> Shot:
    return Shot(
        id="S01-01", scene="S01", beats=("S01-B01",), owner="bodycam", size="full", place="street",
        movement=Movement(kind="static"), clock=datetime(2026, 3, 4, 3, 12), light="night", seconds=seconds,
        prompt=prompt, negative_prompt="text, watermark",
    )  # fmt: skip


def take(seconds: Fraction = Fraction(2), prompt: str = PROMPT) -> RenderRequest:
    """A take of the proof format, six frames of handle at each end: one second more than the shot."""
    world = World(agency=Agency(name="Maple Hollow Police", county="Maple"), characters=(), props=(), places=())
    return RenderRequest(
        shot=shot(seconds, prompt), world=world, format=FORMATS["proof"], seed=1_234_567_890, handle_frames=6
    )


def line(variant: str = "af_heart", text: str = "Copy that, we are on the scene.") -> SpeakRequest:
    cast = VoiceCast(engine="space", variant=variant)
    return SpeakRequest(text=text, voice=cast, delivery="calm", language="en", reading=1)


def cue(**given: Any) -> ComposeRequest:
    theme = found_theme("Night Shift")
    plain = ComposeRequest(mood="suspicion", seconds=Fraction(8), tempo=96, key=theme.key, theme=theme, seed=3)
    return plain.model_copy(update=given)


def settings(name: str, home: Path, *, token: str = "", **space: Option) -> ToolSettings:
    keys = {"huggingface": SecretStr(token)} if token else {}
    return ToolSettings(name=name, home=home, options={"space": {"wait_seconds": 20, **space}}, keys=keys)


def camera(name: str, home: Path, *, token: str = "", **space: Option) -> SpaceVideo:
    return build_video(settings(name, home, token=token, **space))


def call(into: Path, remember: Callable[[str], None] | None = None, **rest: Any) -> Call:
    into.mkdir(parents=True, exist_ok=True)
    return Call(into=into, remember=remember or (lambda remote_id: None), **rest)


def clip(folder: Path, *, seconds: float = 3.0, fps: int = 8, size: str = "144x80") -> Input:
    """A take of an earlier step, or an animatic."""
    folder.mkdir(parents=True, exist_ok=True)
    source = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={fps}:duration={seconds}"]
    run([*source, "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", folder / "take.mp4"])
    wide, tall = (int(side) for side in size.split("x"))
    made = RenderedTake(file="take.mp4", frames=round(seconds * fps), width=wide, height=tall, fps=float(fps))
    return Input(folder=folder, result=made)


def inputs(**given: Input) -> Mapping[str, Input]:
    return given
