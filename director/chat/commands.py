"""The commands of a conversation: `/undo` and the others. Each does one thing and says what it did."""

import asyncio
import re

from rich import box
from rich.table import Table
from rich.text import Text

from director import editing
from director.chat import beginning, bloopers, exporting, forking, handing_back, playing
from director.chat.comparing import side_by_side
from director.chat.conversation import Conversation, Ran
from director.chat.desk import Desk, find_berth
from director.chat.frames import frames_sheet
from director.chat.screen import show, show_file, tell, tell_path, working
from director.chat.showing import cast_view, cut_view, find_target, notes_view, plain, script_view, shots_view
from director.executor import Executor
from director.planning import credits_of
from episodes.changes import Lock, Retitle
from episodes.comparison import compare
from episodes.errors import InputRefused
from episodes.store import Lease
from episodes.trail import Trail
from tools.ledger import Ledger

MOST_DIFFERENCES = 40
"""Differences that `/diff` prints; the sheet holds all."""


# ---- walking the trail -----------------------------------------------------------------------------------------------


async def undo(talk: Conversation, words: str) -> None:
    """Take the last step back; with a number, go to that step."""
    trail = talk.opened().head.trail
    await _walk(talk, trail.gone_to(_number(words)) if words.strip() else trail.undone())


async def redo(talk: Conversation, words: str) -> None:
    """Do again what was undone last."""
    await _walk(talk, talk.opened().head.trail.redone())


async def _walk(talk: Conversation, trail: Trail) -> None:
    desk = talk.opened()
    with working(talk.screen) as seen:
        await editing.walk(desk.berth, trail, talk.settings, seen.listen)
    talk.desk = desk.moved()
    tell(talk.screen, f"Back at step {trail.at}: {trail.now.said.rstrip('.')}. {seen.told()}")


def _number(words: str) -> int:
    if not words.strip().isdecimal() or len(words) > 9:
        raise InputRefused(f"{words.strip()!r} is no number of a step; /history lists them.")
    return int(words)


async def history(talk: Conversation, words: str) -> None:
    """List the steps, and which of them the episode is at."""
    trail = talk.opened().head.trail
    if not trail.steps:
        tell(talk.screen, "Nothing was changed yet.")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("", "step", "after"):
        table.add_column(name, no_wrap=True)
    table.add_column("what was asked for", ratio=1)
    for step in trail.steps:
        here = "›" if step.number == trail.at else ""
        after = "" if step.parent is None else str(step.parent)
        unmade = "" if step.revision else " (not finished; /go makes it)"
        table.add_row(here, str(step.number), after, Text(plain(step.said + unmade)))
    show(talk.screen, table)


async def fork(talk: Conversation, words: str) -> None:
    """Make a copy under another title, and go on with that one."""
    desk = talk.opened()
    berth = await asyncio.to_thread(forking.fork, desk, words)
    made = Desk(berth, talk.settings)
    with working(talk.screen) as seen:
        title = made.episode.brief.title or ""
        await editing.revise(berth, (Retitle(title=title),), talk.settings, seen.listen, said=f"It is called {title}.")
    talk.desk = made.moved()
    tell(talk.screen, f"{seen.told()} This is {talk.desk.name} now; /open S{desk.berth.season:02d}E"
                      f"{desk.berth.number:02d} goes back.")  # fmt: skip


async def diff(talk: Conversation, words: str) -> None:
    """Compare two steps or episodes: in words, and frame by frame on a sheet."""
    desk = talk.opened()
    named = _sides(words)
    if len(named) > 2:
        raise InputRefused("Name two steps or episodes, as in /diff 0 2 or /diff 1 S01E02.")
    first = named[0] if named else desk.before()
    a, b = desk.side(first), desk.side(named[1] if len(named) == 2 else "")
    told = compare(a.episode, b.episode).lines()
    tell(talk.screen, f"{a.label}  →  {b.label}")
    if not told:
        tell(talk.screen, "They are the same.")
        return
    for line in told[:MOST_DIFFERENCES]:
        tell(talk.screen, f"  {line}")
    if len(told) > MOST_DIFFERENCES:
        tell(talk.screen, f"  … and {len(told) - MOST_DIFFERENCES} more, on the sheet.")
    show_file(talk.screen, await side_by_side(a, b, desk.berth.folder / "passes"))


def _sides(words: str) -> list[str]:
    """Return what is to be compared; of words that were said and not typed, only what names a step or an episode."""
    named = words.split()
    if len(named) <= 2 and not set(words.casefold().split()) & {"with", "against", "to", "the"}:
        return ["0" if name.casefold() in ("first", "original") else name for name in named]
    steps = re.findall(r"s\d+e\d+|\b\d+\b|\bfirst\b|\boriginal\b", words.casefold())
    return ["0" if step in ("first", "original") else step for step in steps]


# ---- looking ---------------------------------------------------------------------------------------------------------


async def play(talk: Conversation, words: str) -> None:
    """Play the film, a scene or a shot in the first player there is."""
    desk = talk.opened()
    tell(talk.screen, playing.play(playing.part_of(desk.side(), desk.film, words.strip() or None)))


async def frames(talk: Conversation, words: str) -> None:
    """Show a shot's or a scene's frames."""
    desk = talk.opened()
    if not words.strip():
        raise InputRefused("Name a shot or a scene, as in /frames 2-04.")
    show_file(talk.screen, await frames_sheet(words.strip(), desk.side(), desk.berth.folder / "passes"))


async def notes(talk: Conversation, words: str) -> None:
    """List what checker and editor have found."""
    show(talk.screen, notes_view(talk.opened().head.notes))


async def script(talk: Conversation, words: str) -> None:
    """Read the script, or one scene of it."""
    show(talk.screen, script_view(talk.opened().episode, words.strip() or None))


async def shots(talk: Conversation, words: str) -> None:
    """List the shots, or those of one scene."""
    show(talk.screen, shots_view(talk.opened().episode, words.strip() or None))


async def cast(talk: Conversation, words: str) -> None:
    """List the cast and their voices."""
    show(talk.screen, cast_view(talk.opened().episode))


async def cut(talk: Conversation, words: str) -> None:
    """Show the timeline."""
    show(talk.screen, cut_view(talk.opened().episode))


# ---- deciding --------------------------------------------------------------------------------------------------------


async def lock(talk: Conversation, words: str) -> None:
    """Lock a scene, shot, line or character, so that no agent changes it; without a name, list what is locked."""
    await _lock(talk, words, locked=True)


async def unlock(talk: Conversation, words: str) -> None:
    """Unlock what was locked."""
    await _lock(talk, words, locked=False)


async def _lock(talk: Conversation, words: str, *, locked: bool) -> None:
    desk = talk.opened()
    if not words.strip():
        tell(talk.screen, f"Locked: {', '.join(sorted(desk.episode.locks)) or 'nothing'}.")
        return
    named = {"episode": "episode"} | {each.casefold(): each for each in desk.episode.locks}
    for person in desk.episode.the_world.characters:
        named |= dict.fromkeys((person.id, person.short_name.casefold(), person.name.casefold()), person.id)
    lines = {line.id.casefold(): line.id for line in desk.episode.the_script.lines}
    target = (named | lines).get(words.strip().casefold()) or find_target(desk.episode, words.strip())
    said = f"{target} stays as it is." if locked else f"{target} may be changed again."
    await talk.edit((Lock(target=target, locked=locked),), (said,), words)


async def approve(talk: Conversation, words: str) -> None:
    """Say yes: go on with a production that waits or was stopped; lock an episode that is finished."""
    desk = talk.opened()
    whole = desk.head.status == "finished" and any(done.form == talk.settings.form for done in desk.head.finished)
    if whole and desk.film is not None:
        said = "The episode is approved: no agent changes it any more."
        await talk.edit((Lock(target="episode"),), (said,), words)
    else:
        await go(talk, words)


async def go(talk: Conversation, words: str) -> None:
    """Go on with what an earlier run, or a stop on the way, has left unfinished."""
    desk = talk.opened()
    if desk.head.entry == "scenes":
        with working(talk.screen) as seen:
            await editing.go_on(desk.berth, talk.settings, seen.listen)
        talk.desk = desk.moved()
        tell(talk.screen, f"{seen.told()} {talk.desk.name}")
        return
    talk.desk = await beginning.made(desk.episode.brief, talk.settings, talk.screen, resume=True)


# ---- handing over ----------------------------------------------------------------------------------------------------


async def export(talk: Conversation, words: str) -> None:
    """Copy all that was made into a folder, or into a .zip."""
    place = await asyncio.to_thread(exporting.export, talk.opened(), words)
    tell(talk.screen, "Everything is in")
    tell_path(talk.screen, place)


async def reel(talk: Conversation, words: str) -> None:
    """Make a reel of the takes that were not used."""
    desk = talk.opened()
    if desk.episode.cut is None:
        raise InputRefused("There is no film yet, so nothing was rejected.")
    lease = Lease(desk.berth.folder)
    try:
        with working(talk.screen) as seen:
            ledger = Ledger(desk.berth.folder / "ledger.sqlite")
            async with Executor(talk.settings, desk.shelf, ledger, seen.listen) as executor:
                credits = credits_of(desk.episode, desk.stage, desk.belt, desk.head, talk.settings)
                path = await bloopers.reel(desk.store, executor, desk.belt, desk.stage, credits, desk.revision)
    finally:
        lease.release()
    if path is None:
        tell(talk.screen, bloopers.NONE)
    tell_path(talk.screen, path)


async def edits(talk: Conversation, words: str) -> None:
    """Take in what you edited by hand: script.fountain, shots.csv, cut.otio, or a file that you name."""
    await talk.take_back(handing_back.place_of(words.strip(), talk.opened()) if words.strip() else None)


async def open_(talk: Conversation, words: str) -> None:
    """Open another episode: its folder, S01E02, or a part of its title."""
    near = talk.desk.berth if talk.desk else None
    talk.desk = Desk(find_berth(talk.settings.out, words.strip(), near), talk.settings)
    tell(talk.screen, f"This is {talk.desk.name}.")


async def quit_(talk: Conversation, words: str) -> None:
    """Leave. Everything is on disk."""
    talk.going = False


async def help_(talk: Conversation, words: str) -> None:
    """Say what can be said."""
    for line in SAYABLE:
        tell(talk.screen, line)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for name, (arguments, command) in _NAMED.items():
        table.add_row(Text(f"/{name} {arguments}".rstrip(), style="bold"), _first_sentence(command))
    show(talk.screen, table)


def _first_sentence(command: Ran) -> str:
    return (command.__doc__ or "").split(". ")[0].strip().rstrip(".") + "."


SAYABLE = (
    "Say it in your own words, for instance:",
    "  make scene 2 at night · make it ten past three · the sergeant should be calmer · another voice for dispatch",
    "  cut the dog shot shorter · swap 2-03 and 2-04 · do 2-04 again as a close-up · keep this shot",
    "  more siren, less music in the chase · add a beat where the raccoon steals the car · call it Glazed and Confused",
    "  use clip.mp4 for 2-04 (my own recording) · use my recording line.wav for this line",
    "  why did you cut to the CCTV? · show me 2-04",
)
"""What a person who asks for help reads first."""

_NAMED: dict[str, tuple[str, Ran]] = {
    "undo": ("[STEP]", undo), "redo": ("", redo), "history": ("", history), "fork": ("NAME", fork),
    "diff": ("[A [B]]", diff), "play": ("[SHOT or SCENE]", play), "frames": ("SHOT or SCENE", frames),
    "script": ("[SCENE]", script), "shots": ("[SCENE]", shots), "cast": ("", cast), "cut": ("", cut),
    "notes": ("", notes), "lock": ("[TARGET]", lock), "unlock": ("TARGET", unlock), "approve": ("", approve),
    "go": ("", go), "export": ("[FOLDER or FILE.zip]", export), "bloopers": ("", reel), "edits": ("[FILE]", edits),
    "open": ("EPISODE", open_), "help": ("", help_), "quit": ("", quit_),
}  # fmt: skip

COMMANDS: dict[str, Ran] = {name: command for name, (_, command) in _NAMED.items()}
"""Every command by its name."""
