"""What the person sees of a season: one line an episode while it is made, and at the end a table of all."""

import sys
import time
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from director.display import WORKERS
from director.events import Event, Listener, Made, ModelThinks, Planned, Replaced, StepBegan
from director.season import SeasonOutcome
from director.season_record import EpisodeRow, SeasonRecord

COLOURS = {"finished": "green", "failed": "red", "stale": "yellow", "scripted": "cyan", "planned": "dim"}
WRITING = ("read_sources", "write_script", "check_script")
BAR = 12
"""Letters of the bar that shows how many pieces are made."""


class Line:
    """What is shown of one episode."""

    def __init__(self, row: EpisodeRow) -> None:
        """Begin with how far it is."""
        self.row = row
        self.step = ""
        self.told: set[str] = set()
        """Steps that a log has told already."""
        self.made: set[tuple[str, str]] = set()
        self.pieces = 0
        self.stood_in = 0
        self.began: float | None = None

    def hear(self, event: Event) -> None:
        """Take in one event."""
        if self.began is None:
            self.began = time.monotonic()
        if isinstance(event, StepBegan):
            self.step = WORKERS.get(event.node, event.node.replace("_", " "))
            if self.row.status == "scripted" and event.node in WRITING:
                self.step = "Script is taken up"  # Nobody writes: what was answered is found.
        elif isinstance(event, ModelThinks):
            who = event.role.replace("_", " ").capitalize() or "The model"
            self.step = f"{who}: {event.label} ({event.letters:,} letters)"
        elif isinstance(event, Planned):
            self.pieces = event.tasks
            self.made.clear()
        elif isinstance(event, Made):
            self.made.add((event.kind, event.label))
        elif isinstance(event, Replaced):
            self.stood_in += 1

    def rest(self, row: EpisodeRow) -> None:
        """Take in that work on it has ended for now."""
        self.row, self.step, self.pieces, self.began = row, "", 0, None
        self.made.clear()
        self.told.clear()

    @property
    def name(self) -> str:
        """Its title, or what is called in as long as there is none."""
        return self.row.title or self.row.call

    @property
    def stage(self) -> str:
        """Who is at work, or how far it is."""
        if self.step:
            return self.step
        return f"{self.row.status}: {self.row.reason}" if self.row.reason else self.row.status


class SeasonWatch:
    """Listens to a season and shows it, live on a terminal and as plain lines elsewhere."""

    def __init__(self, *, quiet: bool, console: Console | None = None) -> None:
        """Show nothing at all with `quiet`: the record is then printed as JSON alone."""
        self.console = console or Console(stderr=True, quiet=quiet, highlight=False)
        self.began = time.monotonic()
        self.lines: dict[int, Line] = {}
        self.title = ""
        self._live = (
            Live(console=self.console, get_renderable=self.shown, refresh_per_second=4, transient=True)
            if self.console.is_terminal and not quiet
            else None
        )

    def __enter__(self) -> "SeasonWatch":
        """Begin to show."""
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        if self._live:
            self._live.stop()

    def opened(self, record: SeasonRecord) -> None:
        """Show what is planned."""
        self.title = f"{record.show}, season {record.season}"
        self.lines = {row.number: Line(row) for row in record.episodes}
        self.console.print(f"[bold]{escape(self.title)}[/]: {len(self.lines)} episodes", soft_wrap=True)
        if record.plan is not None:
            self.console.print(f"{escape(record.plan.premise)} [dim](planned by {escape(record.planned_by)})[/]",
                               soft_wrap=True)  # fmt: skip
        if not self._live:
            for line in self.lines.values():
                self._plain(line, line.row.status)

    def changed(self, row: EpisodeRow) -> None:
        """Show that work on an episode has ended for now."""
        line = self.lines.setdefault(row.number, Line(row))
        before = line.row
        line.rest(row)
        if before.status != row.status or before.reason != row.reason or row.status == "failed":
            told = f"{row.status}: {row.reason}" if row.reason else row.status
            length = f", {row.seconds:.0f} s" if row.status == "finished" and row.seconds else ""
            self._plain(line, f"{told}{length}", colour=COLOURS[row.status])

    def of(self, number: int) -> Listener:
        """Return who hears the events of one episode."""

        def hear(event: Event) -> None:
            line = self.lines[number]
            line.hear(event)
            # A model's letters come several times a second, and in a log nobody wants them.
            if not self._live and line.step not in line.told and not isinstance(event, ModelThinks):
                line.told.add(line.step)
                self._plain(line, line.step)

        return hear

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.console.print(f"[yellow]{escape(sentence)}[/]", soft_wrap=True)

    def _plain(self, line: Line, what: str, colour: str = "") -> None:
        told = f"[{colour}]{escape(what)}[/]" if colour else escape(what)
        self.console.print(f"[bold]E{line.row.number:02}[/] {escape(line.name[:60])}: {told}", soft_wrap=True)

    def shown(self) -> Group:
        """Return the lines as they stand now: one an episode, and one for all."""
        table = Table.grid(padding=(0, 1))
        for _ in range(2):
            table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=2)
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=3)
        table.add_column(no_wrap=True, justify="right")
        for number, line in sorted(self.lines.items()):
            colour = "bold cyan" if line.step else COLOURS[line.row.status]
            table.add_row(f"E{number:02}", _bar(line), Text(line.name), Text(line.stage, style=colour), _clock(line))
        table.expand = True
        done = sum(line.row.status == "finished" for line in self.lines.values())
        price = sum(line.row.price for line in self.lines.values())
        pieces = sum(len(line.made) for line in self.lines.values())
        took = time.monotonic() - self.began
        total = f"{done} of {len(self.lines)} finished, {pieces} pieces in hand, {price:.2f} spent, {_minutes(took)}"
        return Group(table, Text(total, style="bold"))


def _bar(line: Line) -> str:
    if line.row.status == "finished" and not line.step:
        return "━" * BAR
    if not line.pieces:
        return "·" * BAR
    made = min(len(line.made), line.pieces)
    return ("━" * round(BAR * made / line.pieces)).ljust(BAR, "·")


def _clock(line: Line) -> str:
    pieces = f"{min(len(line.made), line.pieces)}/{line.pieces} " if line.pieces else ""
    return pieces + (_minutes(time.monotonic() - line.began) if line.began is not None else "")


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def print_season(outcome: SeasonOutcome, *, as_json: bool, console: Console | None = None) -> None:
    """Print a table of all episodes and where they lie, or the record as JSON."""
    record = outcome.record
    if as_json:
        sys.stdout.write(record.model_dump_json(indent=2) + "\n")
        return
    console = console or Console(highlight=False)
    rows = record.episodes
    done = sum(row.status == "finished" for row in rows)
    intro = "Nothing to make" if not outcome.made else "Done" if outcome.is_whole else "Not whole yet"
    console.print(f"\n[bold]{intro}: {escape(record.show)}, season {record.season}[/], {done} of {len(rows)} finished")
    console.print(_table(record, console.width))
    for row in rows:
        for what in [row.reason] * bool(row.reason) + list(row.stood_in):
            console.print(f"  E{row.number:02} {escape(what)}", soft_wrap=True)
    if outcome.spent:
        console.print(f"[yellow]{escape(outcome.spent)}[/]", soft_wrap=True)
    console.print(f"  {escape(str(outcome.folder))}/", soft_wrap=True)


def _table(record: SeasonRecord, width: int) -> Table:
    rows = record.episodes
    narrow = width < 100
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column("", no_wrap=True)
    table.add_column("title", overflow="ellipsis", no_wrap=True, ratio=2)
    for name in ("length", "worked", "calls", "price"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("stood in", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    if not narrow:
        table.add_column("file", overflow="ellipsis", no_wrap=True, ratio=3)
    table.expand = True
    for row in rows:
        film = next((name for name in row.files if name.endswith((".mp4", ".m4a"))), row.folder)
        length = f"{row.seconds:.0f} s" if row.seconds else ""
        lost, status = str(len(row.stood_in) or ""), Text(row.status, style=COLOURS[row.status])
        cells = (f"E{row.number:02}", Text(row.title or row.call), length, _minutes(row.wall_seconds), str(row.calls))
        table.add_row(*cells, f"{row.price:.2f}", lost, status, *([] if narrow else [Text(film)]))
    whole, gone = sum(row.seconds for row in rows), str(sum(len(row.stood_in) for row in rows) or "")
    table.add_section()
    # The plan's own calls are in it, and the time is the whole's.
    total = ("", "all", f"{whole:.0f} s", _minutes(record.wall_seconds), str(record.calls), f"{record.price:.2f}")
    table.add_row(*total, gone, "", *([] if narrow else [""]), style="bold")
    return table
