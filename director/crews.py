"""Who works on an episode: the belt of tools and the five roles, as the settings ask for them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import SecretStr

from agents.continuity_checker import RuleChecker
from agents.editor import RuleEditor
from agents.researcher import RuleResearcher
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from director.context import Crew
from director.settings import FOOTAGE, HOME, Settings
from episodes.cast import VoiceOffer
from episodes.plan import Belt
from episodes.store import Answered
from episodes.tasks import ToolInfo
from episodes.whole_file import replace_file
from tools import worker
from tools.protocols import VoiceBackend
from tools.registry import BackendKind

if TYPE_CHECKING:
    from agents.llm import OpenAIChat

OPENAI_ADDRESS = "https://api.openai.com/v1"
"""Asked when a key is set and no other address."""

PROMPTS = HOME / "prompts"

Report = Callable[[Answered], None]


def belt(settings: Settings) -> Belt:
    """Return the tools that the settings name. Raises `BackendUnavailable` for one that can't be built."""
    first, *rest = settings.cameras
    return Belt(
        reader=_info(settings, "reader"),
        voice=_info(settings, "voice"),
        animatic=_info(settings, "video", settings.backend("animatic")),
        video=_info(settings, "video", first),
        video_steps=tuple(_info(settings, "video", name) for name in rest),
        finish=_info(settings, "finish"),
        music=_info(settings, "music"),
        sound=_info(settings, "sound"),
        assembly=_info(settings, "assembly"),
        sounds=tuple(one.sound for one in settings.recordings),
        footage=tuple(one.clip for one in settings.clips),
        footage_camera=_info(settings, "video", FOOTAGE) if settings.clips else None,
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


def crew(settings: Settings, report: Report, replies: Path) -> Crew:
    """Return the crew that the settings ask for; with a model, each role asks it first and its rules after.

    `report` is told who answered; accepted replies are kept in the folder `replies`.
    """
    rules = rules_only(settings)
    if settings.model is None:
        return rules
    # The model's hands bring LangChain with them, which a run by rules need not wait for.
    from agents import handover
    from agents.continuity_checker.model import ModelChecker
    from agents.editor.model import ModelEditor
    from agents.prompts import Prompts
    from agents.researcher.model import ModelResearcher
    from agents.shot_planner.model import ModelShotPlanner
    from agents.writer.model import ModelWriter

    chat, prompts = _chat(settings, replies), Prompts(PROMPTS)

    def tell(answered: handover.Answered) -> None:
        report(
            Answered(
                role=answered.role,
                task=answered.task,
                by=answered.by,
                model=answered.model or "",
                reason="" if answered.reason == handover.UNASKED else answered.reason,
            )
        )

    name = settings.model
    return Crew(
        researcher=handover.ResearcherWithHandover(ModelResearcher(chat, prompts), rules.researcher, name, tell),
        writer=handover.WriterWithHandover(
            ModelWriter(chat, prompts, rules.writer, settings.drafts), rules.writer, name, tell
        ),
        shot_planner=handover.ShotPlannerWithHandover(
            ModelShotPlanner(chat, prompts, rules.shot_planner), rules.shot_planner, name, tell
        ),
        continuity_checker=handover.ContinuityCheckerWithHandover(
            ModelChecker(chat, prompts, rules.continuity_checker), rules.continuity_checker, name, tell
        ),
        editor=handover.EditorWithHandover(ModelEditor(chat, prompts, rules.editor), rules.editor, name, tell),
        signature=f"{name}@{settings.base_url or ''}",
    )


def _chat(settings: Settings, replies: Path) -> "OpenAIChat":
    from agents.llm import OpenAIChat
    from agents.wire import ModelSettings

    return OpenAIChat(
        ModelSettings(
            model=settings.model or "",
            base_url=settings.base_url or OPENAI_ADDRESS,
            api_key=settings.api_key or SecretStr("none"),
            timeout_seconds=settings.model_timeout,
            retry_base_seconds=settings.model_wait,
        ),
        KeptReplies(replies),
    )


class KeptReplies:
    """Accepted replies of a model, one file each, beside the record."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`."""
        self._folder = folder

    def get(self, key: str) -> str | None:
        """Return the reply kept under `key`, or None."""
        path = self._folder / f"{key[:32]}.json"
        return path.read_text("utf-8") if path.exists() else None

    def put(self, key: str, text: str) -> None:
        """Keep a reply; it is on disk when this returns."""
        replace_file(self._folder / f"{key[:32]}.json", text.encode())
