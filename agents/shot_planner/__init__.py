"""The shot planner: decides what the camera does."""

from agents.shot_planner.rules import RuleShotPlanner

__all__ = ("RuleShotPlanner",)
