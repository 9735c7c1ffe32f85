"""The task: a request with the tool that serves it and the recipe keys of what it needs; what the plan is made of."""

from fractions import Fraction
from typing import Literal

from episodes.requests import ControlPass, Request
from episodes.value import Seconds, Value

TaskKind = Literal[
    "fetch", "read", "speak", "render", "control", "conform", "card", "compose", "sound", "mix", "assemble",
    "measure", "tease",
]  # fmt: skip


class Limits(Value):
    """What a video back end can do; the planner obeys the final one's from the start."""

    min_seconds: Seconds = Fraction(0)
    max_seconds: Seconds = Fraction(60)
    """Longest take, without handles."""
    start_image: bool = False
    control: ControlPass | None = None
    """Which kind of control video it wants with each shot; None for none."""


class ToolInfo(Value):
    """What the plan must know of a tool: enough for keys, prices and times."""

    name: str
    version: str
    """Bump it when the same request would give other media."""
    outside: bool = False
    """Whether a call leaves this machine or costs money."""
    price_per_call: float = 0.0
    """In the person's currency units; an upper bound."""
    price_per_second: float = 0.0
    """For each second of media."""
    wall_per_second: float = 1.0
    """Rough seconds of waiting for each second of media, for the estimate."""
    limits: Limits = Limits()


class Need(Value):
    """One input of a task: the artefact of another one, or a file of the person's."""

    name: str
    """As the request's docstring names it: `take`, `line:S02-L03`."""
    key: str
    """Recipe key of what is needed; for a file of the person's, the SHA-256 of its bytes."""


class Task(Value):
    """One piece of work: picklable, and known before anything is made."""

    label: str
    """What a person sees: `S02-04_T1`, `S02-L03_R1`."""
    kind: TaskKind
    tool: ToolInfo
    request: Request
    needs: tuple[Need, ...] = ()
    media_seconds: Seconds = Fraction(0)
    """Length of what it makes, for price and time."""
    key: str
    """Recipe key: digest of request, tool name and version, and the recipe keys of the needs."""
