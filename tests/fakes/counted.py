"""Tools that count: each writes down every call that begins and ends, then lets the embedded tool do the work.

They enter by the same door as the real ones: `director.toml` names them as `counted:video` and so on. The notes go to
the folder that `TENFOUR_COUNT` names, one line a call, so that they survive whatever kills the production.
"""

import os
from pathlib import Path
from typing import cast

from episodes.tasks import (
    AssembledFilm,
    AssembleRequest,
    CardRequest,
    ComposedCue,
    ComposeRequest,
    ConformRequest,
    FinishedSegment,
    Measurements,
    MeasureRequest,
    Readings,
    ReadRequest,
    RenderedTake,
    RenderRequest,
    Request,
    SceneSound,
    SoundRequest,
    SpeakRequest,
    SpokenLine,
    ToolInfo,
)
from episodes.value import digest
from tools import registry
from tools.protocols import (
    Assembler,
    Call,
    Finisher,
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


class Counted:
    """Wraps any embedded tool."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool

    @property
    def info(self) -> ToolInfo:
        return self.tool.info

    def variants(self, language: str) -> tuple[str, ...]:
        return cast(VoiceBackend, self.tool).variants(language)

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

    def assemble(self, request: AssembleRequest, call: Call) -> AssembledFilm:
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


def voice(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("voice", "espeak")(settings))


def video(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("video", "embedded")(settings))


def finish(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("finish", "embedded")(settings))


def music(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("music", "embedded")(settings))


def sound(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("sound", "embedded")(settings))


def assembly(settings: ToolSettings) -> Counted:
    return Counted(registry.factory("assembly", "embedded")(settings))
