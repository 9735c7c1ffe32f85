"""The season planner: from a theme to premise, cast with wants, gags, an arc, and each episode's call and turn.

The hands are loaded when they are asked for, so that a run by rules does not wait for what a model needs.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.season_planner.model import ModelSeasonPlanner
    from agents.season_planner.rules import RuleSeasonPlanner

__all__ = ["ModelSeasonPlanner", "RuleSeasonPlanner"]


def __getattr__(name: str) -> object:
    if name == "RuleSeasonPlanner":
        from agents.season_planner.rules import RuleSeasonPlanner

        return RuleSeasonPlanner
    if name == "ModelSeasonPlanner":
        from agents.season_planner.model import ModelSeasonPlanner

        return ModelSeasonPlanner
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
