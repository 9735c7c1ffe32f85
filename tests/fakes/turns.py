"""A band that writes down whose turn it is: a line in its log when a cue begins, and one when it ends.

`[music] waits = {"3" = "go"}` lets cue 3 wait until there is a file `go` beside the log, and `dies = ["2"]` lets the
process of cue 2 end in the middle, once.
"""

import os
import time
from pathlib import Path

from episodes.requests import ComposeRequest
from episodes.results import ComposedCue
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings


class Turns:
    def __init__(self, settings: ToolSettings) -> None:
        self.folder, self.options = Path(settings.text("folder")), settings.options

    @property
    def info(self) -> ToolInfo:
        name = str(self.options.get("called", "turns"))
        return ToolInfo(name=name, version="1", outside=bool(self.options.get("outside", False)))

    def note(self, what: str, seed: int) -> None:
        with (self.folder / "turns.log").open("a") as file:
            file.write(f"{what} {seed}\n")

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        self.note("begin", request.seed)
        name = str(request.seed)
        died = self.folder / f"died-{name}"
        if name in self.options.get("dies", []) and not died.exists():
            died.touch()
            os._exit(9)
        waits = self.options.get("waits", {})
        while name in waits and not (self.folder / waits[name]).exists():
            time.sleep(0.01)
        time.sleep(0.02)
        (call.into / "music.wav").write_bytes(name.encode())
        self.note("end", request.seed)
        return ComposedCue(seconds=request.seconds)


def build(settings: ToolSettings) -> Turns:
    return Turns(settings)


def begun(folder: Path) -> list[int]:
    """Return the cues in the order in which they began, again when they began again."""
    return [int(line.split()[1]) for line in lines(folder) if line.startswith("begin")]


def most_at_once(folder: Path) -> int:
    """Return how many were at work at the same time, at most."""
    now = most = 0
    for line in lines(folder):
        now += 1 if line.startswith("begin") else -1
        most = max(most, now)
    return most


def lines(folder: Path) -> list[str]:
    path = folder / "turns.log"
    return path.read_text().splitlines() if path.exists() else []
