"""What the person sees: who is at work, what is made, how far it is, and at the end where everything lies."""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from director.events import (
    EditsKept,
    Event,
    FootageTold,
    Made,
    ModelThinks,
    NoteRaised,
    NotesAnswered,
    PassReviewed,
    Planned,
    Replaced,
    RoleAnswered,
    SoundsTold,
    Spent,
    StepBegan,
)
from director.shows import Berth
from episodes.brief import Brief
from episodes.episode import Episode
from episodes.facts import FactSheet
from episodes.radio_play import radio_play
from episodes.store import EpisodeStore, Form, Head, StoodIn
from episodes.teaser import choose_teaser
from episodes.value import Value
from tools.ledger import Bill, Ledger

WORKERS = {
    "read_sources": "Researcher reads the sources",
    "write_script": "Writer writes",
    "check_script": "Continuity checker reads the script",
    "speak_lines": "Cast speaks",
    "plan_shots": "Shot planner covers",
    "check_shots": "Continuity checker goes through the shots",
    "lay_cut": "Editor lays the cut",
    "assemble": "Editor joins picture and sound",
    "review": "Editor looks at the film",
    "shoot_finals": "Camera shoots the final takes with",
    "finish_episode": "Everything is put in its place",
}
MAKING = {
    "fetch": "fetched",
    "read": "read",
    "speak": "spoken",
    "render": "shot",
    "conform": "finished",
    "card": "set",
    "compose": "scored",
    "sound": "sounded",
    "mix": "mixed",
    "assemble": "joined",
    "tease": "teased",
    "measure": "measured",
}


class Watch:
    """Listens to a production and shows it, live on a terminal and as plain lines elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        """Show nothing at all with `quiet`: the outcome is then printed as JSON alone."""
        self.console = Console(stderr=True, quiet=quiet, highlight=False)
        self.made: Counter[str] = Counter()
        self.reused = 0
        self.notes = 0
        self.price = 0.0
        self.began = time.monotonic()
        self._seen: set[tuple[str, str]] = set()
        self._progress: Progress | None = None
        if self.console.is_terminal and not quiet:
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=self.console,
                transient=True,
            )
            self._bar = self._progress.add_task("Pre-production", total=None)

    def __enter__(self) -> "Watch":
        """Begin to show."""
        if self._progress:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        if self._progress:
            self._progress.stop()

    def listen(self, event: Event) -> None:
        """Show one event."""
        if isinstance(event, StepBegan):
            self._step(event)
        elif isinstance(event, Planned):
            self._planned(event)
        elif isinstance(event, Made):
            self._made_one(event)
        elif isinstance(event, NoteRaised):
            self.notes += 1
            note = event.note
            self._line(f"  [yellow]note[/] {escape(note.target)}: {escape(note.finding)}")
        elif isinstance(event, NotesAnswered):
            self._line(f"  {event.role.replace('_', ' ')} answers with {event.changes} changes")
        elif isinstance(event, RoleAnswered):
            self._answered(event)
        elif isinstance(event, ModelThinks):
            self._thinks(event)
        elif isinstance(event, PassReviewed):
            verdict = "kept" if event.kept else "dropped: the pass before was better"
            self._line(f"  pass {event.number}: {event.score:.0f} of 100, {event.notes} notes, {verdict}")
        elif isinstance(event, Spent):
            self.price = event.price
        else:
            self._given(event)

    def _given(self, event: SoundsTold | FootageTold | Replaced | EditsKept) -> None:
        """Show what became of what the person gave or asked for."""
        if isinstance(event, SoundsTold):
            self._sounds(event)
        elif isinstance(event, FootageTold):
            self._footage(event)
        elif isinstance(event, EditsKept):
            self._line(f"  [yellow]your edits are kept[/] in {escape(', '.join(event.names))}")
        else:
            self._line(f"  [yellow]stands in[/] {escape(told_of(event.stood_in))}")

    def ask(self, question: str, episode: Episode) -> bool | None:
        """Put a question to the person; None when nobody sits at the terminal."""
        if not sys.stdin.isatty():
            return None
        if self._progress:
            self._progress.stop()
        script = episode.the_script
        self.console.print(f"\n[bold]{escape(script.title)}[/]: {escape(script.logline)}")
        for line in script.lines:
            name = episode.the_world.character(line.speaker).short_name
            self.console.print(f"  {escape(name)}: {escape(line.text)}")
        answer = self.console.input(f"{question} \\[y/N] ").strip().lower()
        if self._progress:
            self._progress.start()
        return answer in ("y", "yes")

    def _step(self, event: StepBegan) -> None:
        text = WORKERS.get(event.node, event.node.replace("_", " "))
        shown = f"{text} [dim]{escape(event.detail[:70])}[/]" if event.detail else text
        if self._progress:
            self._progress.update(self._bar, description=text)
        self._line(f"[bold cyan]›[/] {shown}")

    def _planned(self, event: Planned) -> None:
        self._seen.clear()
        if self._progress:
            self._progress.reset(self._bar, total=event.tasks, description="Production")

    def _made_one(self, event: Made) -> None:
        first = (event.kind, event.label) not in self._seen
        self._seen.add((event.kind, event.label))
        if self._progress and first:
            self._progress.advance(self._bar)
        if event.reused:
            self.reused += first
            return
        self.made[event.kind] += 1
        self._line(f"  [green]{MAKING[event.kind]:>8}[/] {event.label} [dim]{event.tool}, {event.seconds:.1f} s[/]")

    def _answered(self, event: RoleAnswered) -> None:
        answered = event.answered
        who = f"the model {answered.model}" if answered.by == "model" else "the rules"
        why = f" ({answered.reason})" if answered.reason else ""
        self._line(escape(f"  {answered.role.replace('_', ' ')} ({answered.task}): answered by {who}{why}"))

    def _footage(self, event: FootageTold) -> None:
        self._line(f"  your own footage is seen in {len(event.seen)} {'shot' if len(event.seen) == 1 else 'shots'}")
        for shot, clip, words in event.seen:
            self._line(escape(f"    {shot}: {clip} ({', '.join(words)})"))
        if event.waiting:
            self._line(escape(f"  no shot was found for: {', '.join(event.waiting)}"))

    def _thinks(self, event: ModelThinks) -> None:
        """Show that somebody writes, on a terminal alone: in a log it would be thousands of lines."""
        if self._progress:
            who = event.role.replace("_", " ").capitalize() or "The model"
            text = f"{who}: {event.label} [dim]{event.letters:,} letters[/]"
            self._progress.update(self._bar, description=text)

    def _sounds(self, event: SoundsTold) -> None:
        self._line(f"  {event.heard} of your own sounds are heard")
        if event.waiting:
            self._line(escape(f"  not needed in this episode: {', '.join(event.waiting)}"))
        if event.unknown:
            names = ", ".join(event.unknown)
            self._line(f"  [yellow]nothing is called[/] {escape(names)}: docs/sounds.md lists the names of sounds")

    def _line(self, text: str) -> None:
        self.console.print(text, soft_wrap=True)


@contextmanager
def watching(brief: Brief, *, as_json: bool) -> Iterator[Watch]:
    """Watch one production."""
    with Watch(quiet=as_json) as watch:
        watch.console.print(f"[bold]{escape(brief.show)}[/]: {escape(brief.theme[:100])}", soft_wrap=True)
        yield watch


class Report(Value):
    """What came out, in plain values: what `--json` prints."""

    show: str
    season: int
    number: int
    title: str
    status: str
    already_made: bool
    seconds: float
    """Running time of the film, or of the radio play where that was asked for; 0 when there is none yet."""
    scenes: int
    shots: int
    folder: str
    files: tuple[str, ...]
    """The film and what lies beside it."""
    made_by: tuple[tuple[str, str], ...]
    """Role or kind of work, and the hand or tool that did it."""
    teaser: str
    """Where the teaser lies, or why there is none; empty where nobody made a film."""
    handed_over: tuple[str, ...]
    """Where a model failed and the rules took over, and why."""
    models: Bill
    """What language models have taken for this episode, over all its runs."""
    sources: tuple[str, ...] = ()
    """What was not heard or seen of the sources, and why."""
    stood_in: tuple[str, ...] = ()
    """Where a back end failed and what stood in, why, and what was lost."""


def print_outcome(
    berth: Berth, head: Head, *, again: bool, as_json: bool, audio_only: bool = False, watched: Watch | None = None
) -> None:
    """Say where the files are, how long the film or the play is, and what made what."""
    report = report_on(berth, head, again=again, audio_only=audio_only)
    if as_json:
        sys.stdout.write(report.model_dump_json(indent=2) + "\n")
        return
    console = Console(highlight=False)
    intro = "Already made, nothing to do" if again else "Done"
    length = f", {report.seconds:.0f} s" if report.seconds else ""
    console.print(f"\n[bold green]{intro}:[/] {escape(report.title)}{length}", soft_wrap=True)
    for name in report.files:
        console.print(f"  {escape(name)}", soft_wrap=True)
    console.print(f"  {escape(report.folder)}{'/'}", soft_wrap=True)
    if report.teaser:
        console.print(f"  {escape(report.teaser)}", soft_wrap=True)
    for what, who in report.made_by:
        console.print(f"  {what}: {escape(who)}", soft_wrap=True)
    if report.models.calls:
        console.print(f"  models: {told_bill(report.models)}", soft_wrap=True)
    for line in (*report.sources, *report.handed_over, *_shortened(report.stood_in)):
        console.print(f"  [yellow]{escape(line)}[/]", soft_wrap=True)
    if report.stood_in:
        console.print("  The same command with --retry asks these back ends again.", soft_wrap=True)
    if watched:
        calls = sum(watched.made.values())
        took = time.monotonic() - watched.began
        console.print(f"  {calls} pieces made, {watched.reused} found, {took:.0f} s, cost {watched.price:.2f}")


def told_bill(bill: Bill) -> str:
    """Return what language models took, in words: calls, tokens of prompts and of answers, price."""
    calls = f"{bill.calls} {'call' if bill.calls == 1 else 'calls'}"
    # A cent is a lot for a small model: below it, two figures that say something.
    price = f"{bill.price:.2f}" if bill.price >= 0.1 or bill.price == 0 else f"{bill.price:.2g}"
    return f"{calls}, {bill.prompt_tokens:,} + {bill.answer_tokens:,} tokens, {price}"


def report_on(berth: Berth, head: Head, *, again: bool, audio_only: bool = False) -> Report:
    """Return what came out, in the form that was asked for."""
    form: Form = "play" if audio_only else "film"
    told = next((done.revision for done in head.finished if done.form == form), head.revision)
    episode = EpisodeStore(berth.folder).episode(told)
    # What was asked for comes first; the other form of the same episode lies beside it.
    asked = sorted(head.delivered, key=lambda item: item.form != form)
    files = tuple(berth.season_folder / item.path for item in asked)
    hands = {item.role: item.model if item.by == "model" else "rules" for item in head.answered}
    clips = {made.clip for made in head.made if made.clip}
    cut = {made.recipe for made in head.made if made.clip}
    tools = {made.kind: f"{made.tool} {made.version}" for made in head.made if made.recipe not in cut}
    roles = ("researcher", "writer", "shot_planner", "continuity_checker", "editor")
    by_role = [(role.replace("_", " "), hands.get(role, "rules")) for role in roles]
    if episode.voice_engines and "speak" in tools:
        tools["speak"] = ", ".join(episode.voice_engines)
    kinds = (("voices", "speak"), ("picture", "render"), ("music", "compose"))
    mine = sum(made.kind == "own" for made in head.made)
    own: tuple[tuple[str, str], ...] = (
        (("sounds", f"the person's own, {mine} {'file' if mine == 1 else 'files'}"),) if mine else ()
    )
    if clips:
        own += (("footage", f"the person's own, {len(clips)} {'clip' if len(clips) == 1 else 'clips'}"),)
    return Report(
        show=episode.brief.show,
        season=head.season,
        number=head.number,
        title=episode.script.title if episode.script else "",
        status=head.status,
        already_made=again,
        seconds=_seconds(episode, form),
        scenes=len(episode.script.scenes) if episode.script else 0,
        shots=len(episode.shots),
        folder=str(berth.folder),
        files=tuple(str(path) for path in files if path.parent == berth.season_folder),
        teaser=_teaser(episode, files) if form == "film" and any(path.suffix == ".mp4" for path in files) else "",
        made_by=(*by_role, *((name, tools[kind]) for name, kind in kinds if kind in tools), *own),
        handed_over=tuple(
            f"{item.role.replace('_', ' ')} ({item.task}) went by rules: {item.reason}"
            for item in head.answered
            if item.by == "rules" and item.reason
        ),
        sources=_of_sources(episode.facts),
        stood_in=tuple(told_of(one) for one in head.stood_in if one.recipe in {made.recipe for made in head.made}),
        models=Ledger(berth.folder / "ledger.sqlite").bill(),
    )


def _of_sources(facts: FactSheet | None) -> tuple[str, ...]:
    """Return what the person should know of how their sources were read."""
    if facts is None:
        return ()
    lost = (("not heard", facts.unheard), ("not seen", facts.unseen))
    return (*facts.remarks, *(f"{what}: {', '.join(names)}" for what, names in lost if names))


def told_of(stood_in: StoodIn) -> str:
    """Return who stood in for whom, why and at what loss, in one line."""
    lost = f"; {stood_in.lost}" if stood_in.lost else ""
    who = "in other words" if stood_in.by == stood_in.wanted else f"made by {stood_in.by}"
    return f"{stood_in.label} {who}, as {stood_in.wanted} did not deliver ({stood_in.reason.rstrip('.')}){lost}."


def _shortened(lines: tuple[str, ...], most: int = 6) -> tuple[str, ...]:
    left = len(lines) - most
    return lines if left <= 0 else (*lines[:most], f"… and {left} more: episode.json names all (`stood_in`).")


def _seconds(episode: Episode, form: Form) -> float:
    if episode.cut is None or (form == "play" and episode.narrator is None):
        return 0.0
    return float((radio_play(episode) if form == "play" else episode).the_cut.seconds)


def _teaser(episode: Episode, files: tuple[Path, ...]) -> str:
    """Return where the teaser is, or why there is none."""
    return next((str(path) for path in files if path.name == "teaser.mp4"), "") or choose_teaser(episode).reason
