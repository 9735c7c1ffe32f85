"""From the person's words to a brief: everything is checked here before anything is written."""

import argparse
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from agents.writer.refusal import check_theme
from director.settings import Settings
from episodes.brief import Brief, SourceRef
from episodes.errors import InputRefused

LONGEST_THEME = 2_000
"""Characters of a theme."""
LEAST_MINUTES, MOST_MINUTES = 0.5, 10.0
MOST_SOURCES = 20

Tell = Callable[[str], None]
"""Takes one sentence for the person."""


def say_nothing(sentence: str) -> None:
    """Drop it."""


def read_brief(given: argparse.Namespace, settings: Settings | None = None, tell: Tell = say_nothing) -> Brief:
    """Return the brief that the command line asks for.

    `settings` say which links may be given beside public ones; `tell` hears what is left out of a folder. Raises
    `InputRefused` with one sentence.
    """
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
    title = clean(given.title) if given.title else None
    if title:
        check_theme(title)
    return Brief(
        theme=theme,
        sources=read_sources(given.source, settings or Settings(), tell),
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


def read_sources(given: Sequence[str], settings: Settings, tell: Tell = say_nothing) -> tuple[SourceRef, ...]:
    """Check every `--source`, put a folder's files in its place, and return all in order, each with a name of its own.

    Raises `InputRefused`.
    """
    found = tuple(source for one in given for source in _opened(one, settings, tell))
    if len(found) > MOST_SOURCES:
        raise InputRefused(f"{MOST_SOURCES} sources are the most; there are {len(found)}.")
    return _apart(found)


def _opened(given: str, settings: Settings, tell: Tell) -> Iterable[SourceRef]:
    from tools.sources.checks import is_address
    from tools.sources.folders import list_folder

    folder = Path(os.path.expanduser(given)).absolute()
    if is_address(given) or not folder.is_dir():
        return (read_source(given, settings),)
    listed = list_folder(folder)
    if sentence := listed.told(clean(folder.name)):
        tell(sentence)
    return tuple(_of_file(path) for path in listed.files)


def _apart(sources: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
    """Number those of equal names, so that a fact's place leads to one source."""
    seen: dict[str, int] = {}
    apart = []
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        number = seen[source.name]
        apart.append(source if number == 1 else source.model_copy(update={"name": f"{source.name} ({number})"}))
    return tuple(apart)


def read_source(given: str, settings: Settings | None = None) -> SourceRef:
    """Check one file or link and return its reference. Reaches no network. Raises `InputRefused`."""
    from tools.sources.checks import check_source, is_address, is_link, refuse_address

    if is_address(given):
        if not is_link(given):
            refuse_address(given)
        return _of_link(given, settings or Settings())
    path = Path(os.path.expanduser(given)).absolute()
    check_source(path)
    return _of_file(path)


def _of_file(path: Path) -> SourceRef:
    from tools.shelf import file_hash

    return SourceRef(name=clean(path.name), digest=file_hash(path), path=str(path))


def _of_link(given: str, settings: Settings) -> SourceRef:
    from tools.sources.addresses import parse_address
    from tools.sources.guarding import Guard, read_allowance

    address = parse_address(given)
    Guard(read_allowance(settings.tool("fetcher").options.get("allow"))).check_typed(address)
    return SourceRef(name=address.shown, digest=hashlib.sha256(address.url.encode()).hexdigest(), path=address.url)
