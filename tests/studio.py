"""A place to run the real command line in: its own shows, cache and counted tools, in a process of its own."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from director.settings import HOME
from tools import ffmpeg

KINDS = ("reader", "fetcher", "voice", "video", "finish", "music", "sound", "assembly")


@dataclass
class Lot:
    """One folder with everything that a production needs and leaves."""

    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    theme: str = "raccoon heist at a doughnut shop"

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count.mkdir(exist_ok=True)
        names = [f'{kind} = "counted:{kind}"' for kind in KINDS]
        names.append('animatic = "counted:video"')
        (self.folder / "director.toml").write_text("\n".join(["[backends]", *names, ""]))

    @property
    def count(self) -> Path:
        return self.folder / "count"

    @property
    def cache(self) -> Path:
        return self.folder / "cache" / "ten-four"

    @property
    def out(self) -> Path:
        return self.folder / "shows"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "TENFOUR_"))}
        return kept | {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "TENFOUR_COUNT": str(self.count),
            "PYTHONPATH": str(HOME / "tests" / "fakes"),
            **self.extra,
        }

    def start(self, *options: str, **more: str) -> "subprocess.Popen[str]":
        """Start the command line; its words go to files, so that a kill can't block on a pipe."""
        command = [sys.executable, str(HOME / "main.py"), "--theme", self.theme, "--format", "proof"]
        command += ["--out", str(self.out), *options]
        out = (self.folder / "out.txt").open("w")
        log = (self.folder / "log.txt").open("a")
        with out, log:
            # Whoever runs the tests in the background of a shell has Ctrl-C ignored, and so would what they start.
            return subprocess.Popen(
                command, cwd=self.folder, env=self.environment() | more, stdout=out, stderr=log, text=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )  # fmt: skip

    def run(self, *options: str, timeout: float = 280, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run the command line to its end."""
        process = self.start(*options, **more)
        process.wait(timeout=timeout)
        out = (self.folder / "out.txt").read_text()
        return subprocess.CompletedProcess(process.args, process.returncode, out, self.log())

    def log(self) -> str:
        return (self.folder / "log.txt").read_text()

    def calls(self) -> list[tuple[str, str, str]]:
        """Every call so far: `begin` or `end`, kind, digest of the request."""
        path = self.count / "calls.log"
        if not path.exists():
            return []
        lines = path.read_text().splitlines()
        return [(what, kind, key) for what, kind, key in (line.split() for line in lines)]

    def begun(self) -> list[tuple[str, str]]:
        return [(kind, key) for what, kind, key in self.calls() if what == "begin"]

    def film(self) -> Path:
        (found,) = self.out.glob("*/Season 01/*.mp4")
        return found

    def record(self) -> Path:
        (found,) = self.out.glob("*/Season 01/*/episode.json")
        return found.parent

    def head(self) -> dict[str, object]:
        head: dict[str, object] = json.loads((self.record() / "episode.json").read_text())
        return head


def film_hash(film: Path) -> str:
    """Digest of the decoded frames and of the decoded sound: what a viewer sees and hears."""
    with ffmpeg.reading(["-i", str(film), "-map", "0:v", "-f", "rawvideo"]) as frames:
        picture = hashlib.file_digest(frames, "sha256").hexdigest()
    with ffmpeg.reading(["-i", str(film), "-map", "0:a", "-f", "s16le"]) as samples:
        sound = hashlib.file_digest(samples, "sha256").hexdigest()
    return f"{picture}:{sound}"
