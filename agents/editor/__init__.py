"""The editor: cuts, looks, and cuts again."""

from agents.editor.rules import RuleEditor

__all__ = ("RuleEditor",)
