"""The letters of Fountain: what must be escaped, forced or left out so that a text is read as what it is."""

import re
import unicodedata

HEADING = re.compile(r"(INT|EXT|EST|INT\.?/EXT|I/E)[. ]|FADE IN:", re.IGNORECASE)
"""What makes a line a scene heading."""

_SPECIAL = ".@!>~=#("
_PLAIN_CUE = re.compile(r"[A-Z][A-Z0-9 .'’-]*")


def one_line(text: str) -> str:
    """Return a text in one line with single spaces, without control characters; half characters become U+FFFD."""
    spaced = " ".join(text.split())
    kept = (letter for letter in spaced if unicodedata.category(letter) != "Cc")
    return " ".join("".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in kept).split())


def cue_name(name: str, force: bool = True) -> str:
    """Return a name as it stands over a speech: in capitals where that changes no letter beyond its case.

    A name of other letters stays as it is and must be forced with `@`; with `force` off it comes back empty.
    """
    plain = " ".join(re.sub(r"[\[\]\\*_/#^()@]", " ", one_line(name)).split())
    upper = plain.upper()
    if _PLAIN_CUE.fullmatch(upper) and not HEADING.match(upper):
        return upper
    return (plain or "SOMEBODY") if force else ""


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
    """Return a text as it was before `escaped`; bare asterisks of emphasis go."""
    found = re.sub(r"\\(.?)|\*", lambda match: match[1] or "", text)
    return " ".join(found.split())


def forced_action(text: str) -> str:
    """Return a paragraph of action, forced with `!` where it would be read as heading, cue, transition or mark."""
    risky = text[0] in _SPECIAL or HEADING.match(text) or not re.search("[a-z]", text) or text.endswith("TO:")
    return ("!" if risky or text[0] == "\\" else "") + escaped(text)
