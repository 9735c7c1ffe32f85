"""What a conversation is held on: a terminal where somebody sits, or a script that has said everything beforehand."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from director.chat.inline import show_picture
from director.display import MAKING, WORKERS, told_of
from director.events import EditsKept, Event, Made, ModelThinks, Planned, Replaced, StepBegan
from director.radius import counted


class Working:
    """Listens to a production during a conversation: one line that moves, and at the end what was made."""

    def __init__(self, console: Console) -> None:
        self.made: list[Made] = []
        """What was really made; what was found is not in it."""
        self._console = console
        self._bar: Progress | None = None
        self._seen: set[tuple[str, str]] = set()
        if console.is_terminal:
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=console, transient=True)
            self._task = self._bar.add_task("", total=None)

    def start(self) -> None:
        """Begin to show."""
        if self._bar:
            self._bar.start()

    def stop(self) -> None:
        """Stop showing."""
        if self._bar:
            self._bar.stop()

    def listen(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, Made):
            first = (event.kind, event.label) not in self._seen
            self._seen.add((event.kind, event.label))
            if not event.reused:
                self.made.append(event)
            if self._bar and first:
                self._bar.update(self._task, advance=1, description=f"{event.label} {MAKING[event.kind]}")
        elif isinstance(event, Planned):
            self._seen.clear()
            if self._bar:
                self._bar.reset(self._task, total=event.tasks, description="Production")
        elif isinstance(event, Replaced):
            self._console.print(f"  [yellow]stands in[/] {escape(told_of(event.stood_in))}", soft_wrap=True)
        elif isinstance(event, EditsKept):
            tell_kept = f"Your edits were not taken in; they are kept in {', '.join(event.names)}."
            self._console.print(tell_kept, style="yellow", markup=False, soft_wrap=True)
        elif self._bar and isinstance(event, StepBegan):
            self._bar.update(self._task, description=WORKERS.get(event.node, event.node.replace("_", " ")))
        elif self._bar and isinstance(event, ModelThinks):
            self._bar.update(self._task, description=f"{event.role.replace('_', ' ')}: {event.label}")

    def told(self) -> str:
        """Return what was made, in words."""
        counts = Counter(one.kind for one in self.made)
        if not counts:
            return "Nothing had to be made."
        return f"Made: {', '.join(counted(kind, count, count) for kind, count in counts.items())}."


class Screen(Protocol):
    """Where a conversation is shown, and where its questions are answered."""

    console: Console
    """Where everything is printed."""

    async def confirm(self, question: str) -> bool:
        """Return the person's yes or no."""

    async def read(self, question: str) -> str | None:
        """Return what the person answers in words; None when nobody answers."""

    async def choose(self, question: str, choices: Sequence[str]) -> str | None:
        """Return one of the choices, or other words of the person's; None when nobody chooses."""


def tell(screen: Screen, sentence: str, style: str = "") -> None:
    """Print a sentence as it is: on a terminal its words stay whole, elsewhere it stays one line."""
    whole = not screen.console.is_terminal
    screen.console.print(sentence, style=style or None, markup=False, highlight=False, soft_wrap=whole)


def tell_path(screen: Screen, path: Path | None) -> None:
    """Print where something lies, on a line of its own that can be copied; nothing where there is none."""
    if path is not None:
        screen.console.print(str(path), markup=False, highlight=False, soft_wrap=True)


def show(screen: Screen, what: RenderableType) -> None:
    """Print a view."""
    screen.console.print(what)


def show_file(screen: Screen, path: Path) -> None:
    """Show a picture where the terminal can, and say where it lies."""
    if screen.console.is_terminal and path.suffix == ".png":
        show_picture(screen.console, path)
    tell_path(screen, path)


@contextmanager
def working(screen: Screen) -> Iterator[Working]:
    """Show what is being made."""
    made = Working(screen.console)
    made.start()
    try:
        yield made
    finally:
        made.stop()


class Scripted:
    """A `Screen` with nobody before it: `--say` has said everything, and `--yes` agrees to what would be made."""

    def __init__(self, *, agrees: bool) -> None:
        self.console = Console(highlight=False)
        self._agrees = agrees

    async def confirm(self, question: str) -> bool:
        """Agree where `--yes` was given, and say so either way."""
        tell(self, f"{question} {'Yes.' if self._agrees else 'No: say --yes to agree beforehand.'}")
        return self._agrees

    async def read(self, question: str) -> str | None:
        """Have no words."""
        tell(self, question)
        return None

    async def choose(self, question: str, choices: Sequence[str]) -> str | None:
        """Choose nothing, and show what could be said instead."""
        tell(self, question)
        for choice in choices:
            tell(self, f"  {choice}")
        return None


class AtTerminal:
    """A `Screen` before which somebody sits."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)

    async def confirm(self, question: str) -> bool:
        """Ask until it is answered; an empty answer, or the end of the input, is a no."""
        while True:
            answer = (await self._asked(f"{question} [y/N] ")).strip().lower()
            if answer in ("", "n", "no"):
                return False
            if answer in ("y", "yes"):
                return True
            tell(self, "Answer y or n.")

    async def read(self, question: str) -> str | None:
        """Ask once."""
        return (await self._asked(f"{question} ")).strip() or None

    async def choose(self, question: str, choices: Sequence[str]) -> str | None:
        """Show the choices with numbers, and take a number or other words."""
        tell(self, question)
        for number, choice in enumerate(choices, 1):
            tell(self, f"  {number}  {choice}")
        answer = (await self._asked("Which? (a number, other words, or nothing) ")).strip()
        if answer.isdecimal() and len(answer) < 4 and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        return None if answer.lower() in ("", "n", "no", "none", "nothing", "neither", "0") else answer

    async def _asked(self, question: str) -> str:
        from prompt_toolkit import PromptSession

        try:
            return await PromptSession[str]().prompt_async(question)
        except (EOFError, KeyboardInterrupt):
            return ""


def somebody_sits_there() -> bool:
    """Whether questions can be put to a person."""
    return sys.stdin.isatty() and sys.stdout.isatty()
