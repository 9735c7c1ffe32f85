"""Who works on an episode: the belt of tools and the five roles, as the settings ask for them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from agents.continuity_checker import RuleChecker
from agents.editor import RuleEditor
from agents.protocols import Assistant, SeasonPlanner
from agents.researcher import RuleResearcher
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from director import models
from director.context import Crew
from director.events import Listener
from director.settings import FOOTAGE, HOME, OWN_READING, ROLES, Settings
from episodes.cast import VoiceOffer
from episodes.store import Answered
from episodes.tasks import ToolInfo
from episodes.work import Belt
from tools import worker
from tools.ledger import Ledger
from tools.protocols import VoiceBackend
from tools.registry import BackendKind

if TYPE_CHECKING:
    from agents import handover

PROMPTS = HOME / "prompts"

Report = Callable[[Answered], None]


def belt(settings: Settings) -> Belt:
    """Return the tools that the settings name. Raises `BackendUnavailable` for one that can't be built."""
    first, *rest = settings.cameras
    return Belt(
        reader=_info(settings, "reader"),
        fetcher=_info(settings, "fetcher"),
        voice=_info(settings, "voice"),
        own_voice=_info(settings, "voice", OWN_READING),
        animatic=_info(settings, "video", settings.backend("animatic")),
        video=_info(settings, "video", first),
        video_steps=tuple(_info(settings, "video", name) for name in rest),
        finish=_info(settings, "finish"),
        music=_info(settings, "music"),
        sound=_info(settings, "sound"),
        assembly=_info(settings, "assembly"),
        sounds=tuple(one.sound for one in settings.recordings),
        footage=tuple(one.clip for one in settings.clips),
        footage_camera=_info(settings, "video", FOOTAGE),
    )


def _info(settings: Settings, kind: BackendKind, name: str | None = None) -> ToolInfo:
    name = name or settings.backend(kind)
    return worker.build(kind, name, settings.tool(kind, name)).info


def voices(settings: Settings, language: str) -> tuple[VoiceOffer, ...]:
    """Return the voices to cast from: those that are on this machine now, best first."""
    tool = worker.build("voice", settings.backend("voice"), settings.tool("voice"))
    return cast(VoiceBackend, tool).offers(language)


def rules_only(settings: Settings) -> Crew:
    """Return the crew that asks no model."""
    return Crew(
        researcher=RuleResearcher(),
        writer=RuleWriter(PROMPTS),
        shot_planner=RuleShotPlanner(),
        continuity_checker=RuleChecker(),
        editor=RuleEditor(),
    )


def season_planner(
    settings: Settings, report: Report, replies: Path, ledger: Ledger, listener: Listener
) -> SeasonPlanner:
    """Return who plans seasons: the writer's model first where there is one, and the rules. See `crew`."""
    from agents.season_planner.rules import RuleSeasonPlanner

    rules = RuleSeasonPlanner(PROMPTS)
    if settings.model_of("writer") is None:
        return rules
    from agents import handover
    from agents.prompts import Prompts
    from agents.season_planner.model import ModelSeasonPlanner

    chat = models.chats(settings, replies, ledger, listener)("writer")
    assert chat is not None
    planner = ModelSeasonPlanner(chat, Prompts(PROMPTS), rules)
    return handover.SeasonPlannerWithHandover(planner, rules, chat.name, _telling(report))


def assistant(settings: Settings, language: str, replies: Path, ledger: Ledger, listener: Listener) -> Assistant:
    """Return who understands what a person says in a chat.

    The grammar answers what it understands whole; a model, where the settings name one, reads the rest. Accepted
    replies are kept in the folder `replies`, what they cost in the ledger.
    """
    from agents.assistant import ModelAssistant, RuleAssistant

    rules = RuleAssistant(voices(settings, language))
    if settings.model_of("assistant") is None:
        return rules
    from agents import handover
    from agents.prompts import Prompts

    chat = models.chats(settings, replies, ledger, listener)("assistant")
    assert chat is not None
    model = ModelAssistant(chat, Prompts(PROMPTS), rules)
    return handover.AssistantWithHandover(model, rules, chat.name, lambda answered: None)


def crew(settings: Settings, report: Report, replies: Path, ledger: Ledger, listener: Listener) -> Crew:
    """Return the crew that the settings ask for; a role with a model asks it first and its rules after.

    `report` is told who answered; accepted replies are kept in the folder `replies`, what they cost in the ledger.
    """
    rules = rules_only(settings)
    if not settings.uses_model:
        return rules
    # The model's hands bring LangChain with them, which a run by rules need not wait for.
    from agents import handover
    from agents.continuity_checker.model import ModelChecker
    from agents.editor.model import ModelEditor
    from agents.prompts import Prompts
    from agents.researcher.model import ModelResearcher
    from agents.shot_planner.model import ModelShotPlanner
    from agents.writer.model import ModelWriter

    chat_of, prompts, tell = models.chats(settings, replies, ledger, listener), Prompts(PROMPTS), _telling(report)
    made = rules
    if chat := chat_of("researcher"):
        researcher = ModelResearcher(chat, prompts)
        both = handover.ResearcherWithHandover(researcher, rules.researcher, chat.name, tell)
        made = replace(made, researcher=both)
    if chat := chat_of("writer"):
        writer = ModelWriter(chat, prompts, rules.writer, settings.drafts)
        made = replace(made, writer=handover.WriterWithHandover(writer, rules.writer, chat.name, tell))
    if chat := chat_of("shot_planner"):
        planner = ModelShotPlanner(chat, prompts, rules.shot_planner)
        made = replace(
            made, shot_planner=handover.ShotPlannerWithHandover(planner, rules.shot_planner, chat.name, tell)
        )
    if chat := chat_of("continuity_checker"):
        checker = ModelChecker(chat, prompts, rules.continuity_checker)
        by_both = handover.ContinuityCheckerWithHandover(checker, rules.continuity_checker, chat.name, tell)
        made = replace(made, continuity_checker=by_both)
    if chat := chat_of("editor"):
        editor = ModelEditor(chat, prompts, rules.editor)
        made = replace(made, editor=handover.EditorWithHandover(editor, rules.editor, chat.name, tell))
    return replace(made, signature=_signature(settings))


def _telling(report: Report) -> "Callable[[handover.Answered], None]":
    """Return an ear for who answered that files it as the record does."""
    from agents import handover

    def tell(answered: handover.Answered) -> None:
        reason = "" if answered.reason == handover.UNASKED else answered.reason
        report(
            Answered(role=answered.role, task=answered.task, by=answered.by, model=answered.model or "", reason=reason)
        )

    return tell


def _signature(settings: Settings) -> str:
    """Name all models in play: just the one where every role asks the same, else each with its role."""
    named = {role: settings.model_of(role) for role in ROLES}
    (first, *others) = dict.fromkeys(named.values())
    who = first if not others else ",".join(f"{role}={name or 'rules'}" for role, name in named.items())
    return f"{who}@{settings.base_url or ''}"
