"""Which tools exist, by kind and name. Built-in ones and those of installed packages enter by the same door."""

import importlib
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Literal, cast

from episodes.errors import BackendUnavailable
from tools.protocols import Tool, ToolSettings

if TYPE_CHECKING:
    from tools.spaces.wishes import Purpose

BackendKind = Literal["reader", "fetcher", "voice", "video", "finish", "music", "sound", "assembly"]
Factory = Callable[[ToolSettings], Tool]

BUILT_IN: dict[BackendKind, dict[str, str]] = {
    "reader": {"embedded": "tools.sources.reader:build"},
    "fetcher": {"embedded": "tools.sources.links:build"},
    "voice": {
        "auto": "tools.voice.ensemble:build",
        "espeak": "tools.voice.espeak:build",
        "flite": "tools.voice.flite:build",
        "festival": "tools.voice.festival:build",
        "piper": "tools.voice.piper:build",
        "bark": "tools.voice.bark:build",
        "openai": "tools.voice.openai_speech:build",
        "own-reading": "tools.voice.own_reading:build",
    },
    "video": {
        "embedded": "tools.video.embedded:build",
        "wan": "tools.video.local_video:build",
        "ltx": "tools.video.local_video:build",
        "cogvideox": "tools.video.local_video:build",
        "zeroscope-local": "tools.video.local_video:build",
        "openai-images": "tools.video.openai_images:build",
        "interpolate": "tools.video.smoothing:build",
        "footage": "tools.video.footage:build",
    },
    "finish": {"embedded": "tools.finish.conform:build"},
    "music": {"embedded": "tools.music.embedded:build", "musicgen": "tools.music.musicgen:build"},
    "sound": {"embedded": "tools.sound.stage:build"},
    "assembly": {"embedded": "tools.assembly.assembler:build"},
}
"""Name of each factory as `module:function`; the module is imported when the tool is first built."""

SPACES: dict[BackendKind, str] = {
    "video": "tools.video.space:build",
    "voice": "tools.voice.space:build",
    "music": "tools.music.space:build",
}
"""Factories of back ends that a Gradio Space serves, whichever it is."""


def names(kind: BackendKind) -> tuple[str, ...]:
    """Return the names of all back ends of a kind, built-in ones first."""
    outside = entry_points(group=f"tenfour.{kind}").names
    presets = [name for name in _presets(kind) if name not in BUILT_IN[kind]]
    return (*BUILT_IN[kind], *presets, *sorted(outside - set(BUILT_IN[kind]) - set(presets)))


def _presets(kind: BackendKind) -> tuple[str, ...]:
    """Return the names of the Spaces that are known by one."""
    if kind not in SPACES:
        return ()
    from tools.spaces.presets import presets

    return tuple(presets(cast("Purpose", kind)))


def _space(kind: BackendKind, name: str) -> str | None:
    """Return the factory for a Space: `owner/space`, an address, or the name of a preset; None for no Space."""
    if kind not in SPACES or not ("/" in name or name == "space" or name in _presets(kind)):
        return None
    return SPACES[kind]


def factory(kind: BackendKind, name: str) -> Factory:
    """Return the factory of a back end.

    `name` is a registered name, a Gradio Space (`owner/space`, an address, a preset's name) or, for a back end in a
    file of one's own, `module:function`.
    Raises `BackendUnavailable` when there is none of this name or its module can't be imported.
    """
    target = BUILT_IN[kind].get(name) or _space(kind, name) or (name if ":" in name else None)
    for entry in entry_points(group=f"tenfour.{kind}", name=name):
        target = target or entry.value
    if target is None:
        known = ", ".join(names(kind))
        raise BackendUnavailable(f"There is no {kind} back end {name!r}; there are: {known}.")
    module, _, function = target.partition(":")
    try:
        made: Factory = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise BackendUnavailable(f"The {kind} back end {name!r} can't be loaded: {error}.") from error
    return made
