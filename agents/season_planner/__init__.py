"""The season planner: from a theme to premise, cast with wants, gags, an arc, and each episode's call and turn."""

from agents.season_planner.model import ModelSeasonPlanner
from agents.season_planner.rules import RuleSeasonPlanner

__all__ = ["ModelSeasonPlanner", "RuleSeasonPlanner"]
