"""The rule-based continuity checker: it needs no model and is never wrong about what it can compute."""

from agents.continuity_checker.copy_rules import near_copies
from agents.continuity_checker.coverage_rules import coverage_faults
from agents.continuity_checker.faults import Fault, SceneShots, scenes_of
from agents.continuity_checker.picture_rules import picture_faults
from agents.continuity_checker.prompt_rules import prompt_faults
from agents.continuity_checker.wardrobe_rules import wardrobe_faults
from episodes.changes import PlanScene
from episodes.episode import Episode
from episodes.notes import Note
from episodes.shots import Shot
from episodes.story import Finding, story_of


class RuleChecker:
    """Checks by the rules of the story state."""

    async def check_script(self, episode: Episode) -> tuple[Note, ...]:
        """Return what can't be in the script. Raises `ValueError` for an episode without one."""
        found = tuple(_script_note(finding) for finding in story_of(episode).findings)
        return (*found, *near_copies(episode))

    async def check_shots(self, episode: Episode) -> tuple[Note, ...]:
        """Return what can't be in the shots. Raises `ValueError` for an episode without a script.

        All plain repairs of a scene are one change, which each of their notes carries: applying it twice does no more.
        """
        notes: list[Note] = []
        for seen in scenes_of(episode):
            faults = (*coverage_faults(seen), *picture_faults(seen), *wardrobe_faults(seen), *prompt_faults(seen))
            mended = _mended(seen, faults, episode.locks)
            notes += [_shot_note(fault, mended if fault.mend else None) for fault in faults]
        return tuple({note.id: note for note in notes}.values())


def _script_note(finding: Finding) -> Note:
    return Note(
        target=finding.target,
        finding=finding.text,
        fix=finding.fix,
        severity=finding.severity,
        author="continuity_checker",
        remedy="rewrite",
        rule=f"continuity.{finding.rule}",
        change=finding.change,
    )


def _shot_note(fault: Fault, change: PlanScene | None) -> Note:
    return Note(
        target=fault.target,
        finding=fault.text,
        fix=fault.fix,
        severity=fault.severity,
        author="continuity_checker",
        remedy="reshoot",
        rule=f"continuity.{fault.rule}",
        change=change,
    )


def _mended(seen: SceneShots, faults: tuple[Fault, ...], locks: frozenset[str]) -> PlanScene | None:
    """Return the scene's coverage after all plain repairs; None when there is none, or when a lock forbids them."""
    if seen.scene.id in locks or "episode" in locks or not any(fault.mend for fault in faults):
        return None

    def repaired(shot: Shot) -> Shot:
        for fault in faults:
            if fault.mend is not None and fault.target == shot.id and shot.id not in locks:
                shot = fault.mend(shot)
        return shot

    shots = tuple(repaired(shot) for shot in seen.shots)
    return PlanScene(scene=seen.scene.id, shots=shots) if shots != seen.shots else None
