"""From the person's words to a brief: everything is checked here before anything is written."""

import argparse
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast, get_args

from agents.writer.refusal import check_theme
from director.settings import Settings
from episodes.brief import Brief, Mode, SourceRef, Tone
from episodes.errors import InputRefused
from episodes.format import FormatName

LONGEST_THEME = 2_000
"""Characters of a theme."""
LEAST_MINUTES, MOST_MINUTES = 0.5, 10.0
MOST_SOURCES = 20

Tell = Callable[[str], None]
"""Takes one sentence for the person."""


def say_nothing(sentence: str) -> None:
    """Drop it."""


@dataclass(frozen=True)
class Wanted:
    """What a person asks of one episode, in their own words: options of the command line, or keys of a manifest."""

    theme: str
    source: Sequence[str] = ()
    minutes: float = 1.5
    show: str = "Night Shift"
    title: str | None = None
    tone: str = "comedy"
    mode: str = "scene"
    drift: float = 0.4
    language: str = "en"
    format: str = "wide"
    seed: int | None = None
    passes: int | None = None


Spell = Callable[[str], str]
"""How an option is called where the person wrote it."""


def as_option(name: str) -> str:
    """Return how it is called on the command line."""
    return f"--{name}"


CHOICES: Mapping[str, tuple[str, ...]] = {
    "tone": get_args(Tone),
    "mode": get_args(Mode),
    "format": get_args(FormatName),
}
"""What may stand for the options that are chosen from a few."""


def faults(wanted: Wanted, spell: Spell = as_option) -> Iterator[tuple[str, str]]:
    """Yield everything that can't be used in what is wanted, but for its sources: the option, and one sentence."""
    theme = clean(wanted.theme)
    if not any(character.isalnum() or unicodedata.category(character) == "So" for character in theme):
        option = f"{spell('theme')} " if spell("theme") != "theme" else ""
        yield "theme", f'The theme is empty: say what happens, as in {option}"a goose at the bank".'
    elif len(theme) > LONGEST_THEME:
        yield "theme", f"The theme has {len(theme)} characters; {LONGEST_THEME} are the most."
    else:
        yield from _refusal("theme", theme)
    if not LEAST_MINUTES <= wanted.minutes <= MOST_MINUTES:
        yield "minutes", f"{spell('minutes')} must lie between {LEAST_MINUTES} and {MOST_MINUTES:.0f}."
    if not 0 <= wanted.drift <= 1:
        yield "drift", f"{spell('drift')} must lie between 0 (close to the source) and 1 (a dream)."
    if wanted.passes is not None and not 0 <= wanted.passes <= 10:
        yield "passes", f"{spell('passes')} must lie between 0 and 10."
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", wanted.language):
        yield "language", f"{wanted.language!r} is no language tag: use one such as en, es or de."
    if not clean(wanted.show):
        yield "show", "The show's name is empty."
    if wanted.title and (title := clean(wanted.title)):
        yield from _refusal("title", title)
    for name, known in CHOICES.items():
        if (said := getattr(wanted, name)) not in known:
            yield name, f"{spell(name)} can't be {said!r}: choose one of {', '.join(known)}."


def _refusal(name: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        check_theme(text)
    except InputRefused as refusal:
        yield name, str(refusal)


def read_brief(given: argparse.Namespace, settings: Settings | None = None, tell: Tell = say_nothing) -> Brief:
    """Return the brief that the command line asks for.

    `settings` say which links may be given beside public ones; `tell` hears what is left out of a folder. Raises
    `InputRefused` with one sentence.
    """
    wanted = Wanted(**{one.name: getattr(given, one.name) for one in fields(Wanted)})
    for _, sentence in faults(wanted):
        raise InputRefused(sentence)
    return to_brief(wanted, read_sources(given.source, settings or Settings(), tell))


def to_brief(wanted: Wanted, sources: tuple[SourceRef, ...]) -> Brief:
    """Return the brief of what is wanted, in which `faults` found none."""
    title = clean(wanted.title) if wanted.title else None
    return Brief(
        theme=clean(wanted.theme),
        sources=sources,
        minutes=wanted.minutes,
        show=clean(wanted.show)[:120],
        title=title[:200] if title else None,
        tone=cast(Tone, wanted.tone),
        mode=cast(Mode, wanted.mode),
        drift=wanted.drift,
        language=wanted.language.lower(),
        format_name=cast(FormatName, wanted.format),
        seed=wanted.seed,
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
