"""The story state of a whole episode: the typed effects of all beats, played in order, and what can't be.

This is the door: state and rules live in `story_state`, `story_rules`, `story_scenes` and `story_lines`.
"""

from episodes.brief import gag_topic
from episodes.cast import World
from episodes.changes import AddEffects, ReplaceBeat
from episodes.episode import Episode
from episodes.script import Beat, Scene, Script
from episodes.story_lines import beat_findings
from episodes.story_past import past_findings
from episodes.story_rules import LIGHT_HOURS, advance, light_at, light_fits
from episodes.story_scenes import enter_scene, opening
from episodes.story_state import Finding, PersonState, PropState, StoryState, UnitState, VehicleState
from episodes.value import Value

__all__ = [
    "LIGHT_HOURS",
    "Finding",
    "PersonState",
    "PropState",
    "Step",
    "Story",
    "StoryState",
    "UnitState",
    "VehicleState",
    "advance",
    "enter_scene",
    "light_at",
    "light_fits",
    "opening",
    "story_of",
]


class Step(Value):
    """One beat's passage."""

    beat: str
    states: tuple[StoryState, ...]
    """Before the beat, and after each of its effects."""


class Story(Value):
    """All states of an episode, and everything that can't be."""

    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    final: StoryState
    """The state after the last beat."""

    def before(self, beat_id: str) -> StoryState:
        """Return the state before the beat, or raise `KeyError`."""
        return self.during(beat_id)[0]

    def at(self, beat_id: str) -> StoryState:
        """Return the state after the beat, or raise `KeyError`."""
        return self.during(beat_id)[-1]

    def during(self, beat_id: str) -> tuple[StoryState, ...]:
        """Return the state before the beat and after each of its effects, or raise `KeyError`."""
        for step in self.steps:
            if step.beat == beat_id:
                return step.states
        raise KeyError(beat_id)


def story_of(episode: Episode) -> Story:
    """Play an episode's script. Raises `ValueError` for one without a script or a world."""
    world, script = episode.the_world, episode.the_script
    state = opening(world, script.scenes[0])
    steps: list[Step] = []
    findings: list[Finding] = []
    for index, scene in enumerate(script.scenes):
        if index == 1 and _is_flash_forward(script):
            state = _back_to_the_start(state, scene, world)
        state, found = enter_scene(state, scene, world)
        findings += found
        for beat in scene.beats:
            step, found = _play(state, beat)
            state = step.states[-1]
            steps.append(step)
            findings += found
    findings += _unpaid(script, state, _kept_open(episode))
    findings += past_findings(world, script)
    return Story(steps=tuple(steps), findings=tuple(findings), final=state)


def _play(state: StoryState, beat: Beat) -> tuple[Step, tuple[Finding, ...]]:
    states, found = _states(state, beat)
    found += [(len(beat.effects), finding) for finding in beat_findings(beat, states)]
    checked = tuple(_with_sure_repair(state, beat, index, finding, len(found)) for index, finding in found)
    return Step.model_construct(beat=beat.id, states=states), checked


def _states(state: StoryState, beat: Beat) -> tuple[tuple[StoryState, ...], list[tuple[int, Finding]]]:
    """Return the states that a beat passes through, and each finding with the number of the effect it is about."""
    states, found = [state], list[tuple[int, Finding]]()
    for index, effect in enumerate(beat.effects):
        state, findings = advance(state, effect, beat.id, together=beat.effects)
        states.append(state)
        found += [(index, finding) for finding in findings]
    return tuple(states), found


def _with_sure_repair(state: StoryState, beat: Beat, index: int, finding: Finding, before: int) -> Finding:
    """Return the finding with a repair that works: put first in the beat, else right before the effect, else none."""
    if not isinstance(finding.change, AddEffects):
        return finding
    missing = finding.change.effects
    between = (*beat.effects[:index], *missing, *beat.effects[index:])
    inserted = ReplaceBeat(beat=beat.model_copy(update={"effects": between}))
    first = beat.model_copy(update={"effects": (*missing, *beat.effects)})
    for change, mended in ((finding.change, first), (inserted, inserted.beat)):
        states, found = _states(state, mended)
        left = [other.text for _, other in found] + [other.text for other in beat_findings(mended, states)]
        if finding.text not in left and len(left) < before:
            return finding.model_copy(update={"change": change})
    return finding.model_copy(update={"change": None})


def _is_flash_forward(script: Script) -> bool:
    """Whether the film begins in the middle: a cold open that plays later than the scene after it."""
    first, second = script.scenes[0], script.scenes[1]
    return first.beats[0].purpose == "cold_open" and first.clock > second.clock


def _back_to_the_start(state: StoryState, scene: Scene, world: World) -> StoryState:
    """After a flash forward nothing of it has happened yet, but the audience remembers what was planted."""
    return opening(world, scene).model_copy(update={"planted": state.planted, "paid": state.paid})


def _kept_open(episode: Episode) -> frozenset[str]:
    """Topics of the season's gags that are to come back in a later episode, so that this one need not pay them."""
    direction = episode.brief.direction
    return (
        frozenset(gag_topic(gag) for gag in direction.gags if gag not in direction.ending) if direction else frozenset()
    )


def _unpaid(script: Script, final: StoryState, kept_open: frozenset[str]) -> tuple[Finding, ...]:
    planted_in = {
        effect.topic: beat.id
        for scene in script.scenes
        for beat in scene.beats
        for effect in beat.effects
        if effect.kind == "plant"
    }
    return tuple(
        Finding(
            rule="plant.unpaid",
            target=planted_in[topic],
            text=f"In {planted_in[topic]}, {topic!r} is planted and never comes back.",
            fix=f"Let {topic!r} come back in a later beat, or take it out.",
            severity="minor",
        )
        for topic in final.planted
        if topic in planted_in and topic not in final.paid and topic not in kept_open
    )
