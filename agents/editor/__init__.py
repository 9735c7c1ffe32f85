"""The editor: cuts, looks, and cuts again."""

from agents.editor.relaying import lay_like
from agents.editor.rules import RuleEditor

__all__ = ("RuleEditor", "lay_like")
