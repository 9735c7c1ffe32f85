"""The conversation: what a person says of an episode is understood, weighed, agreed to, and only then carried out."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from agents.assistant.orders import (
    Ask,
    Edit,
    Explain,
    Focus,
    NewEpisode,
    Order,
    PutFile,
    Record,
    Say,
    Show,
    Step,
    TakeOutFile,
    Unclear,
)
from agents.assistant.speaking_of import focus_after
from agents.protocols import Assistant
from director import editing, own_files
from director.chat import beginning, handing_back
from director.chat.desk import Desk
from director.chat.screen import Screen, Working, show, tell, tell_path, working
from director.chat.showing import cast_view, cut_view, script_view, shot_view, shots_view
from director.hand_edits import keep_aside
from director.radius import Forecast, forecast
from director.settings import Settings
from episodes.apply import apply_all
from episodes.changes import Change, UseClip, UseRecording
from episodes.errors import ChangeRefused, InputRefused, ProductionError
from episodes.notes import Note
from tools.shelf import file_hash

Ran = Callable[["Conversation", str], Awaitable[None]]
"""A command of the session: it gets the conversation and the words behind its name."""

Assistants = Callable[[Desk | None], Assistant]
"""Returns who understands what is said of an episode."""

WRITING = {
    "export": "Export everything",
    "fork": "Make a copy of this episode",
    "bloopers": "Make a reel of the takes that were not used",
    "approve": "Approve this episode",
}
"""Commands that write something, as they are asked about when words ask for them."""

MOST_FINDINGS = 5
"""Findings that are told before an edit; more are counted."""


class Conversation:
    """One sitting with one episode at a time."""

    def __init__(
        self, settings: Settings, screen: Screen, assistants: Assistants, commands: dict[str, Ran], desk: Desk | None
    ) -> None:
        """Begin with an opened episode, or with none."""
        self.settings, self.screen, self.desk = settings, screen, desk
        self.going = True
        """Whether the person is still there."""
        self.failed = False
        """Whether anything that was asked for could not be done."""
        self.weighed: Forecast | None = None
        """What the last edit was said to make, at most."""
        self.worked: Working | None = None
        """What the last edit has made."""
        self._told: dict[Path, float] = {}
        self._assistants, self._commands = assistants, commands
        self._hired: tuple[Path | None, Assistant] | None = None
        self._focus = Focus()
        self._history: list[str] = []

    async def take(self, words: str) -> None:
        """Do what a line asks for. Whatever goes wrong is told, and the conversation goes on."""
        words = words.strip()
        if not words:
            return
        try:
            if words.startswith("/"):
                await self._command(*words[1:].split(maxsplit=1))
            else:
                await self._words(words)
        except ProductionError as error:
            self.failed = True
            tell(self.screen, str(error), "yellow")

    async def run(self, command: str, words: str = "") -> None:
        """Run a command by its name."""
        await self._commands[command](self, words)

    def opened(self) -> Desk:
        """Return the episode on the desk. Raises `InputRefused` while there is none."""
        if self.desk is None:
            raise InputRefused("No episode is open: say what a new one is about, or open one with /open.")
        return self.desk

    async def _command(self, name: str = "help", words: str = "") -> None:
        if name not in self._commands:
            near = [known for known in self._commands if name and known.startswith(name[:2])]
            hint = f" Do you mean /{near[0]}?" if near else ""
            raise InputRefused(f"There is no command /{name}.{hint} /help lists them.")
        await self._commands[name](self, words)

    def _assistant(self) -> Assistant:
        # Its replies are kept with the episode, whose folder is another one after it got another title.
        folder = self.desk.berth.folder if self.desk is not None else None
        if self._hired is None or self._hired[0] != folder:
            self._hired = (folder, self._assistants(self.desk))
        return self._hired[1]

    # ---- words -------------------------------------------------------------------------------------------------------

    async def _words(self, words: str) -> None:
        episode = self.desk.episode if self.desk is not None else None
        orders = await self._assistant().understand(words, episode, self._focus, tuple(self._history))
        self._history = [*self._history[-19:], words]
        edits = [order for order in orders if isinstance(order, Edit)]
        for place, order in enumerate(orders):
            if episode is not None and episode.script is not None:
                self._focus = focus_after(self._focus, order, episode)
            if isinstance(order, Edit):
                # All edits of one message are one step: weighed, made and undone together.
                if order is edits[0]:
                    await self.edit(
                        tuple(change for edit in edits for change in edit.changes),
                        tuple(edit.said for edit in edits),
                        words,
                    )
            else:
                await self._carry_out(order, words, last=place == len(orders) - 1)

    async def _carry_out(self, order: Order, words: str, *, last: bool) -> None:
        if isinstance(order, PutFile):
            await self._put_file(order, words)
        elif isinstance(order, TakeOutFile):
            change: Change = (
                UseClip(shot=order.shot, clip=None)
                if order.shot
                else UseRecording(line=order.line or "", recording=None)
            )
            await self.edit((change,), (order.said,), words)
        elif isinstance(order, Show):
            if order.said:
                tell(self.screen, order.said)
            self.look_at(order.target)
        elif isinstance(order, Explain):
            tell(self.screen, await self._assistant().explain(self.opened().episode, order, self._record()))
        elif isinstance(order, Ask):
            chosen = await self.screen.choose(order.sentence, order.choices)
            if chosen:
                await self._words(chosen)
            else:
                self.failed = True
                tell(self.screen, "Nothing was changed.")
        elif isinstance(order, Unclear):
            self._not_understood(order)
        elif isinstance(order, NewEpisode):
            made = await beginning.begin(self.settings, self.screen, order)
            self.desk = made or self.desk
        elif isinstance(order, Say):
            await self._said_command(order)

    async def _said_command(self, order: Say) -> None:
        """Run a command that was said in words: what writes something is asked about, as it was not typed."""
        asked = WRITING.get(order.command)
        if asked is None or await self.screen.confirm(f"{asked}?"):
            await self.run(order.command, order.words)

    def is_news(self, path: Path) -> bool:
        """Whether a file was edited since the person was last told of it; they are told now."""
        changed = path.stat().st_mtime if path.exists() else 0.0
        known = self._told.get(path)
        self._told[path] = changed
        return known != changed

    def _not_understood(self, order: Unclear) -> None:
        self.failed = True
        tell(self.screen, order.sentence, "yellow")
        for can in order.can:
            tell(self.screen, f"  {can}")

    def _record(self) -> Record:
        desk = self.opened()
        steps, revision = [], desk.store.revision(desk.revision)
        while revision.parent is not None:
            steps.append(Step(by=revision.by, changes=revision.changes))
            revision = desk.store.revision(revision.parent)
        return Record(notes=desk.head.notes, steps=tuple(reversed(steps)), answered=desk.head.answered)

    # ---- editing -----------------------------------------------------------------------------------------------------

    async def edit(
        self, changes: tuple[Change, ...], said: tuple[str, ...], words: str, *, taken: tuple[str, ...] = ()
    ) -> bool:
        """Say what changes would make stale, and make it when the person agrees; return whether they did.

        Raises `ChangeRefused` when one of them can't be made.
        """
        desk = self.opened()
        apply_all(changes, desk.episode)  # Refused before anything is said of what it would cost.
        for sentence in said:
            tell(self.screen, sentence)
        if self._only_words(desk, changes):
            editing.note(desk.berth, changes, self.settings, said=" ".join(said) or words)
            return True
        seen = await forecast(desk.sight(), desk.episode, desk.touched, changes)
        self.weighed = seen
        self._weigh(seen)
        if not await self.screen.confirm("Do it?"):
            tell(self.screen, "Nothing was changed.")
            return False
        await self._made(changes, said, words, taken)
        return True

    @staticmethod
    def _only_words(desk: Desk, changes: tuple[Change, ...]) -> bool:
        """Whether all that changes is what is locked: nothing is made, so nothing is to be agreed to."""
        return all(change.kind == "lock" for change in changes) and desk.head.status == "finished"

    def _weigh(self, seen: Forecast) -> None:
        for line in seen.lines():
            tell(self.screen, line)
        for note in seen.findings[:MOST_FINDINGS]:
            self._finding(note)
        if len(seen.findings) > MOST_FINDINGS:
            tell(self.screen, f"  … and {len(seen.findings) - MOST_FINDINGS} more.", "yellow")

    def _finding(self, note: Note) -> None:
        fix = f" {note.fix}" if note.fix else ""
        tell(self.screen, f"  The continuity checker: {note.target}: {note.finding}{fix}", "yellow")

    async def _made(
        self, changes: tuple[Change, ...], said: tuple[str, ...], words: str, taken: tuple[str, ...]
    ) -> None:
        desk = self.opened()
        step = " ".join(sentence.strip() for sentence in said) or words
        with working(self.screen) as seen:
            self.worked = seen
            await editing.revise(desk.berth, changes, self.settings, seen.listen, said=step, taken=taken)
        self.desk = desk.moved()
        at = self.desk.head.trail.at
        tell(self.screen, f"{seen.told()} This is step {at}; /undo takes it back.")
        tell_path(self.screen, self.desk.film)

    async def _put_file(self, order: PutFile, words: str) -> None:
        desk, folder = self.opened(), self.opened().berth.folder
        path = order.path or await self.screen.read("Which file?")
        if not path:
            raise InputRefused("No file was named.")
        file = Path(path).expanduser()
        if order.line:
            recording = own_files.take_reading(file, folder)
            await self.edit((UseRecording(line=order.line, recording=recording),), (order.said,), words)
        elif order.shot:
            clip = own_files.take_clip(file, await self._right_of(file, words), folder)
            shot = desk.episode.shot(order.shot)
            await self.edit((UseClip(shot=shot.id, clip=clip),), (order.said,), words)

    async def _right_of(self, file: Path, words: str) -> str:
        """Return by what right a clip may be used: what was said of it in brackets, or an answer; empty for neither."""
        if "(" in words and words.rstrip(" .!").endswith(")"):
            return words[words.rindex("(") + 1 :].rstrip(" .!)")
        if own_files.says_its_right(file):
            return ""
        return await self.screen.read("By what right may it be used? (such as: my own recording)") or ""

    # ---- showing -----------------------------------------------------------------------------------------------------

    def look_at(self, target: str) -> None:
        """Show a shot, a scene, or one of the views of the whole. Raises `InputRefused` for what there is not."""
        desk, episode = self.opened(), self.opened().episode
        if target == "cast" or any(person.id == target for person in episode.the_world.characters):
            show(self.screen, cast_view(episode))
        elif target == "cut":
            show(self.screen, cut_view(episode))
        elif target == "shots":
            show(self.screen, shots_view(episode))
        elif target == "script":
            show(self.screen, script_view(episode))
        elif any(shot.id == target for shot in episode.shots):
            show(self.screen, shot_view(episode, target, desk.head.notes))
        else:
            self._look_into(target)

    def _look_into(self, target: str) -> None:
        episode = self.opened().episode
        if target in ("mix", "voices"):
            show(self.screen, cast_view(episode) if target == "voices" else str(episode.mix))
            return
        try:
            scene = episode.scene_of(target).id
        except KeyError:
            raise InputRefused(f"There is nothing called {target} in this episode.") from None
        show(self.screen, script_view(episode, scene))
        show(self.screen, shots_view(episode, scene))

    # ---- files that the person edited --------------------------------------------------------------------------------

    async def take_back(self, path: Path | None = None) -> None:
        """Take edited files in as changes: the one named, or all that differ from the record, as one step."""
        desk = self.opened()
        files = (path,) if path is not None else handing_back.edited(desk)
        if not files:
            tell(self.screen, "No file of this episode was edited.")
        found = [(file, handing_back.understood(file, desk)) for file in files]
        changes = tuple(change for _, each in found for change in each.changes)
        for file, each in found:
            tell(self.screen, f"{file.name} was edited{':' if each.changes or each.left else ', but says the same.'}")
            for sentence in each.left:
                tell(self.screen, f"  not taken: {sentence}", "yellow")
            if not changes:
                continue
            for sentence in each.said:
                tell(self.screen, f"  {sentence}")
            if each.left and each.changes:
                tell(self.screen, f"  As you edited it, it is kept in {keep_aside(file).name}.")
        if changes:
            names = ", ".join(file.name for file, each in found if each.changes)
            taken = tuple(file_hash(file) for file, each in found if each.changes)
            await self._taken(changes, names, taken)

    async def _taken(self, changes: tuple[Change, ...], names: str, taken: tuple[str, ...]) -> None:
        try:
            await self.edit(changes, (), f"What was edited in {names}.", taken=taken)
        except ChangeRefused as refusal:
            hint = " Take the files one by one, as in /edits script.fountain." if len(taken) > 1 else ""
            raise ChangeRefused(f"{refusal}{hint}") from refusal
