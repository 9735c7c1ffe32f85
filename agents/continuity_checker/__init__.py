"""The continuity checker: it finds what can't be."""

from agents.continuity_checker.rules import RuleChecker

__all__ = ["RuleChecker"]
