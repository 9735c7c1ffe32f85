"""The whole sound is mixed by whoever makes its last part, and no picture is waited for."""

from dataclasses import dataclass, field
from typing import Any, cast

from langgraph.runtime import Runtime

from director import nodes
from director.context import Studio
from director.state import SceneState
from episodes.episode import Episode
from episodes.plan import plan
from episodes.tasks import Task
from episodes.work import Plan
from tests.planned_episode import BELT, planned_episode

EPISODE: Episode = planned_episode()


@dataclass
class Shop:
    """A studio that makes everything at once and remembers in which order."""

    work: Plan
    made: list[Task] = field(default_factory=list)

    @property
    def executor(self) -> "Shop":
        return self

    @property
    def shelf(self) -> "Shop":
        return self

    def find(self, key: str) -> Task | None:
        return next((task for task in self.made if task.key == key), None)

    def plan(self, revision: str, stage: str) -> Plan:
        return self.work

    async def make(self, revision: str, stage: str, task: Task) -> Task:
        if task not in self.made:
            self.made.append(task)
        return task


async def test_the_mix_begins_with_its_last_part_and_before_any_picture() -> None:
    shop = Shop(plan(EPISODE, BELT))
    runtime: Runtime[Studio] = Runtime(context=cast(Any, shop))
    scenes = [scene.id for scene in EPISODE.the_script.scenes]
    for number, scene in enumerate(scenes):
        state = cast(SceneState, {"revision": "r", "stage": "final", "scene": scene})
        await nodes.score(state, runtime)
        assert not [task for task in shop.made if task.kind == "mix"]
        await nodes.sound(state, runtime)
        mixed = [task for task in shop.made if task.kind == "mix"]
        assert len(mixed) == (1 if number == len(scenes) - 1 else 0)
    assert not [task for task in shop.made if task.kind in ("render", "conform", "assemble")]
