"""`python -m benchmarks.chat OUT`: a scripted chat of every kind of turn, and what each turn really made.

A proof episode is made, then talked about. After each turn the pieces that were made are held against those that were
said to be stale: nothing else may be made. Undo must bring back the very bytes of the film before.
"""

import argparse
import asyncio
import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from director import briefing, session, settings
from director.chat.commands import COMMANDS
from director.chat.console import assistant_for
from director.chat.conversation import Conversation
from director.chat.desk import Desk
from director.settings import Settings
from director.shows import Berth
from episodes.episode import Episode
from tests.servers.brain import Brain
from tests.servers.openai_compatible import openai_compatible
from tools import ffmpeg

THEME = "a raccoon robs a doughnut shop, and a dog chases it through town"

Words = Callable[[Episode], str]
"""What is said in a turn, in the ids of the episode as it is."""


@dataclass
class Turn:
    """One turn, and what came of it."""

    kind: str
    words: str
    said: int = 0
    """Pieces that were said to be made, at most."""
    made: int = 0
    stray: tuple[str, ...] = ()
    """Pieces that were made and not said."""
    seconds: float = 0.0
    fault: str = ""

    @property
    def right(self) -> bool:
        """Whether it did what it said, and nothing else."""
        return not self.stray and not self.fault


@dataclass
class Silent:
    """A screen that agrees to everything and keeps what it was told."""

    console: Console = field(default_factory=lambda: Console(file=open("/dev/null", "w", encoding="utf-8")))  # noqa: SIM115
    asked: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    async def confirm(self, question: str) -> bool:
        """Agree."""
        self.asked.append(question)
        return True

    async def read(self, question: str) -> str | None:
        """Say that it is the person's own."""
        return "my own recording"

    async def choose(self, question: str, choices: Sequence[str]) -> str | None:
        """Take the first choice."""
        self.chosen.append(question)
        return choices[0] if choices else None


def turns(episode: Episode, clip: Path, recording: Path) -> tuple[tuple[str, str], ...]:
    """Return kind and words of each turn, for this episode."""
    scenes = episode.the_script.scenes
    scene = scenes[1].id
    number = int(scene[1:])
    pair = [shot.id for shot in episode.shots_of(scene)][1:3]
    silent = next((shot.id for shot in episode.shots if not shot.cues and shot.scene != scene), episode.shots[-1].id)
    line = scenes[-1].lines[0].id
    officer = next(person for person in episode.the_world.characters if person.role == "officer" and person.voice)
    return (
        ("light", f"make scene {number} foggy"),
        ("clock", f"make scene {number} ten minutes later"),
        ("delivery", f"{officer.short_name} should be calmer"),
        ("shorter", f"cut {pair[0]} half a second shorter"),
        ("swap", f"swap {pair[0]} and {pair[1]}"),
        ("voice", "another voice for dispatch"),
        ("balance", f"less music in scene {number}"),
        ("beat", f"add a beat in scene {number} where the raccoon steals the car"),
        ("title", "call it Glazed and Confused"),
        ("reword", f'change line {line} to "Nobody move, that is my doughnut."'),
        ("clip", f"use {clip} for {silent} (my own recording)"),
        ("recording", f"use my recording {recording} for {line}"),
        ("lock", f"keep {pair[1]}"),
        ("why", f"why did you cut to {pair[1]}?"),
        ("show", f"show me {pair[1]}"),
        ("again", f"do {silent} again"),
        ("unclear", "make it more like a sonnet about tax"),
        ("undo", "/undo"),
        ("redo", "/redo"),
        ("history", "/history"),
        ("frames", f"/frames {pair[1]}"),
        ("diff", "/diff 0"),
        ("notes", "/notes"),
        ("bloopers", "/bloopers"),
        ("by hand", "/edits"),
        ("export", "/export {out}/export.zip"),
        ("fork", "/fork The Other Cut"),
    )


Wish = dict[str, object]


def freely(episode: Episode) -> dict[str, tuple[str, Wish]]:
    """Return turns in words that no grammar reads, by kind, each with what a model reads in them."""
    scene = episode.the_script.scenes[1].id
    number, shot = int(scene[1:]), episode.shots_of(scene)[1].id
    officer = next(person for person in episode.the_world.characters if person.role == "officer" and person.voice)
    radio = next(person for person in episode.the_world.characters if person.role == "dispatcher")
    return {
        "light": (f"scene {number} could do with pea soup out there", _wish("weather", scene, value="fog")),
        "delivery": (
            f"{officer.short_name} sounds like he sells carpets, tone it down",
            _wish("delivery", officer.id, value="calm"),
        ),
        "shorter": (f"{shot} overstays its welcome", _wish("shorter", shot, amount=0.5)),
        "voice": ("I can't listen to dispatch any longer", _wish("voice", radio.id, value="other")),
        "balance": (f"in scene {number} the band drowns everybody", _wish("quieter", scene, value="music")),
    }


def _wish(do: str, *targets: str, value: str = "", amount: float = 0.0) -> Wish:
    return {"do": do, "targets": list(targets), "value": value, "amount": amount}


class Mind:
    """A model on loopback: the roles answer as in every test; of the person's words it knows those of this chat."""

    def __init__(self) -> None:
        self.roles, self.wishes, self.asked = Brain(), dict[str, Wish](), 0

    def __call__(self, title: str, prompt: str) -> dict[str, object]:
        """Answer one request."""
        if "<said_now>" not in prompt:
            return dict(self.roles(title, prompt))
        self.asked += 1
        said = prompt.split("<said_now>")[1].split("</said_now>")[0]
        found = [wish for words, wish in self.wishes.items() if words in said]
        return {"wishes": found or [_wish("unsure", value="what it shall be")]}


async def talk(chosen: Settings, out: Path, mind: Mind | None = None) -> tuple[list[Turn], list[str]]:
    """Make an episode, hold the chat, and return the turns and whatever else was wrong."""
    wanted = briefing.Wanted(theme=THEME, minutes=0.5, format="proof", title=None)
    outcome = await session.produce(briefing.to_brief(wanted, ()), chosen, lambda event: None)
    desk, wrong = Desk(outcome.berth, chosen), list[str]()
    screen = Silent()
    conversation = Conversation(chosen, screen, lambda opened: assistant_for(chosen, opened), COMMANDS, desk)
    clip, recording = _files(out)
    found: list[Turn] = []
    films = {"": film_hash(desk)}
    free = freely(desk.episode) if mind is not None else {}
    if mind is not None:
        mind.wishes = dict(free.values())
    for kind, words in turns(desk.episode, clip, recording):
        words = free[kind][0] if kind in free else words.replace("{out}", str(out))
        if kind == "by hand":
            edit_by_hand(conversation.opened().berth.folder / "script.fountain")
        if kind == "undo":
            films["before"] = film_hash(conversation.opened())
        turn = await _one(conversation, kind, words)
        found.append(turn)
        _print(turn)
        if kind == "redo" and film_hash(conversation.opened()) != films["before"]:
            wrong.append("Undo and redo did not bring back the same film.")
    # All the way back: the very first film, byte for byte.
    home = Desk(_berth_of(desk), chosen)
    conversation.desk = home
    await conversation.take("/undo 0")
    if film_hash(conversation.opened()) != films[""]:
        wrong.append("Going back to step 0 did not bring back the first film.")
    return found, wrong


def _berth_of(desk: Desk) -> Berth:
    return desk.moved().berth


async def _one(conversation: Conversation, kind: str, words: str) -> Turn:
    conversation.weighed = conversation.worked = None
    conversation.failed, began = False, time.monotonic()
    await conversation.take(words)
    turn = Turn(kind, words, seconds=time.monotonic() - began)
    weighed, worked = conversation.weighed, conversation.worked
    if weighed is not None:
        said = {(task.kind, task.label) for task in (*weighed.pieces, *weighed.perhaps)}
        turn.said = len(said)
        made = {(one.kind, one.label) for one in worked.made} if worked is not None else set()
        turn.made = len(made)
        turn.stray = tuple(sorted(f"{each} {label}" for each, label in made - said))
    understood = kind != "unclear"
    if conversation.failed == understood:
        turn.fault = "not understood or refused" if understood else "a guess was carried out"
    edits = ("light", "clock", "delivery", "shorter", "swap", "voice", "balance", "beat", "title", "reword", "clip",
             "recording", "again", "by hand")  # fmt: skip
    if kind in edits and worked is None and not turn.fault:
        turn.fault = "nothing was changed"
    return turn


def edit_by_hand(script: Path) -> None:
    """Edit a script as a person would: other words for its first line."""
    lines = script.read_text("utf-8").splitlines()
    for place, line in enumerate(lines):
        if line.isupper() and "[[" not in line and place + 1 < len(lines) and lines[place + 1].strip():
            at = place + 1 + lines[place + 1].startswith("(")
            _, _, note = lines[at].partition("[[")
            lines[at] = f"We are not leaving without the jelly ones. {'[[' + note if note else ''}".strip()
            break
    script.write_text("\n".join(lines) + "\n", "utf-8")


def _files(out: Path) -> tuple[Path, Path]:
    """Make a clip and a recording, as a person would bring them."""
    out.mkdir(parents=True, exist_ok=True)
    clip, recording = out / "clip.mp4", out / "my-line.wav"
    ffmpeg.run(["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24:duration=20", "-pix_fmt", "yuv420p", clip])
    ffmpeg.run(["-f", "lavfi", "-i", "aevalsrc=0.3*sin(2*PI*180*t)*sin(2*PI*3*t):d=2.4:s=48000", recording])
    return clip, recording


def film_hash(desk: Desk) -> str:
    """Return the digest of the delivered film's bytes."""
    film = next(path for path in desk.moved().berth.delivered(desk.moved().head) if path.suffix == ".mp4")
    return hashlib.sha256(film.read_bytes()).hexdigest()


def _print(turn: Turn) -> None:
    state = "ok" if turn.right else f"WRONG {turn.fault} {', '.join(turn.stray)}"
    sys.stdout.write(f"{turn.kind:>10}  said ≤ {turn.said:>3}  made {turn.made:>3}  {turn.seconds:5.1f} s  {state}  "
                     f"{turn.words[:70]}\n")  # fmt: skip
    sys.stdout.flush()


def main() -> int:
    """Run it; 1 when a turn made what it had not said, was not understood, or undo was not the same film."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--model", action="store_true", help="with a model on loopback, whose answers are plain")
    given = asked.parse_args()
    out = given.out.absolute()
    where: dict[str, object] = {"out": out / "shows", "cache": out / "cache", "passes": 1}
    if given.model:
        mind = Mind()
        with openai_compatible(None, mind) as server:
            reached = {"model": "loopback", "base_url": server.base_url, "api_key": "none", "drafts": 1}
            found, wrong = asyncio.run(talk(settings.load(where | reached), out, mind))
        sys.stdout.write(f"The model was asked {server.calls} times, {mind.asked} of them about what was said.\n")
        if not mind.asked:
            wrong.append("The model was never asked about what was said.")
    else:
        found, wrong = asyncio.run(talk(settings.load(where | {"model": "none"}), out))
    rows = [turn.__dict__ | {"right": turn.right} for turn in found]
    (out / "chat.json").write_text(json.dumps({"turns": rows, "wrong": wrong}, indent=2) + "\n", "utf-8")
    right = sum(turn.right for turn in found)
    sys.stdout.write(f"{right} of {len(found)} turns did what they said. {' '.join(wrong)}\n")
    return 0 if right == len(found) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
