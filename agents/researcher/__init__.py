"""The researcher."""

from agents.researcher.rules import RuleResearcher

__all__ = ["RuleResearcher"]
