"""Rules about the words of prompts: what a video model would draw wrong because of them."""

from collections.abc import Iterator

from agents.continuity_checker.faults import Fault, SceneShots
from agents.shot_planner.prompt_lint import lint, mended
from episodes.cast import World
from episodes.shots import Shot


def prompt_faults(seen: SceneShots) -> Iterator[Fault]:
    """Return what the linter finds in the prompts of a scene.

    What can be repaired without asking anybody is minor and brings its repair; the rest is a remark.
    """
    for shot in seen.shots:
        world = _as_worn(seen, shot)
        found = lint(shot.prompt, shot, world)
        if not found:
            continue
        better = mended(shot.prompt, shot, world)
        left = {finding.rule for finding in lint(better, shot, world)}

        def mend(shot: Shot, better: str = better) -> Shot:
            return shot.model_copy(update={"prompt": better})

        for finding in found:
            repaired = finding.rule not in left
            yield Fault(
                f"prompt.{finding.rule}",
                shot.id,
                f"In shot {shot.id}: {finding.text}",
                finding.fix,
                severity="minor" if repaired else "remark",
                mend=mend if repaired else None,
            )


def _as_worn(seen: SceneShots, shot: Shot) -> World:
    """Return the world with everybody in what they wear when the shot begins."""
    states = seen.states(shot)
    worn = {person.id: person.wardrobe for person in states[0].people} if states else {}
    return seen.world.model_copy(
        update={
            "characters": tuple(
                one.model_copy(update={"wardrobe": worn.get(one.id, one.wardrobe)}) for one in seen.world.characters
            )
        }
    )
