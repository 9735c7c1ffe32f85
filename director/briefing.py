"""From the person's words to a brief: everything is checked here before anything is written."""

import argparse
import os
import re
import unicodedata
from pathlib import Path

from agents.writer.refusal import check_theme
from episodes.brief import Brief, SourceRef
from episodes.errors import InputRefused

LONGEST_THEME = 2_000
"""Characters of a theme."""
LEAST_MINUTES, MOST_MINUTES = 0.5, 10.0
MOST_SOURCES = 20


def read_brief(given: argparse.Namespace) -> Brief:
    """Return the brief that the command line asks for. Raises `InputRefused` with one sentence."""
    theme = clean(given.theme)
    if not any(character.isalnum() or unicodedata.category(character) == "So" for character in theme):
        raise InputRefused('The theme is empty: say what happens, as in --theme "a goose at the bank".')
    if len(theme) > LONGEST_THEME:
        raise InputRefused(f"The theme has {len(theme)} characters; {LONGEST_THEME} are the most.")
    check_theme(theme)
    if not LEAST_MINUTES <= given.minutes <= MOST_MINUTES:
        raise InputRefused(f"--minutes must lie between {LEAST_MINUTES} and {MOST_MINUTES:.0f}.")
    if not 0 <= given.drift <= 1:
        raise InputRefused("--drift must lie between 0 (close to the source) and 1 (a dream).")
    if given.passes is not None and not 0 <= given.passes <= 10:
        raise InputRefused("--passes must lie between 0 and 10.")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", given.language):
        raise InputRefused(f"{given.language!r} is no language tag: use one such as en, es or de.")
    show = clean(given.show)
    if not show:
        raise InputRefused("The show's name is empty.")
    if len(given.source) > MOST_SOURCES:
        raise InputRefused(f"{MOST_SOURCES} sources are the most; there are {len(given.source)}.")
    title = clean(given.title) if given.title else None
    if title:
        check_theme(title)
    return Brief(
        theme=theme,
        sources=tuple(read_source(source) for source in given.source),
        minutes=given.minutes,
        show=show[:120],
        title=title[:200] if title else None,
        tone=given.tone,
        mode=given.mode,
        drift=given.drift,
        language=given.language.lower(),
        format_name=given.format,
        seed=given.seed,
    )


def clean(text: str) -> str:
    """Return the text in one line, composed, without control characters."""
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in composed)
    return " ".join(visible.split())


def read_source(given: str) -> SourceRef:
    """Check one `--source` and return its reference. Raises `InputRefused`."""
    from tools.shelf import file_hash
    from tools.sources.reader import check_source, is_address, refuse_address

    if is_address(given):
        refuse_address(given)
    path = Path(os.path.expanduser(given)).absolute()
    check_source(path)
    return SourceRef(name=clean(path.name), digest=file_hash(path), path=str(path))
