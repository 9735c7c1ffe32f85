"""A music service with remote jobs, as one would meet it: submit, wait, fetch; and it can be told to fail.

It keeps its jobs in the folder that its settings name, as a server keeps them: they outlive the process that asked.
"""

import os
import time
from pathlib import Path
from uuid import uuid4

from episodes.errors import RequestRejected, TransientToolError
from episodes.requests import ComposeRequest
from episodes.results import ComposedCue
from episodes.tasks import ToolInfo
from tools.protocols import Call, ToolSettings


class SlowMusic:
    def __init__(self, settings: ToolSettings) -> None:
        self.jobs = Path(settings.options["jobs"])
        self.mood = settings.options.get("mood", "ok")

    @property
    def info(self) -> ToolInfo:
        return ToolInfo(name="slow-music", version="1", outside=True, price_per_call=0.5)

    def compose(self, request: ComposeRequest, call: Call) -> ComposedCue:
        if self.mood == "refuses":
            raise RequestRejected("No music for this.")
        job = call.remote_id or self.submit()
        call.remember(job)
        if self.mood == "fails twice" and len(list(self.jobs.glob("fetch-*"))) < 2:
            (self.jobs / f"fetch-{time.monotonic_ns()}").touch()
            raise TransientToolError("429 from the music service")
        if self.mood == "dies while waiting" and not (self.jobs / "died").exists():
            (self.jobs / "died").touch()
            os._exit(9)
        (call.into / "music.wav").write_bytes(f"{job} {request.seed}".encode())
        return ComposedCue(seconds=request.seconds)

    def submit(self) -> str:
        name = f"job-{uuid4().hex}"  # Two at once are two jobs.
        (self.jobs / name).touch()
        return name


def build(settings: ToolSettings) -> SlowMusic:
    return SlowMusic(settings)
