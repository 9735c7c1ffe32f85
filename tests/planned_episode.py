"""The clean episode, cast, covered and cut, with a narrator: what plans and layouts are tried on."""

import asyncio

from agents.editor import RuleEditor
from agents.shot_planner import RuleShotPlanner
from episodes.apply import apply
from episodes.cast import VoiceCast, VoiceOffer
from episodes.changes import CastNarrator, LayCut, PlanScene, Recast, Rescore
from episodes.episode import Episode
from episodes.format import FormatName
from episodes.narration import narrator_voice
from episodes.tasks import Limits, ToolInfo
from episodes.work import Belt
from tests.clean_script import clean_episode


def tool(name: str) -> ToolInfo:
    return ToolInfo(name=name, version="1")


BELT = Belt(
    reader=tool("reader"), voice=tool("voice"), animatic=tool("video"), video=tool("video"), finish=tool("finish"),
    music=tool("music"), sound=tool("sound"), assembly=tool("assembly"),
)  # fmt: skip


def planned_episode(format_name: FormatName | None = None) -> Episode:
    made = clean_episode()
    if format_name:
        made = made.model_copy(update={"brief": made.brief.model_copy(update={"format_name": format_name})})
    for number, character in enumerate(made.the_world.characters):
        made = apply(Recast(character=character.id, voice=VoiceCast(engine="voice", variant=f"v{number}")), made)
    for scene in made.the_script.scenes:
        planned = asyncio.run(RuleShotPlanner().plan(made, scene.id, Limits()))
        made = apply(PlanScene(scene=scene.id, shots=planned.shots), made)
        made = apply(Rescore(cue=planned.cue), made)
    made = apply(LayCut(cut=asyncio.run(RuleEditor().lay_cut(made))), made)
    offers = tuple(VoiceOffer(engine="voice", variant=f"v{n}", suits="they", pitch_hz=100) for n in range(20))
    return apply(CastNarrator(voice=narrator_voice(made, offers)), made)
