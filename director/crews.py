"""Who works on an episode: the belt of tools and the five roles, as the settings ask for them."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from agents.continuity_checker import RuleChecker
from agents.editor import RuleEditor
from agents.researcher import RuleResearcher
from agents.shot_planner import RuleShotPlanner
from agents.writer import RuleWriter
from director.context import Crew
from director.settings import HOME, Settings
from episodes.plan import Belt
from episodes.store import Answered
from episodes.tasks import ToolInfo
from tools import worker
from tools.protocols import ToolSettings, VoiceBackend
from tools.registry import BackendKind
from tools.shelf import write_whole

PROMPTS = HOME / "prompts"

Report = Callable[[Answered], None]


def belt(settings: Settings) -> Belt:
    """Return the tools that the settings name. Raises `BackendUnavailable` for one that can't be built."""
    return Belt(
        reader=_info(settings, "reader"),
        voice=_info(settings, "voice"),
        animatic=_info(settings, "video", settings.backend("animatic")),
        video=_info(settings, "video"),
        finish=_info(settings, "finish"),
        music=_info(settings, "music"),
        sound=_info(settings, "sound"),
        assembly=_info(settings, "assembly"),
    )


def _info(settings: Settings, kind: BackendKind, name: str | None = None) -> ToolInfo:
    return worker.build(kind, name or settings.backend(kind), tool_settings(settings, kind)).info


def tool_settings(settings: Settings, kind: str) -> ToolSettings:
    """Return what the factories of a kind are given."""
    return ToolSettings(options=dict(settings.options.get(kind, {})))


def voices(settings: Settings, language: str) -> tuple[str, ...]:
    """Return the names of the voices to cast from."""
    tool = worker.build("voice", settings.backend("voice"), tool_settings(settings, "voice"))
    return cast(VoiceBackend, tool).variants(language)


def rules_only(settings: Settings) -> Crew:
    """Return the crew that asks no model."""
    return Crew(
        researcher=RuleResearcher(),
        writer=RuleWriter(PROMPTS),
        shot_planner=RuleShotPlanner(),
        continuity_checker=RuleChecker(),
        editor=RuleEditor(),
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
        write_whole(self._folder / f"{key[:32]}.json", text.encode())
