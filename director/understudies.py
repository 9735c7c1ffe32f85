"""Who stands in where a back end does not deliver: other words first, then the tools that need nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from agents.shot_planner.softening import implied, neutral
from director.settings import Settings
from episodes.cast import VoiceCast, VoiceOffer
from episodes.errors import RequestRejected, ToolError
from episodes.requests import ComposeRequest, RenderRequest, SpeakRequest
from episodes.tasks import Task, ToolInfo
from episodes.value import seed_from
from episodes.work import Belt, task
from tools import worker
from tools.protocols import VoiceBackend
from tools.registry import BackendKind

EMBEDDED_VOICE = "espeak"
"""The voice back end that is always there."""


@dataclass(frozen=True)
class Understudy:
    """One way to have a task's media after all."""

    backend: str
    """Registry's name of the tool; empty where an input is taken as it is."""
    task: Task
    """What is made instead; for an input, the task itself."""
    lost: str
    """What the film loses by it, in words; empty for nothing."""
    input: str = ""
    """Name of the input that is taken instead."""


Understudies = Callable[[Task, str, ToolError], Sequence[Understudy]]
"""From a task, its back end's name and what went wrong to those who may stand in, the best first."""


def nobody(failed: Task, backend: str, error: ToolError) -> Sequence[Understudy]:
    """Let nobody stand in."""
    return ()


@dataclass(frozen=True)
class Company:
    """The embedded tools, and who of them can play what."""

    settings: Settings
    belt: Belt
    voices: tuple[VoiceOffer, ...]
    """What was offered to casting: tells which pronoun a voice was taken for."""

    def __call__(self, failed: Task, backend: str, error: ToolError) -> Sequence[Understudy]:
        """Return who may stand in; see `Understudies`."""
        request = failed.request
        if isinstance(request, RenderRequest):
            reworded = self._reworded(failed, backend, request) if isinstance(error, RequestRejected) else ()
            return (*reworded, *self._pictures(failed))
        if isinstance(request, SpeakRequest):
            return self._voices(failed, request)
        if isinstance(request, ComposeRequest) and backend != "embedded":
            tool = self._info("music", "embedded")
            return (_instead(failed, "embedded", tool, "the score is the embedded band's"),)
        return ()

    def _reworded(self, failed: Task, backend: str, request: RenderRequest) -> tuple[Understudy, ...]:
        """The same camera, asked more gently: in neutral words, then by what the deed leads to."""
        found = []
        for prompt, lost in (neutral(request.shot, request.world), implied(request.shot, request.world)):
            if prompt and prompt != request.shot.prompt:
                asked = request.model_copy(update={"shot": request.shot.model_copy(update={"prompt": prompt})})
                needs = {need.name: need.key for need in failed.needs}
                again = task(failed.label, failed.tool, asked, needs, failed.media_seconds)
                found.append(Understudy(backend, again, lost))
        return tuple(found)

    def _pictures(self, failed: Task) -> tuple[Understudy, ...]:
        if any(need.name == "clip" for need in failed.needs):
            # A later step only makes a take larger or smoother: without it the take is still the real one.
            return (Understudy("", failed, f"not gone through {failed.tool.name}", input="clip"),)
        if failed.tool == self.belt.animatic:
            return ()
        needs = {need.name: need.key for need in failed.needs if need.name.startswith("line:")}
        drawn = task(failed.label, self.belt.animatic, failed.request, needs, failed.media_seconds)
        return (Understudy(self.settings.backend("animatic"), drawn, "the animatic's picture is shown"),)

    def _voices(self, failed: Task, request: SpeakRequest) -> tuple[Understudy, ...]:
        tool = self._info("voice", EMBEDDED_VOICE)
        if request.voice.engine == "espeak-ng":
            return ()
        spoken = request.model_copy(update={"voice": self._like(request.voice, request.language), "own": None})
        again = task(failed.label, tool, spoken, seconds=failed.media_seconds)
        return (Understudy(EMBEDDED_VOICE, again, f"{request.voice.variant} is not heard in it"),)

    def _like(self, wanted: VoiceCast, language: str) -> VoiceCast:
        """Return an embedded voice for the same pronoun; the same for all lines of a part."""
        worn = {(one.engine, one.variant): one.suits for one in self.voices}
        suits = worn.get((wanted.engine, wanted.variant), "they")
        tool = worker.build("voice", EMBEDDED_VOICE, self.settings.tool("voice", EMBEDDED_VOICE))
        offers = cast(VoiceBackend, tool).offers(language)
        able = [one for one in offers if suits == "they" or one.suits in (suits, "they")] or list(offers)
        chosen = able[seed_from("understudy", wanted.engine, wanted.variant) % len(able)]
        return wanted.model_copy(update={"engine": chosen.engine, "variant": chosen.variant})

    def _info(self, kind: BackendKind, name: str) -> ToolInfo:
        return worker.build(kind, name, self.settings.tool(kind, name)).info


def _instead(failed: Task, backend: str, tool: ToolInfo, lost: str) -> Understudy:
    needs = {need.name: need.key for need in failed.needs}
    return Understudy(backend, task(failed.label, tool, failed.request, needs, failed.media_seconds), lost)
