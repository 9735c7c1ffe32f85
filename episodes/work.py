"""The work: tasks with recipe keys, the belt of tools that does them, and what a set of tasks asks for."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from episodes.own_media import OwnClip
from episodes.requests import OwnSound, Request
from episodes.tasks import Need, Task, TaskKind, ToolInfo
from episodes.value import Value, digest

Stage = Literal["animatic", "final"]


class Belt(Value):
    """The tools that will do the work, as far as a plan must know them."""

    reader: ToolInfo
    fetcher: ToolInfo = ToolInfo(name="embedded-fetcher", version="1", outside=True)
    """Fetches what links lead to."""
    voice: ToolInfo
    own_voice: ToolInfo = ToolInfo(name="own-reading", version="1", wall_per_second=0.2)
    """Makes a line of a recording that the person gave for it."""
    animatic: ToolInfo
    video: ToolInfo
    """Makes the final takes; its limits are what the planner obeys."""
    video_steps: tuple[ToolInfo, ...] = ()
    """Back ends that a final take goes through after that, in order: larger, smoother. Each gets the clip before it."""
    finish: ToolInfo
    music: ToolInfo
    sound: ToolInfo
    assembly: ToolInfo
    sounds: tuple[OwnSound, ...] = ()
    """The person's own recordings, in order of their names."""
    footage: tuple[OwnClip, ...] = ()
    """The person's own clips, in order of their names."""
    footage_camera: ToolInfo | None = None
    """What cuts takes from them; None where there are none."""

    @property
    def has_final_camera(self) -> bool:
        """Whether a back end other than the animatic's makes the final takes."""
        return self.video.name != self.animatic.name

    def camera(self, stage: Stage) -> ToolInfo:
        """The video back end of a stage, the first of a chain."""
        return self.animatic if stage == "animatic" else self.video

    def camera_name(self, stage: Stage) -> str:
        """Return what the end card says of a stage's picture."""
        return self.animatic.name if stage == "animatic" else ", ".join(t.name for t in (self.video, *self.video_steps))


class Cost(Value):
    """What a set of tasks asks for, at most."""

    calls: tuple[tuple[TaskKind, int], ...] = ()
    price: float = 0.0
    wall_seconds: float = 0.0

    def count(self, kind: TaskKind) -> int:
        """How many calls of one kind."""
        return dict(self.calls).get(kind, 0)


class Plan(Value):
    """Tasks in an order in which each stands after what it needs."""

    tasks: tuple[Task, ...]

    def by_key(self) -> dict[str, Task]:
        """Return the tasks by recipe key."""
        return {task.key: task for task in self.tasks}

    def of(self, kind: TaskKind) -> tuple[Task, ...]:
        """Return the tasks of one kind."""
        return tuple(task for task in self.tasks if task.kind == kind)

    def labelled(self, label: str, kind: TaskKind) -> Task:
        """Return one task by its label and kind, or raise `KeyError`."""
        for task in self.tasks:
            if task.label == label and task.kind == kind:
                return task
        raise KeyError(label)


def cost(tasks: Iterable[Task]) -> Cost:
    """Add up what these tasks ask for."""
    counts: dict[TaskKind, int] = {}
    price = wall = 0.0
    for task in tasks:
        counts[task.kind] = counts.get(task.kind, 0) + 1
        seconds = float(task.media_seconds)
        price += task.tool.price_per_call + task.tool.price_per_second * seconds
        wall += task.tool.wall_per_second * seconds
    return Cost(calls=tuple(sorted(counts.items())), price=round(price, 6), wall_seconds=round(wall, 3))


def difference(old: Plan, new: Plan) -> tuple[Task, ...]:
    """Return the tasks of `new` whose recipe `old` does not hold: what an edit makes stale."""
    known = {task.key for task in old.tasks}
    return tuple(task for task in new.tasks if task.key not in known)


def task(
    label: str,
    tool: ToolInfo,
    request: Request,
    needs: Mapping[str, str] | None = None,
    seconds: Fraction = Fraction(0),
) -> Task:
    """Return a task with its recipe key. `needs` maps names of inputs to recipe keys or file hashes."""
    wanted = tuple(Need(name=name, key=key) for name, key in sorted((needs or {}).items()))
    key = recipe_key(request, tool, {need.name: need.key for need in wanted})
    return Task(
        label=label, kind=request.kind, tool=tool, request=request, needs=wanted, media_seconds=seconds, key=key
    )


def recipe_key(request: Request, tool: ToolInfo, inputs: Mapping[str, str]) -> str:
    """Return the digest of a request, the tool that serves it and what goes in, by keys or by content hashes."""
    return digest(request, {"tool": tool.name, "version": tool.version, "inputs": dict(inputs)})
