"""A place to make seasons in, with quick back ends that count: by the real command line, or in this very process."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from director import settings as the_settings
from director.events import Listener, nobody
from director.season import SeasonOptions, SeasonOutcome, produce_season
from director.season_manifest import Given, SeasonOrder, read_order
from director.season_record import EpisodeRow, SeasonRecord, read_season
from director.settings import HOME, Settings
from episodes.bible import Bible
from episodes.season import EpisodeOutline, RunningGag, SeasonBrief, SeasonMember, SeasonPlan
from tools.purse import Allowance

KINDS = ("voice", "video", "finish", "music", "sound", "assembly")
CALLS = (
    "a goose at the bank",
    "raccoon heist at a doughnut shop",
    "a llama in the library",
    "somebody returns every shopping trolley",
    "the mayor's car is full of bees",
    "a parrot calls dispatch",
    "a statue has been issued a parking ticket",
    "a cow on the roof of the town hall",
)


@dataclass
class SeasonLot:
    """One folder with everything that a season needs and leaves."""

    folder: Path
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count.mkdir(exist_ok=True)
        named = [f'{kind} = "tests.fakes.quick:{kind}"' for kind in KINDS] + ['animatic = "tests.fakes.quick:video"']
        (self.folder / "director.toml").write_text("\n".join(["[backends]", *named, ""]))

    @property
    def count(self) -> Path:
        return self.folder / "count"

    @property
    def out(self) -> Path:
        return self.folder / "shows"

    def season(self, number: int = 1) -> Path:
        (show,) = self.out.iterdir()
        return show / f"Season {number:02}"

    def record(self, number: int = 1) -> SeasonRecord:
        record = read_season(self.season(number))
        assert record is not None
        return record

    def manifest(self, calls: Sequence[str], name: str = "six.jsonl", **more: object) -> Path:
        path = self.folder / name
        briefs = [{"theme": call, "format": "proof", "minutes": 0.5, **more} for call in calls]
        path.write_text("".join(json.dumps(brief) + "\n" for brief in briefs))
        return path

    # ---- in a process of its own -------------------------------------------------------------------------------------

    def start(self, *words: str) -> "subprocess.Popen[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "TENFOUR_"))}
        environment = kept | {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "TENFOUR_COUNT": str(self.count),
            "PYTHONPATH": str(HOME),
            **self.extra,
        }
        command = [sys.executable, str(HOME / "main.py"), "season", *words, "--out", str(self.out), "--passes", "0"]
        with (self.folder / "out.txt").open("w") as out, (self.folder / "log.txt").open("a") as log:
            # Whoever runs the tests in the background of a shell has Ctrl-C ignored, and so would what they start.
            return subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=out, stderr=log, text=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )  # fmt: skip

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(*words)
        process.wait(timeout=280)
        out = (self.folder / "out.txt").read_text()
        return subprocess.CompletedProcess(process.args, process.returncode, out, (self.folder / "log.txt").read_text())

    # ---- in this process ---------------------------------------------------------------------------------------------

    def settings(self, **given: object) -> Settings:
        given = {"out": self.out, "passes": 0, "audio_only": True} | given
        return the_settings.load(given, {}, self.folder).model_copy(update={"cache": self.folder / "cache"})

    def order(self, file: Path | None = None, **values: object) -> SeasonOrder:
        return read_order(Given(file, tuple(values.items())), self.settings())

    def make(
        self,
        order: SeasonOrder,
        *,
        money: float | None = None,
        calls: int | None = None,
        minutes: float | None = None,
        keep_scripts: bool = False,
        listener: "Told | None" = None,
        **given: object,
    ) -> SeasonOutcome:
        options = SeasonOptions(Allowance(money, calls, minutes), keep_scripts=keep_scripts, max_parallel=3)
        told = listener or Told()
        return asyncio.run(
            produce_season(order, self.settings(**given), lambda *unused: StandInPlanner(), told, options)
        )

    # ---- what was done -----------------------------------------------------------------------------------------------

    def begun(self) -> list[tuple[str, str]]:
        """Kind and request of every call that was begun."""
        path = self.count / "calls.log"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(kind, key) for what, kind, key in (line.split() for line in lines) if what == "begin"]

    def finished(self) -> Counter[tuple[str, str]]:
        """Calls whose result is on any shelf: none of them may be made again."""
        manifests = [*self.out.glob("*/*/*/takes/*/manifest.json"), *self.folder.glob("cache/**/media/*/manifest.json")]
        plain = [json.loads(path.read_text()) for path in manifests]
        return Counter({(one["kind"], one["request"]): 1 for one in plain})


class Told:
    """Listens to a season."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.rows: list[EpisodeRow] = []

    def opened(self, record: SeasonRecord) -> None:
        self.rows += record.episodes

    def changed(self, row: EpisodeRow) -> None:
        self.rows.append(row)

    def of(self, number: int) -> Listener:
        return nobody

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)


class StandInPlanner:
    """Plans what the tests need, otherwise for every length: what is kept must be kept."""

    asked: int = 0

    async def plan(self, wish: SeasonBrief, bible: Bible) -> SeasonPlan:
        type(self).asked += 1
        count = wish.episodes
        outlines = tuple(
            EpisodeOutline(
                number=number, call=CALLS[number - 1], turn=f"It was {number} of {count}.", arc="It goes on."
            )
            for number in range(1, count + 1)
        )
        return SeasonPlan(
            premise=f"{wish.theme}, in {count} parts.",
            cast=(SeasonMember(name="Sergeant Ruth Okafor", role="sergeant", want="a quiet week"),),
            gags=(RunningGag(what="the soup machine", episodes=tuple(range(1, count + 1))),),
            arc="Somebody wants quiet.",
            episodes=outlines,
        )
