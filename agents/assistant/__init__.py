"""The assistant: what a person says about an episode becomes typed orders. `RuleAssistant` goes by a grammar."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.assistant.grammar import RuleAssistant
    from agents.assistant.model import ModelAssistant

__all__ = ["ModelAssistant", "RuleAssistant"]


def __getattr__(name: str) -> object:
    if name == "RuleAssistant":
        from agents.assistant.grammar import RuleAssistant

        return RuleAssistant
    if name == "ModelAssistant":
        from agents.assistant.model import ModelAssistant

        return ModelAssistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
