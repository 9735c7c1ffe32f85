"""The writer: from a theme and facts to a screenplay. `RuleWriter` goes by rules, `ModelWriter` asks a model.

The hands are loaded when they are asked for, so that `agents.writer.refusal` stays light to import.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.writer.rules import RuleWriter

__all__ = ["RuleWriter"]


def __getattr__(name: str) -> object:
    if name == "RuleWriter":
        from agents.writer.rules import RuleWriter

        return RuleWriter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
