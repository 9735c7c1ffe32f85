"""Several drafts of one scene, and which of them is filmed: the one in which the checker finds least, then the funnier.

Each draft is asked with another angle, so that three drafts are three jokes and not one joke three times.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable

from agents.writer.model_answers import SceneAnswer
from episodes.brief import Brief
from episodes.cast import World
from episodes.episode import Episode
from episodes.errors import ModelError
from episodes.script import Scene, Script
from episodes.story import story_of
from episodes.value import Value

ANGLES = (
    "Let the procedure make it worse: somebody follows a rule exactly, and the rule helps the wrong side.",
    "Let the picture contradict the words: what is said is calm and correct, what is seen is neither.",
    "Let the one with the least rank win: a plain question or one kind word undoes everybody above it.",
)
LONGEST = 14
"""Words of a line (craft: 4 to 14)."""
_DETAIL = re.compile(r"\d|\b(two|three|four|five|six|seven|eight|nine|eleven|twelve|dozen|hundred|inches|feet)\b")


class Wanted(Value):
    """What the plan of the episode asks of one scene."""

    lines: int
    runner: str = ""
    """Words of the running gag that must be heard in it; empty when it has none."""
    things: tuple[str, ...] = ()
    """Ids of the theme's creature and things, one of which must act."""


class Draft(Value):
    """A draft, built, with its score."""

    scene: Scene
    answer: SceneAnswer
    score: float


async def best_draft(
    ask: Callable[[str], Awaitable[SceneAnswer]],
    build: Callable[[SceneAnswer], Scene],
    judge: "Judge",
    drafts: int,
) -> Draft:
    """Ask for so many drafts at once and return the best. Raises `ModelError` when not one was answered."""
    angles = ANGLES[:drafts] if drafts > 1 else ("",)
    answers = await asyncio.gather(*(ask(angle) for angle in angles), return_exceptions=True)
    made: list[Draft] = []
    failed: list[ModelError] = []
    for answer in answers:
        if isinstance(answer, ModelError):
            failed.append(answer)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            scene = build(answer)
            made.append(Draft(scene=scene, answer=answer, score=judge.score(scene)))
    if not made:
        raise failed[0]
    return max(made, key=lambda draft: draft.score)


class Judge:
    """Scores drafts of the next scene of a script."""

    def __init__(self, brief: Brief, world: World, before: tuple[Scene, ...], wanted: Wanted) -> None:
        self.brief, self.world, self.before, self.wanted = brief, world, before, wanted

    def score(self, scene: Scene) -> float:
        """Return the score of a draft; each contradiction outweighs every merit."""
        return -12.0 * self._findings(scene) + self._craft(scene) + self._plan(scene)

    def _findings(self, scene: Scene) -> int:
        script = Script(title="-", logline="-", scenes=(*self.before, scene))
        found = story_of(Episode(brief=self.brief, world=self.world, script=script)).findings
        # What is planted so far may still be paid in a later scene.
        return sum(finding.target.startswith(scene.id) and finding.rule != "plant.unpaid" for finding in found)

    def _craft(self, scene: Scene) -> float:
        texts = [line.text for line in scene.lines]
        said = {line.text.lower() for earlier in self.before for line in earlier.lines}
        speakers = Counter(line.speaker for line in scene.lines)
        never = {person.id: person.never_says.lower() for person in self.world.characters if person.never_says}
        forbidden = sum(never.get(line.speaker, "\0") in line.text.lower() for line in scene.lines)
        last = len(texts[-1].split()) if texts else LONGEST
        return (
            -1.0 * sum(max(0, len(text.split()) - LONGEST) for text in texts)
            - 4.0 * sum(text.lower() in said for text in texts)
            - 4.0 * forbidden
            - 3.0 * (len(texts) - len(set(texts)))
            - 6.0 * max(0.0, max(speakers.values(), default=0) / max(1, len(texts)) - 0.6)
            + 4.0 * sum(bool(_DETAIL.search(text)) for text in texts) / max(1, len(texts))
            + 2.0 * any(beat.picture_gag for beat in scene.beats)
            + 1.5 * (last <= 8)
        )

    def _plan(self, scene: Scene) -> float:
        heard = " ".join(line.text.lower() for line in scene.lines)
        actors = {actor for beat in scene.beats for actor in beat.actors}
        names = [prop.name.lower() for prop in self.world.props]
        acts = bool(actors & set(self.wanted.things)) or any(name in heard for name in names)
        words = [word for word in re.findall(r"[\w'-]+", self.wanted.runner.lower()) if len(word) > 3]
        returns = not words or any(word in heard for word in words)
        return 3.0 * acts + 4.0 * returns - 1.0 * abs(len(scene.lines) - self.wanted.lines)


__all__ = ["ANGLES", "Draft", "Judge", "Wanted", "best_draft"]
