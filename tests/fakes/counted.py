"""Tools that count: each writes down every call that begins and ends, then lets the embedded tool do the work.

They enter by the same door as the real ones: `director.toml` names them as `counted:video` and so on. The notes go to
the folder that `TENFOUR_COUNT` names, one line a call, so that they survive whatever kills the production.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

from episodes.cast import VoiceOffer
from episodes.film_requests import (
    AssembleRequest,
    MeasureRequest,
    MixRequest,
    TeaseRequest,
)
from episodes.requests import (
    CardRequest,
    ComposeRequest,
    ConformRequest,
    FetchRequest,
    ReadRequest,
    RenderRequest,
    Request,
    SoundRequest,
    SpeakRequest,
)
from episodes.results import (
    AssembledFilm,
    ComposedCue,
    Fetched,
    FinishedSegment,
    Measurements,
    MixedSound,
    Readings,
    RenderedTake,
    SceneSound,
    SpokenLine,
)
from episodes.tasks import ToolInfo
from episodes.value import digest
from tools import ffmpeg, registry
from tools.protocols import (
    Assembler,
    Call,
    Finisher,
    LinkSource,
    MusicBackend,
    SoundStage,
    SourceReader,
    Tool,
    ToolSettings,
    VideoBackend,
    VoiceBackend,
)


def note(what: str, request: Request) -> None:
    """Append one line; a write this short is whole or absent."""
    folder = Path(os.environ["TENFOUR_COUNT"])
    with (folder / "calls.log").open("a") as file:
        file.write(f"{what} {request.kind} {digest(request)}\n")


class CheapVideo:
    """Draws next to nothing, but the right number of frames and another picture for every seed."""

    info = ToolInfo(name="embedded-video", version="cheap")

    def __init__(self, settings: ToolSettings) -> None:
        pass

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        form = request.format
        frames = form.frames(request.shot.seconds) + 2 * request.handle_frames
        colour = f"0x{request.seed & 0x7F7F7F:06x}"
        source = f"color=c={colour}:s={form.width}x{form.height}:r={form.fps}"
        noise = ["-vf", "noise=alls=12:allf=t:all_seed=7", "-frames:v", str(frames)]
        coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        ffmpeg.run(["-f", "lavfi", "-i", source, *noise, *coding, call.into / "take.mp4"])
        return RenderedTake(file="take.mp4", frames=frames, width=form.width, height=form.height, fps=form.fps)


class CheapMusic:
    """Holds one tone."""

    info = ToolInfo(name="embedded-music", version="cheap")

    def __init__(self, settings: ToolSettings) -> None:
        pass

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        tone = f"sine=f={220 + request.seed % 220}:r=48000"
        count = round(request.seconds * 48_000)
        ffmpeg.run(["-f", "lavfi", "-i", tone, "-af", f"atrim=end_sample={count},volume=-20dB", "-ac", "2",
                    "-fflags", "+bitexact", call.into / "music.wav"])  # fmt: skip
        return ComposedCue(seconds=request.seconds)


class CheapSound:
    """Lays the lines down one after another, with nothing else."""

    info = ToolInfo(name="embedded-sound", version="cheap")

    def __init__(self, settings: ToolSettings) -> None:
        pass

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        import numpy as np

        from tools.sound import wav

        count = round(request.seconds * 48_000)
        stems = {"dialogue": np.zeros((count, 2)), "radio": np.zeros((count, 2)), "effects": np.zeros((count, 2))}
        for placed in request.lines:
            spoken, _ = wav.read(call.inputs[f"line:{placed.line}"].file("line.wav"))
            at = round(placed.at * 48_000)
            name = "radio" if placed.channel in ("radio", "dispatch") else "dialogue"
            part = spoken[: max(0, count - at)]
            stems[name][at : at + len(part)] += part
        for name, samples in stems.items():
            wav.write(call.into / f"{name}.wav", samples.astype(np.float32), 48_000)
        return SceneSound(seconds=request.seconds)


def real_or(cheap: Callable[[ToolSettings], Tool], kind: registry.BackendKind, settings: ToolSettings) -> Tool:
    """Return the cheap stand-in where the test asks for it: what is counted is calls, not beauty."""
    return cheap(settings) if os.environ.get("TENFOUR_CHEAP") else registry.factory(kind, "embedded")(settings)


class Counted:
    """Wraps any tool."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool

    @property
    def info(self) -> ToolInfo:
        return self.tool.info

    def offers(self, language: str) -> tuple[VoiceOffer, ...]:
        return cast(VoiceBackend, self.tool).offers(language)

    def fetch(self, request: FetchRequest, call: Call) -> Fetched:
        note("begin", request)
        made = cast(LinkSource, self.tool).fetch(request, call)
        note("end", request)
        return made

    def read(self, request: ReadRequest, call: Call) -> Readings:
        note("begin", request)
        made = cast(SourceReader, self.tool).read(request, call)
        note("end", request)
        return made

    def speak(self, request: SpeakRequest, call: Call) -> SpokenLine:
        note("begin", request)
        made = cast(VoiceBackend, self.tool).speak(request, call)
        note("end", request)
        return made

    def render(self, request: RenderRequest, call: Call) -> RenderedTake:
        note("begin", request)
        made = cast(VideoBackend, self.tool).render(request, call)
        note("end", request)
        return made

    def conform(self, request: ConformRequest, call: Call) -> FinishedSegment:
        note("begin", request)
        made = cast(Finisher, self.tool).conform(request, call)
        note("end", request)
        return made

    def card(self, request: CardRequest, call: Call) -> FinishedSegment:
        note("begin", request)
        made = cast(Finisher, self.tool).card(request, call)
        note("end", request)
        return made

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        note("begin", request)
        made = cast(MusicBackend, self.tool).compose(request, call)
        note("end", request)
        return made

    def sound(self, request: SoundRequest, call: Call) -> SceneSound:
        note("begin", request)
        made = cast(SoundStage, self.tool).sound(request, call)
        note("end", request)
        return made

    def mix(self, request: MixRequest, call: Call) -> MixedSound:
        note("begin", request)
        made = cast(Assembler, self.tool).mix(request, call)
        note("end", request)
        return made

    def assemble(self, request: AssembleRequest | TeaseRequest, call: Call) -> AssembledFilm:
        note("begin", request)
        made = cast(Assembler, self.tool).assemble(request, call)
        note("end", request)
        return made

    def measure(self, request: MeasureRequest, call: Call) -> Measurements:
        note("begin", request)
        made = cast(Assembler, self.tool).measure(request, call)
        note("end", request)
        return made


def reader(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("reader", "embedded")(settings))


def fetcher(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("fetcher", "embedded")(settings))


def voice(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("voice", "espeak")(settings))


def video(settings: ToolSettings) -> Counted:
    return Counted(real_or(CheapVideo, "video", settings))


def finish(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("finish", "embedded")(settings))


def music(settings: ToolSettings) -> Counted:
    return Counted(real_or(CheapMusic, "music", settings))


def sound(settings: ToolSettings) -> Counted:
    return Counted(real_or(CheapSound, "sound", settings))


def assembly(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("assembly", "embedded")(settings))
