"""The letters of Fountain: what must be escaped, forced or left out so that a text is read as what it is."""

import re

from episodes.screenplay import HEADING

_SPECIAL = ".@!>~=#("


def escaped(text: str, in_dialogue: bool = False) -> str:
    r"""Return a text with a backslash before all that Fountain would read as more than a letter.

    `\` alone stands for an empty speech, which Fountain has no other way to write.
    """
    text = re.sub(r"[\\*_]", r"\\\g<0>", text)
    text = re.sub(r"\[(?=\[)", r"[\\", text)
    text = re.sub(r"\](?=\])", r"]\\", text)
    if in_dialogue and (not text or text[0] in _SPECIAL or HEADING.match(text)):
        return "\\" + text
    return text


def unescaped(text: str) -> str:
    """Return a text as it was before `escaped`; bare asterisks and underscores of emphasis go."""
    found = re.sub(r"\\(.?)|[*_]", lambda match: match[1] or "", text)
    return " ".join(found.split())


def forced_action(text: str) -> str:
    """Return a paragraph of action, forced with `!` where it would be read as heading, cue, transition or mark."""
    risky = text[0] in _SPECIAL or HEADING.match(text) or not re.search("[a-z]", text) or text.endswith("TO:")
    return ("!" if risky or text[0] == "\\" else "") + escaped(text)
