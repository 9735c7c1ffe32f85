"""The terminal of a chat: history, completion, and lines said beforehand by `--say`."""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from agents.protocols import Assistant
from director import crews, settings
from director.chat.commands import COMMANDS
from director.chat.conversation import Conversation
from director.chat.desk import Desk, find_berth
from director.chat.screen import AtTerminal, Scripted, somebody_sits_there, tell
from director.settings import Settings
from director.shows import refuse_if_busy
from episodes.episode import Episode
from episodes.errors import InputRefused
from tools.ledger import Ledger


def chat(given: argparse.Namespace) -> int:
    """Hold the chat that the command line asks for. Returns the exit code; raises `InputRefused` and `RecordBusy`."""
    options = {"out": given.out, "model": given.model, "budget": given.budget, "audio_only": given.audio_only or None}
    chosen = settings.load(options)
    desk = None if given.new else sit_down(chosen, given.episode)
    if desk is not None:
        chosen = with_folders(options, desk)
        desk = Desk(desk.berth, chosen)
    if given.say:
        return say(chosen, desk, script_lines(given.say), agrees=given.yes)
    if not somebody_sits_there():
        raise InputRefused('Nobody sits at this terminal: say what is to be done with --say "…" --yes.')
    return sit(chosen, desk)


def with_folders(options: Mapping[str, object], desk: Desk) -> Settings:
    """Return the settings with the folders of the person's own files that the episode was made with.

    A folder that is gone is left out, and said so: what it held lies on the shelf, as long as the cache is kept.
    """
    head, found = desk.head, dict(options)
    for name in ("sounds", "footage"):
        if folder := getattr(head, name):
            found[name] = Path(folder)
    try:
        return settings.load(found)
    except InputRefused as error:
        sys.stderr.write(f"{error} The chat goes on without it.\n")
        return settings.load(options)


def sit_down(chosen: Settings, said: str | None) -> Desk | None:
    """Return the episode that a chat is about; None when none is named and none is made yet.

    Raises `InputRefused` for one that is not there and `RecordBusy` while another process works on it.
    """
    try:
        berth = find_berth(chosen.out, said or "")
    except InputRefused:
        if said:
            raise
        return None
    refuse_if_busy(berth)
    return Desk(berth, chosen)


def say(chosen: Settings, desk: Desk | None, lines: Sequence[str], *, agrees: bool) -> int:
    """Say lines one after the other, as in a script. Returns 1 when one of them could not be done, else 0."""
    screen = Scripted(agrees=agrees)
    talk = _conversation(chosen, screen, desk)

    async def all_of_them() -> None:
        for line in lines:
            tell(screen, f"› {line}", "bold")
            await talk.take(line)
            if not talk.going:
                return

    asyncio.run(all_of_them())
    return 1 if talk.failed else 0


def sit(chosen: Settings, desk: Desk | None) -> int:
    """Hold a conversation at the terminal until the person leaves."""
    talk = _conversation(chosen, AtTerminal(), desk)
    asyncio.run(_listen(talk))
    return 0


def _conversation(chosen: Settings, screen: AtTerminal | Scripted, desk: Desk | None) -> Conversation:
    return Conversation(chosen, screen, lambda opened: assistant_for(chosen, opened), COMMANDS, desk)


def assistant_for(chosen: Settings, desk: Desk | None) -> Assistant:
    """Return who understands the person: with a model, its replies and what they cost are kept with the episode."""
    folder = desk.berth.folder if desk is not None else chosen.cache / "chat"
    folder.mkdir(parents=True, exist_ok=True)
    language = desk.episode.brief.language if desk is not None else "en"
    ledger = Ledger(folder / "ledger.sqlite")
    return crews.assistant(chosen, language, folder / "passes" / "replies", ledger, lambda event: None)


async def _listen(talk: Conversation) -> None:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import FuzzyWordCompleter, WordCompleter, merge_completers
    from prompt_toolkit.history import FileHistory
    from prompt_toolkit.patch_stdout import patch_stdout

    kept = talk.settings.cache / "chat-history"
    kept.parent.mkdir(parents=True, exist_ok=True)
    prompts: PromptSession[str] = PromptSession(history=FileHistory(str(kept)), complete_while_typing=False)
    _greet(talk)
    while talk.going:
        await offer_edits(talk)
        words = completions(talk.desk.episode if talk.desk else None)
        commands = [f"/{name}" for name in COMMANDS]
        completer = merge_completers([WordCompleter(commands, sentence=True), FuzzyWordCompleter(list(words))])
        try:
            with patch_stdout():
                line = await prompts.prompt_async("› ", completer=completer)
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        try:
            await talk.take(line)
        except (KeyboardInterrupt, asyncio.CancelledError):
            tell(talk.screen, "Stopped. What is finished is kept; /go makes the rest, /undo takes it back.", "yellow")


def _greet(talk: Conversation) -> None:
    if talk.desk is None:
        tell(talk.screen, "Say what happens, as in: an episode about a goose at the bank. /help says what else.")
        return
    head, episode = talk.desk.head, talk.desk.episode
    tell(talk.screen, f"{talk.desk.name}", "bold")
    if episode.script is not None:
        scenes, shots = len(episode.script.scenes), len(episode.shots)
        tell(talk.screen, f"{episode.script.logline} {scenes} scenes, {shots} shots.")
    if head.status != "finished":
        tell(talk.screen, "It is not finished: /go makes the rest.", "yellow")
    tell(talk.screen, "Say what should be other than it is. /help lists what can be said.")


async def offer_edits(talk: Conversation) -> None:
    """Say which files of the episode the person has edited since they were last told of."""
    from director.chat import handing_back

    if talk.desk is None:
        return
    new = [path for path in handing_back.edited(talk.desk) if talk.is_news(path)]
    if new:
        names = ", ".join(path.name for path in new)
        tell(talk.screen, f"You have edited {names}: /edits takes that in.", "cyan")


def completions(episode: Episode | None) -> Iterable[str]:
    """Return what may be completed: ids of scenes, shots and lines, names of characters, places and things."""
    if episode is None or episode.script is None or episode.world is None:
        return ()
    world, found = episode.world, dict[str, None]()
    for scene in episode.script.scenes:
        found[scene.id] = None
    for shot in episode.shots:
        found[shot.id] = None
        found[shot.id.removeprefix("S").lstrip("0")] = None
    for line in episode.script.lines:
        found[line.id] = None
    for person in world.characters:
        found[person.short_name] = None
        found[person.name] = None
    for name in (*(p.name for p in world.places), *(p.name for p in world.props), *(v.name for v in world.vehicles)):
        found[name] = None
    return tuple(found)


def script_lines(given: Sequence[str]) -> tuple[str, ...]:
    """Return the lines to say; one that names a file as `@lines.txt` stands for the lines in it.

    Raises `InputRefused` for a file that can't be read.
    """
    lines: list[str] = []
    for one in given:
        if one.startswith("@"):
            path = Path(one[1:]).expanduser()
            try:
                lines += [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
            except (OSError, UnicodeDecodeError) as error:
                raise InputRefused(f"{path.name!r} can't be read as lines to say.") from error
        else:
            lines.append(one)
    return tuple(lines)
