"""What `python main.py backends` says: which back ends there are, what each lacks, and whether one really works."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Protocol, cast, get_args, runtime_checkable

from director import crews, models
from director.estimate import draft
from director.settings import Settings
from episodes.brief import Brief
from episodes.cast import VoiceCast
from episodes.errors import BackendUnavailable, InputRefused, ProductionError
from episodes.requests import ComposeRequest, RenderRequest, SpeakRequest
from episodes.results import ComposedCue, RenderedTake, Result, SpokenLine
from episodes.take_plan import render_tasks
from episodes.tasks import Task
from episodes.theme import found_theme
from episodes.value import Value
from episodes.work import Belt, recipe_key, task
from tools import registry, worker
from tools.protocols import Call, Input, Readiness, Tool, VoiceBackend
from tools.registry import BackendKind

KINDS: tuple[BackendKind, ...] = get_args(BackendKind)
CHECKED: tuple[BackendKind, ...] = ("video", "voice", "music")
"""Kinds of which one may choose among several, and that can be tried with a tiny call."""
STATES = {True: "ready  ", False: "missing"}
SAID = "Ten-four, show me on scene."
_SECONDS = Fraction(2)


@runtime_checkable
class SaysReadiness(Protocol):
    """A tool that knows what it lacks."""

    def readiness(self) -> Readiness:
        """Return whether it could work now; makes nothing and costs nothing."""


@runtime_checkable
class Describes(Protocol):
    """A tool that can show how it understands what it talks to."""

    def describe(self) -> str:
        """Return the mapping of our words to its own, in lines. Raises `ToolError`."""


class Row(Value):
    """One line of the list."""

    kind: str
    name: str
    in_use: bool
    """Whether the settings name it."""
    ready: bool
    what: str


class Checked(Value):
    """What came of one tiny call."""

    kind: str
    name: str
    seconds: float
    """How long it took."""
    what: str
    file: str


def listed(settings: Settings) -> tuple[Row, ...]:
    """Return every back end and what it lacks. Nothing is made, and no model is loaded."""
    rows = [_model_row(settings)]
    for kind in KINDS:
        used = settings.cameras if kind == "video" else (settings.backend(kind),)
        for name in dict.fromkeys((*used, *registry.names(kind))):
            readiness = readiness_of(settings, kind, name)
            rows.append(Row(kind=kind, name=name, in_use=name in used, ready=readiness.ready, what=readiness.what))
    return tuple(rows)


def readiness_of(settings: Settings, kind: BackendKind, name: str) -> Readiness:
    """Return whether a back end could work now."""
    try:
        tool = worker.build(kind, name, settings.tool(kind, name))
        if isinstance(tool, SaysReadiness):
            return tool.readiness()
        return Readiness(True, f"{tool.info.name} {tool.info.version}, on this machine.")
    except ProductionError as error:
        return Readiness(False, str(error))


def _model_row(settings: Settings) -> Row:
    if not settings.uses_model:
        what = "None: the agents go by rules. Set OPENAI_API_KEY, or OPENAI_BASE_URL and --model."
        return Row(kind="model", name="rules", in_use=True, ready=True, what=what)
    names = ", ".join(dict.fromkeys([*([settings.model] if settings.model else []), *settings.models.values()]))
    what = f"At {settings.base_url or models.OPENAI_ADDRESS}, {'with a' if settings.api_key else 'without a'} key."
    return Row(kind="model", name=names, in_use=True, ready=True, what=what)


def kind_of(name: str, wanted: str = "") -> BackendKind:
    """Return the kind of a back end by its name; `wanted` decides where several kinds know it.

    Raises `InputRefused` with what there is.
    """
    if wanted:
        if wanted not in KINDS:
            raise InputRefused(f"{wanted!r} is no kind of back end; there are: {', '.join(KINDS)}.")
        return wanted
    found = [kind for kind in CHECKED if name in registry.names(kind)]
    if len(found) > 1:
        raise InputRefused(f"{name!r} is the name of several back ends: add --kind {' or --kind '.join(found)}.")
    if found or "/" in name or ":" in name:
        return found[0] if found else "video"
    known = ", ".join(sorted({each for kind in CHECKED for each in registry.names(kind)}))
    raise InputRefused(f"There is no back end {name!r}; there are: {known}, and Spaces as owner/name.")


def described(settings: Settings, kind: BackendKind, name: str) -> str:
    """Return how a back end understands what it talks to. Raises `ToolError`."""
    tool = worker.build(kind, name, settings.tool(kind, name))
    if isinstance(tool, Describes):
        return tool.describe()
    info = tool.info
    limits = f"takes of {float(info.limits.min_seconds):g} to {float(info.limits.max_seconds):g} s"
    return f"{info.name} {info.version}: {limits}." if kind == "video" else f"{info.name} {info.version}."


def check(settings: Settings, kind: BackendKind, name: str) -> Checked:
    """Make one tiny call and return what came of it; the file stays in the cache. Raises `ProductionError`."""
    if kind not in CHECKED:
        raise InputRefused(f"Only back ends for {', '.join(CHECKED)} can be checked by a call.")
    tool = worker.build(kind, name, settings.tool(kind, name))
    folder = settings.cache / "checks"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        trial, inputs = _trial(settings, kind, tool, Path(scratch))
        into = Path(scratch) / "made"
        into.mkdir()
        began = time.monotonic()
        result = worker.perform(tool, trial, Call(into=into, inputs=inputs))
        took = time.monotonic() - began
        file, what = _found(result)
        kept = folder / f"{kind}-{recipe_key(trial.request, tool.info, {})[:12]}{Path(file).suffix}"
        shutil.move(into / file, kept)
    return Checked(kind=kind, name=name, seconds=round(took, 1), what=what, file=str(kept))


def _trial(settings: Settings, kind: BackendKind, tool: Tool, scratch: Path) -> tuple[Task, Mapping[str, Input]]:
    """Return a tiny task for a tool, and what it needs."""
    if kind == "video":
        return _shot(settings, tool, scratch)
    if kind == "voice":
        offers = cast(VoiceBackend, tool).offers("en")
        if not offers:
            raise BackendUnavailable(f"{tool.info.name} offers no English voice.")
        voice = VoiceCast(engine=offers[0].engine, variant=offers[0].variant)
        request = SpeakRequest(text=SAID, voice=voice, delivery="calm", language="en", reading=1)
        return task("check", tool.info, request, seconds=_SECONDS), {}
    theme = found_theme("Night Shift")
    score = ComposeRequest(mood="quiet", seconds=2 * _SECONDS, tempo=96, key="D minor", theme=theme, seed=1)
    return task("check", tool.info, score, seconds=2 * _SECONDS), {}


def _shot(settings: Settings, tool: Tool, scratch: Path) -> tuple[Task, Mapping[str, Input]]:
    """Return a short shot of an invented episode, and the animatic and control video that the tool asks for."""
    brief = Brief(theme="a raccoon at a doughnut shop", minutes=0.5, format_name="proof", seed=1)
    plain = settings.model_copy(update={"backends": {"voice": "espeak"}, "models": {}, "model": None})
    episode = asyncio.run(draft(brief, plain))
    belt: Belt = crews.belt(plain).model_copy(update={"video": tool.info, "video_steps": ()})
    silent = [shot for shot in episode.shots if not any(event.kind == "mouth" for event in shot.events)]
    shot = min(silent or episode.shots, key=lambda one: one.seconds)
    *before, last = render_tasks(episode, belt, shot, "final")
    made = dict(_made(settings, before, scratch))
    inputs = {need.name: made[need.key] for need in last.needs if need.key in made}
    if before or any(need.name == "clip" for need in last.needs):
        return last, inputs
    return last, inputs | dict(_clip(settings, last, scratch))


def _made(settings: Settings, tasks: list[Task], scratch: Path) -> Iterator[tuple[str, Input]]:
    name = settings.backend("animatic")
    for number, one in enumerate(tasks):
        into = scratch / f"before-{number}"
        into.mkdir()
        result = worker.perform(worker.build("video", name, settings.tool("video", name)), one, Call(into=into))
        yield one.key, Input(folder=into, result=result)


def _clip(settings: Settings, last: Task, scratch: Path) -> Iterator[tuple[str, Input]]:
    """Yield the animatic's take as the clip of a chain's later step: who takes none passes it by."""
    request = last.request
    assert isinstance(request, RenderRequest)
    for _, made in _made(settings, [last], scratch):
        yield "clip", made


def _found(result: Result) -> tuple[str, str]:
    """Return the file of a result and what it is, in words."""
    if isinstance(result, RenderedTake):
        seconds = result.frames / result.fps
        return result.file, f"{result.width}×{result.height}, {result.frames} frames at {result.fps:g}, {seconds:.1f} s"
    if isinstance(result, SpokenLine):
        return "line.wav", f"{float(result.seconds):.1f} s of speech: {SAID!r}"
    assert isinstance(result, ComposedCue)
    return "music.wav", f"{float(result.seconds):.1f} s of music"


def said(settings: Settings) -> str:
    """Return the list in lines: a mark for what is in use, the kind, the name, and what it is or lacks."""
    rows = listed(settings)
    wide = max(len(row.name) for row in rows)
    return "\n".join(
        f"{'*' if row.in_use else ' '} {row.kind:<8} {row.name:<{wide}}  {STATES[row.ready]}  {row.what}"
        for row in rows
    )
