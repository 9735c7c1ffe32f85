"""The blast radius: what a person's edit makes stale, and what it costs at most, before anything is changed or made."""

import asyncio
import math
from collections.abc import Iterable
from dataclasses import dataclass

from agents.editor import lay_like
from agents.shot_planner.model import MOST_SHOTS
from director import crews
from director.estimate import NAMES
from director.planning import planned
from director.settings import RoleName, Settings
from episodes.apply import apply, apply_all
from episodes.changes import CastNarrator, Change, LayCut, PlanScene, Rescore
from episodes.episode import Episode
from episodes.narration import narrator_voice
from episodes.notes import Note, at_least
from episodes.standing import held_shots, kept_cue, kept_shots, score_of, touched_by
from episodes.store import Head
from episodes.tasks import Task
from episodes.value import Value
from episodes.work import Belt, Cost, Plan, Stage, cost
from tools.shelf import Shelf


class Forecast(Value):
    """What an edit will make, at most."""

    pieces: tuple[Task, ...]
    """What is to be made: stale, or gone from the cache."""
    perhaps: tuple[Task, ...] = ()
    """What is to be made besides if a line turns out longer or shorter than its words let expect."""
    scenes: tuple[str, ...] = ()
    """Scenes that are planned anew."""
    questions: tuple[tuple[str, int], ...] = ()
    """Calls of language models, by the model's name, when every answer is right at once."""
    findings: tuple[Note, ...] = ()
    """What the continuity checker finds in the edited script that it did not find before."""
    slots: int = 1

    @property
    def cost(self) -> Cost:
        """All of it, at most."""
        return cost((*self.pieces, *self.perhaps))

    @property
    def minutes(self) -> float:
        """Expected time on this machine, in minutes."""
        return self.cost.wall_seconds / max(1, self.slots) / 60

    def lines(self) -> tuple[str, ...]:
        """Return what a person is asked about, a sentence a line."""
        if not self.pieces and not self.questions:
            return ("Nothing has to be made: all of it is there already.",)
        sure: dict[str, int] = {**dict(cost(self.pieces).calls)}
        most: dict[str, int] = {**dict(self.cost.calls)}
        told = [counted(kind, sure.get(kind, 0), most[kind]) for kind in NAMES if most.get(kind)]
        told += [f"{calls} {'call' if calls == 1 else 'calls'} of {name}" for name, calls in self.questions]
        price = f" Price: {self.cost.price:.2f}." if self.cost.price else " No call costs anything."
        return (f"To be made: {', '.join(told)}.", f"About {_minutes(self.minutes)}.{price}")


def counted(kind: str, sure: int, most: int) -> str:
    """Return how many pieces of a kind are made, in words: `3 to 5 takes`, `1 mix`."""
    name = NAMES[kind]
    if most == 1:
        name = _SINGLE.get(kind, name)
    return f"{sure} to {most} {name}" if sure < most else f"{most} {name}"


_SINGLE = {
    "speak": "line spoken", "control": "control video", "render": "take", "conform": "segment finished",
    "card": "card", "compose": "cue", "sound": "scene sounded", "mix": "mix", "assemble": "assembly",
    "measure": "look at the film", "tease": "teaser",
}  # fmt: skip


def _minutes(minutes: float) -> str:
    if minutes < 1:
        return f"{max(1, math.ceil(minutes * 60 / 10)) * 10} seconds"
    return f"{math.ceil(minutes)} minutes"


@dataclass(frozen=True)
class Sight:
    """What a forecast is made from: the record's head, the tools, and what lies on the shelf."""

    head: Head
    settings: Settings
    belt: Belt
    shelf: Shelf


async def forecast(sight: Sight, settled: Episode, touched: frozenset[str], changes: tuple[Change, ...]) -> Forecast:
    """Return what these changes would make stale. Nothing is asked, written or made.

    Args:
        sight: the record and the tools.
        settled: the episode as it stands, finished or not.
        touched: ids of what the person has changed before; their shots are kept.
        changes: what the person wants.

    Raises:
        ChangeRefused: one of the changes can't be made.
    """
    edited = apply_all(changes, settled)
    if edited.script is None:
        return Forecast(pieces=())
    touched |= touched_by(changes, settled)
    drafted, scenes = await _drafted(sight, settled, edited, touched)
    new = await asyncio.to_thread(_wanted, sight, drafted)
    pieces = tuple(task for task in new if not sight.shelf.find(task.key))
    unsure = tuple(name for name in scenes if _is_unsure(edited, name))
    return Forecast(
        pieces=pieces,
        perhaps=_perhaps(new, pieces, unsure, drafted),
        scenes=scenes,
        questions=_questions(sight.settings, settled, drafted, scenes),
        findings=await _findings(settled, edited),
        slots=sight.settings.slots,
    )


async def _drafted(
    sight: Sight, settled: Episode, edited: Episode, touched: frozenset[str]
) -> tuple[Episode, tuple[str, ...]]:
    """Return the edited episode as the rules would plan and cut it, and which scenes they plan anew."""
    crew, limits, anew = crews.rules_only(sight.settings), sight.belt.video.limits, []
    drafted = edited
    for scene in edited.the_script.scenes:
        if kept_cue(scene.id, settled, edited) is not None:
            continue
        anew.append(scene.id)
        held = edited.locks | held_shots(touched, settled, edited)
        plan = await crew.shot_planner.plan(edited.model_copy(update={"locks": held}), scene.id, limits)
        drafted = apply(PlanScene(scene=scene.id, shots=plan.shots), drafted)
        drafted = apply(Rescore(cue=score_of(scene, edited.cues, plan.cue)), drafted)
    if sight.settings.audio_only and drafted.narrator is None:
        voices = crews.voices(sight.settings, drafted.brief.language)
        drafted = apply(CastNarrator(voice=narrator_voice(drafted, voices)), drafted)
    bare = drafted.model_copy(update={"cut": None})
    cut = lay_like(bare, settled) if settled.cut is not None else await crew.editor.lay_cut(bare)
    return apply(LayCut(cut=cut), drafted), tuple(anew)


def _wanted(sight: Sight, episode: Episode) -> tuple[Task, ...]:
    """Return all work of the edited episode, in each stage that is made of it."""
    stages: list[Stage] = ["animatic"]
    if sight.belt.has_final_camera and not sight.settings.audio_only:
        stages.append("final")
    found: dict[str, Task] = {}
    for stage in stages:
        plan: Plan = planned(episode, stage, sight.belt, sight.head, sight.settings)
        found |= plan.by_key()
    return tuple(found.values())


def _is_unsure(episode: Episode, scene_id: str) -> bool:
    """Whether some line of a scene has never been spoken in these words by this voice."""
    return any(episode.spoken(line) is None for line in episode.the_script.scene(scene_id).lines)


def _perhaps(
    all_: Iterable[Task], sure: tuple[Task, ...], unsure: tuple[str, ...], episode: Episode
) -> tuple[Task, ...]:
    """Return what else a line of another length than expected can make stale: its scene, and what leads there."""
    if not unsure:
        return ()
    order = [scene.id for scene in episode.the_script.scenes]
    near = {order[place] for name in unsure for at in (order.index(name),) for place in (at - 1, at, at + 1)
            if 0 <= place < len(order)}  # fmt: skip
    known = {task.key for task in sure}

    def may(task: Task) -> bool:
        scene = task.label.split("-")[0].split(":")[0]
        if task.kind in ("render", "control", "conform"):
            return scene in unsure
        # A cue leads into the next one, and a voice may begin before its scene does.
        return (task.kind in ("compose", "sound") and (scene in near or scene not in order)) or task.kind in _WHOLE

    return tuple(task for task in all_ if task.key not in known and may(task))


_WHOLE = ("mix", "assemble", "measure", "tease")


def _questions(
    settings: Settings, settled: Episode, drafted: Episode, scenes: tuple[str, ...]
) -> tuple[tuple[str, int], ...]:
    kept = kept_shots(settled, drafted)
    asked: dict[RoleName, int] = {"editor": 0 if settled == drafted or settings.audio_only else 1}
    asked["shot_planner"] = sum(
        math.ceil(sum(shot.id not in kept for shot in drafted.shots_of(name)) / MOST_SHOTS) for name in scenes
    )
    asked["continuity_checker"] = int(any(shot.id not in kept for shot in drafted.shots))
    calls: dict[str, int] = {}
    for role, count in asked.items():
        if count and (name := settings.model_of(role)) is not None:
            calls[name] = calls.get(name, 0) + count
    return tuple(calls.items())


async def _findings(settled: Episode, edited: Episode) -> tuple[Note, ...]:
    """Return what the rules of continuity say of the edited script and did not say before."""
    from agents.continuity_checker import RuleChecker

    if settled.script == edited.script and settled.world == edited.world:
        return ()
    checker = RuleChecker()
    before = {(note.target, note.rule) for note in await checker.check_script(settled)}
    return tuple(
        note for note in at_least(await checker.check_script(edited), "minor") if (note.target, note.rule) not in before
    )
