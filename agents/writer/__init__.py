"""The writer: from a theme and facts to a screenplay. `RuleWriter` goes by rules, `ModelWriter` asks a model.

The hands are loaded when they are asked for, so that `agents.writer.refusal` stays light to import.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.writer.model import ModelWriter
    from agents.writer.rules import RuleWriter

__all__ = ["ModelWriter", "RuleWriter"]


def __getattr__(name: str) -> object:
    if name == "RuleWriter":
        from agents.writer.rules import RuleWriter

        return RuleWriter
    if name == "ModelWriter":
        from agents.writer.model import ModelWriter

        return ModelWriter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
