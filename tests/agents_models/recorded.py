"""A model that answers from recordings: what was answered to each prompt when it was tried alone.

A recording is a file `<label>.json` with the digest of its prompt and the answer; where none is there, the prompt is
laid into `pending/` and the question fails. Recordings are made by answering what is pending and running it again:
`python -m tests.agents_models.recorded FOLDER`.
"""

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from agents.continuity_checker import RuleChecker
from agents.continuity_checker.model import ModelChecker
from agents.editor import RuleEditor
from agents.editor.model import ModelEditor
from agents.prompts import Prompts, Rendered
from agents.researcher.model import ModelResearcher
from agents.schemas import schema_text
from agents.shot_planner import RuleShotPlanner
from agents.shot_planner.model import ModelShotPlanner
from agents.writer import RuleWriter
from agents.writer.model import ModelWriter
from agents.writer.model_drafts import ANGLES
from episodes.apply import apply_all
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.changes import LayCut, PlanScene, SetFacts, SetScript
from episodes.episode import Episode
from episodes.results import Passage, Readings
from episodes.tasks import Limits
from episodes.value import digest
from tests.offers import OFFERS

FOLDER = Path(__file__).parents[2] / "prompts"
RECORDINGS = Path(__file__).parents[1] / "recordings"
BRIEF = Brief(theme="raccoon heist at a doughnut shop", format_name="proof", seed=7)
TEXT = (
    "A raccoon entered the bakery on Plum Street at 03:12 through the delivery hatch.",
    "The night clerk counted 48 jelly doughnuts on the counter before the lights went out.",
    "Two officers waited outside for a ladder that never came.",
    "Twelve boxes were later found on the roof of the library.",
)
READINGS = Readings(passages=tuple(Passage(text=text, source="notes.md", line=n) for n, text in enumerate(TEXT, 1)))
T = TypeVar("T", bound=BaseModel)


class NotRecorded(Exception):
    """Nothing is recorded for a prompt; no hand takes it for a failure that it could get over."""


class RecordedModel:
    """A `ChatModel` over a folder of recordings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stale: list[str] = []
        self.asked: dict[str, int] = {}
        """Length in characters of each prompt, by its recording's name."""

    @property
    def name(self) -> str:
        return "recorded"

    async def ask(self, prompt: Rendered, answers_with: type[T], *, label: str) -> T:
        name = self._name(label, prompt)
        self.asked[name] = len(prompt.system) + len(prompt.user)
        path = self.folder / f"{name}.json"
        now = digest([prompt.system, prompt.user])
        if not path.exists():
            pending = self.folder / "pending"
            pending.mkdir(parents=True, exist_ok=True)
            schema = schema_text(answers_with)
            text = (
                f"SYSTEM:\n{prompt.system}\n\nUSER:\n{prompt.user}\n\nAnswer with JSON of this schema only:\n{schema}\n"
            )
            (pending / f"{name}.txt").write_text(text, encoding="utf-8")
            raise NotRecorded(f"nothing is recorded for {name}")
        kept = json.loads(path.read_text(encoding="utf-8"))
        if "answer" not in kept:
            kept = {"prompt": now, "answer": kept}
            path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if kept["prompt"] != now:
            self.stale.append(name)
        return answers_with.model_validate(kept["answer"])

    def _name(self, label: str, prompt: Rendered) -> str:
        """The label, and for a draft of a scene the number of its angle."""
        angle = next((f"-{n}" for n, text in enumerate(ANGLES, 1) if text in prompt.user), "")
        base = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") + angle
        repeated = sum(name.split("~")[0] == base for name in self.asked)
        return base if not repeated else f"{base}~{repeated}"


async def produce(model: RecordedModel) -> Episode:
    """Do all that the agents' model hands do before a picture is made."""
    prompts = Prompts(FOLDER)
    facts = await ModelResearcher(model, prompts).digest(BRIEF, READINGS)
    writer = ModelWriter(model, prompts, RuleWriter(FOLDER))
    play = await writer.write(BRIEF, facts, Bible(show=BRIEF.show), OFFERS)
    changes = (SetFacts(facts=facts), SetScript(world=play.world, script=play.script))
    episode = apply_all(changes, Episode(brief=BRIEF), by="person")
    checker = ModelChecker(model, prompts, RuleChecker())
    await checker.check_script(episode)
    planner = ModelShotPlanner(model, prompts, RuleShotPlanner())
    for scene in episode.the_script.scenes:
        plan = await planner.plan(episode, scene.id, Limits())
        change = PlanScene(scene=plan.scene, shots=plan.shots, cue=plan.cue)
        episode = apply_all((change,), episode, by="person")
    await checker.check_shots(episode)
    cut = await ModelEditor(model, prompts, RuleEditor()).lay_cut(episode)
    return apply_all((LayCut(cut=cut),), episode, by="person")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    try:
        made = asyncio.run(produce(RecordedModel(folder)))
        print(f"complete: {len(made.the_script.lines)} lines, {len(made.shots)} shots")
    except NotRecorded as missing:
        print(missing, *sorted(path.name for path in (folder / "pending").glob("*.txt")), sep="\n  ")
