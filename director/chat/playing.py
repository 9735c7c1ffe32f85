"""Plays a film, or a part of it, in whatever player is there, and goes on without waiting for it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from director.chat.comparing import Side
from director.chat.material import footage_of
from director.chat.showing import find_target
from episodes.errors import InputRefused

Find = Callable[[str], str | None]
"""Returns where a program is, or None: `shutil.which`."""


@dataclass(frozen=True)
class Part:
    """What is to be played."""

    file: Path
    words: str
    """What it is, for a person: `shot S02-04`."""
    start: Fraction | None = None
    """Second at which it begins; None for the whole file."""
    end: Fraction | None = None
    instead: Path | None = None
    """A file that holds this part alone, without its sound, for players that know no times."""


@dataclass(frozen=True)
class Player:
    """A program that plays films."""

    name: str
    command: Callable[[Part], list[str]]
    """Its arguments for a part."""
    knows_times: bool = True
    windowed: bool = True
    """Whether it needs a screen to open a window on."""


def part_of(side: Side, film: Path | None, said: str | None = None) -> Part:
    """Return what is to be played: the film, a scene's part of it, or a shot's; `film` is where the finished one is.

    Raises `InputRefused` for a shot or scene that there is not, and where nothing is made yet.
    """
    there = film if film is not None and film.is_file() else None
    if said is None:
        if there is None:
            raise InputRefused("There is no film yet: make the episode first.")
        return Part(there, "the film")
    target = find_target(side.episode, said)
    placed = [
        (at, clip) for shot, (at, clip) in side.shown().items() if shot == target or shot.startswith(f"{target}-")
    ]
    if not placed:
        raise InputRefused(f"{target} is not in the cut, so there is nothing to play.")
    start, end = placed[0][0], placed[-1][0] + placed[-1][1].seconds
    footage = footage_of(side.plan, side.shelf, target) if "-" in target else None
    alone = footage.file if footage is not None else None
    words = f"{'shot' if '-' in target else 'scene'} {target}"
    if there is not None:
        return Part(there, words, start, end, alone)
    if alone is None:
        raise InputRefused(f"There is no film yet, and no picture of {target}: make the episode first.")
    return Part(alone, f"{words}, without its sound")


def play(
    part: Part,
    *,
    find: Find = shutil.which,
    environ: Mapping[str, str] = os.environ,
    system: str = sys.platform,
    start: Callable[[list[str]], None] | None = None,
) -> str:
    """Open a part in the first player that is there, and say in one sentence what was done; never wait for it.

    Where no player is there, or no screen, the sentence says where the film lies.
    """
    screen = has_screen(environ, system)
    for player in players(system):
        program = find(player.name)
        if program is None or (player.windowed and not screen):
            continue
        shown = part
        if not player.knows_times and part.instead is not None:
            shown = Part(part.instead, f"{part.words}, without its sound")
        try:
            (start or _start)([program, *player.command(shown)])
        except OSError:
            continue
        where = _times(shown) if not player.knows_times and shown.start is not None else ""
        return f"{player.name} plays {shown.words}{where}."
    why = "No player was found (mpv, vlc or ffplay)" if screen else "There is no screen here to play on"
    return f"{why}: {part.words} is in {part.file}{_times(part)}"


def has_screen(environ: Mapping[str, str], system: str) -> bool:
    """Whether a window can be opened."""
    if system in ("darwin", "win32"):
        return "SSH_CONNECTION" not in environ
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def players(system: str) -> tuple[Player, ...]:
    """Return the players that are tried, in order."""
    last = {"darwin": Player("open", _whole, knows_times=False), "win32": Player("explorer", _whole, knows_times=False)}
    return (
        Player("mpv", _mpv), Player("vlc", _vlc), Player("ffplay", _ffplay),
        last.get(system, Player("xdg-open", _whole, knows_times=False)),
    )  # fmt: skip


def _mpv(part: Part) -> list[str]:
    times = [f"--start={_second(part.start)}", f"--end={_second(part.end)}"] if part.start is not None else []
    return ["--force-window=yes", "--really-quiet", *times, "--", str(part.file.absolute())]


def _vlc(part: Part) -> list[str]:
    times = (
        [f"--start-time={_second(part.start)}", f"--stop-time={_second(part.end)}"] if part.start is not None else []
    )
    return ["--quiet", "--play-and-exit", *times, str(part.file)]


def _ffplay(part: Part) -> list[str]:
    times: list[str] = []
    if part.start is not None and part.end is not None:
        times = ["-ss", _second(part.start), "-t", _second(part.end - part.start)]
    return ["-hide_banner", "-loglevel", "error", "-autoexit", *times, "-i", str(part.file.absolute())]


def _whole(part: Part) -> list[str]:
    return [str(part.file.absolute())]


def _second(at: Fraction | None) -> str:
    return f"{float(at or 0):.3f}"


def _times(part: Part) -> str:
    if part.start is None or part.end is None:
        return ""
    return f", from {float(part.start):.2f} to {float(part.end):.2f} s"


def _start(command: list[str]) -> None:
    """Start a program that outlives this one, and have somebody wait for its end, so that no dead one is left."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    threading.Thread(target=process.wait, name="player", daemon=True).start()
