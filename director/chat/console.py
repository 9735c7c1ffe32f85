"""The terminal of a chat: history, completion, and lines said beforehand by `--say`."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from director import crews
from director.chat.commands import COMMANDS
from director.chat.conversation import Conversation
from director.chat.desk import Desk, find_berth
from director.chat.screen import AtTerminal, Scripted, tell
from director.settings import Settings
from director.shows import refuse_if_busy
from episodes.episode import Episode
from episodes.errors import InputRefused


def sit_down(settings: Settings, said: str | None) -> Desk | None:
    """Return the episode that a chat is about; None when none is named and none is made yet.

    Raises `InputRefused` for one that is not there and `RecordBusy` while another process works on it.
    """
    try:
        berth = find_berth(settings.out, said or "")
    except InputRefused:
        if said:
            raise
        return None
    refuse_if_busy(berth)
    return Desk(berth, settings)


def say(settings: Settings, desk: Desk | None, lines: Sequence[str], *, agrees: bool) -> int:
    """Say lines one after the other, as in a script. Returns 1 when one of them could not be done, else 0."""
    screen = Scripted(agrees=agrees)
    talk = _conversation(settings, screen, desk)

    async def all_of_them() -> None:
        for line in lines:
            tell(screen, f"› {line}", "bold")
            await talk.take(line)
            if not talk.going:
                return

    asyncio.run(all_of_them())
    return 1 if talk.failed else 0


def sit(settings: Settings, desk: Desk | None) -> int:
    """Hold a conversation at the terminal until the person leaves."""
    talk = _conversation(settings, AtTerminal(), desk)
    asyncio.run(_listen(talk))
    return 0


def _conversation(settings: Settings, screen: AtTerminal | Scripted, desk: Desk | None) -> Conversation:
    assistant = crews.assistant(settings, desk.episode.brief.language if desk else "en")
    return Conversation(settings, screen, assistant, COMMANDS, desk)


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
    for thing in (*world.places, *world.props, *world.vehicles):
        found[thing.name] = None
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
