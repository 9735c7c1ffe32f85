"""`make bench-chaos`: episodes over servers that fail in half of all calls, in every way that is known.

A language model and five Spaces with a duplicate each, on loopback: queues full, 429, 5xx, time-outs, broken
connections, half files, clips of another length, black ones, none at all, refusals, quotas with and without numbers,
Spaces that sleep, are being built, paused or broken, and one whose interface changes from episode to episode. Every
episode must be finished, no call that was done may be made again, and whatever stands in must be named.
"""

import argparse
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import loopback
from episodes.store import Head
from tests.servers import openai_compatible as models
from tests.servers import space_apps, space_hub, space_moods, spaces

THEMES = (
    "raccoon heist at a doughnut shop", "a goose has locked itself in the mayor's car", "geese close the high street",
    "somebody returns every shopping trolley in town", "the statue in the park has been issued a parking ticket",
    "a llama at the lost property office", "three clowns and one bicycle", "the bakery's sourdough has escaped",
    "a swan directs the traffic", "the vending machine gives only left shoes", "an owl files a noise complaint",
    "the town clock has been stolen, but not the time", "a trampoline on the motorway", "the library's ladder has gone",
    "gnomes on strike", "a tuba in the river", "the mayor's toupee is seen at three places",
    "a crocodile at the car wash",
    "somebody waters the plastic plants", "the lighthouse has been switched to disco",
)  # fmt: skip
SHARE_BAD = 0.5
LEAST_REAL = 0.8
"""Of answers and of takes, lines and cues, that must still come from the real back end."""
ROLES: tuple[space_apps.Kind, ...] = (*loopback.CHAIN, "tts", "musicgen")
STAGES: tuple[tuple[list[space_hub.Stage], int], ...] = (
    (["RUNNING"], 5), (["SLEEPING", "BUILDING", "RUNNING"], 3), (["BUILDING", "APP_STARTING", "RUNNING"], 2),
    (["PAUSED"], 2), (["RUNTIME_ERROR"], 1), (["BUILD_ERROR"], 1),
)  # fmt: skip
"""What the Hub says of a Space, with how often it says so: of fourteen, nine are not simply running."""


@dataclass(frozen=True)
class Outcome:
    """What one episode came to."""

    number: int
    finished: bool
    seconds: float
    answers: tuple[int, int]
    """By the model, and in all."""
    pieces: tuple[int, int]
    """Takes, lines and cues by a Space, and in all."""
    stood_in: int
    unnamed: int
    """Pieces that something else made and the record does not name, and answers by rule without a reason."""
    repeated: int
    """Calls that were done as they should be, and made again."""
    bad: Counter[str]
    """What the servers did beside answering well."""


@contextmanager
def studio() -> Iterator[tuple[loopback.Servers, Mapping[str, spaces.App]]]:
    """Run all servers until the block ends: with the renamed Space beside the others, and duplicates."""
    with ExitStack() as stack:
        servers = stack.enter_context(loopback.serving(spare=True))
        renamed = stack.enter_context(spaces.space("zeroscope_renamed", at_once=1))
        yield servers, {**servers.apps, "zeroscope_renamed": renamed}


def toml(hub: str, article: str) -> str:
    """Return the settings: everything by name, as the Hub knows it."""
    lines = [
        "passes = 1",
        "patience = 0.1",
        "model_timeout = 3.0",
        "model_wait = 0.02",
        "[models]",
        'default = "loopback"',
    ]
    chain = ", ".join(f'"studio/{kind}"' for kind in loopback.CHAIN)
    lines += ["[backends]", f"video = [{chain}]", 'voice = "studio/tts"', 'music = "studio/musicgen"']
    for kind, roles in (("video", loopback.CHAIN), ("voice", ("tts",)), ("music", ("musicgen",))):
        # Whether a killed production finds its answers is measured elsewhere.
        lines += [f"[{kind}.space]", f'hub = "{hub}"', "wait_seconds = 12", "outlive = false"]
        for role in roles:
            lines += [f'[{kind}.space."studio/{role}"]', f'duplicates = ["spare/{role}"]']
    return "\n".join([*lines, "[sources]", f'allow = ["{article.split("/")[2]}"]', ""])


def upset(apps: Mapping[str, spaces.App], servers: loopback.Servers, number: int) -> None:
    """Give all servers the moods of one episode."""
    for place, app in enumerate(apps.values()):
        app.reset(space_moods.partly_bad(SHARE_BAD, seed=1000 * number + place))
        app.slow_seconds = 1.0
    servers.model.policy = models.partly_bad(SHARE_BAD, seed=number)
    servers.model.calls = 0
    servers.model.requests.clear()


def hosts(apps: Mapping[str, spaces.App], number: int) -> dict[str, str]:
    """Return the addresses behind the names: every second day the first Space has another interface."""
    found = {f"studio/{role}": apps[role].url for role in ROLES} | {f"spare/{r}": apps[f"{r} spare"].url for r in ROLES}
    return found | ({"studio/zeroscope": apps["zeroscope_renamed"].url} if number % 2 else {})


def stages(number: int) -> dict[str, list[space_hub.Stage]]:
    """Return what the Hub says of each Space; never is a Space down together with its duplicate."""
    chance = random.Random(number)
    said = {}
    for role in ROLES:
        first = chance.choices([stage for stage, _ in STAGES], [often for _, often in STAGES])[0]
        down = first[-1] != "RUNNING"
        said[f"studio/{role}"] = list(first)
        said[f"spare/{role}"] = list(chance.choice(STAGES[: 1 if down else 3])[0])
    return said


def episode(folder: Path, number: int, servers: loopback.Servers, apps: Mapping[str, spaces.App]) -> Outcome:
    """Make one episode and judge it."""
    upset(apps, servers, number)
    folder.mkdir(parents=True)
    wish = ("--theme", THEMES[number % len(THEMES)], "--format", "proof", "--minutes", "0.5", "--seed", str(number))
    with space_hub.hub(hosts(apps, number), stages(number)) as hub:
        (folder / "director.toml").write_text(toml(hub.url, servers.article))
        began = time.monotonic()
        done = loopback.produce(folder, servers, *wish, "--source", servers.article)
        took = time.monotonic() - began
    (folder / "said.txt").write_text(done.stdout + done.stderr)
    bad = Counter(deed for app in apps.values() for deed in app.deeds if deed not in ("ok", "slow"))
    bad += Counter(f"model {asked.reply}" for asked in servers.model.requests if asked.reply != "ok")
    repeated = sum(count - 1 for app in apps.values() for count in app.finished.values())
    asked = Counter((a.title, a.system, a.user, a.turns) for a in servers.model.requests if a.reply == "ok")
    repeated += sum(count - 1 for count in asked.values())
    if done.returncode:
        return Outcome(number, False, took, (0, 0), (0, 0), 0, 0, repeated, bad)
    head, _ = loopback.record_of(folder)
    return Outcome(
        number, _film(folder), took, _answers(head), _pieces(head), len(head.stood_in), _unnamed(head), repeated, bad
    )


def _film(folder: Path) -> bool:
    return bool(list(folder.glob("shows/*/Season 01/*.mp4")))


def _answers(head: Head) -> tuple[int, int]:
    asked = [item for item in head.answered if item.by == "model" or item.reason]
    return sum(item.by == "model" for item in asked), len(asked)


def _pieces(head: Head) -> tuple[int, int]:
    # Of a chain, the first step decides: the others make larger and smoother what it gave.
    made = [
        one for one in head.made if one.kind in ("render", "speak", "compose") and ":" not in one.label.split("_T")[-1]
    ]
    return sum(one.tool.startswith("space:") for one in made), len(made)


def _unnamed(head: Head) -> int:
    named = {one.recipe for one in head.stood_in}
    others = [m for m in head.made if m.kind in ("render", "speak", "compose") and not m.tool.startswith("space:")]
    return sum(one.recipe not in named for one in others)


def told(one: Outcome) -> str:
    """Return one line about an episode."""
    state = "finished" if one.finished else "NOT FINISHED"
    return (
        f"{one.number:>3} {state} in {one.seconds:4.0f} s, answers {one.answers[0]}/{one.answers[1]}, "
        f"pieces {one.pieces[0]}/{one.pieces[1]}, stood in {one.stood_in}, unnamed {one.unnamed}, "
        f"repeated {one.repeated}, bad replies {sum(one.bad.values())}"
    )


def verdict(outcomes: list[Outcome]) -> tuple[list[str], bool]:
    """Return what came of all, in lines, and whether every bar is kept."""
    answers = [sum(one.answers[place] for one in outcomes) for place in (0, 1)]
    pieces = [sum(one.pieces[place] for one in outcomes) for place in (0, 1)]
    kept = (
        all(one.finished and not one.repeated and not one.unnamed for one in outcomes)
        and answers[0] >= LEAST_REAL * answers[1] > 0
        and pieces[0] >= LEAST_REAL * pieces[1] > 0
    )
    ways = sum((one.bad for one in outcomes), Counter[str]())
    lines = [
        f"finished: {sum(one.finished for one in outcomes)} of {len(outcomes)}",
        f"answers by the model: {answers[0]} of {answers[1]} ({answers[0] / max(answers[1], 1):.0%}, bar 80 %)",
        f"takes, lines and cues by Spaces: {pieces[0]} of {pieces[1]} ({pieces[0] / max(pieces[1], 1):.0%}, bar 80 %)",
        f"stood in: {sum(one.stood_in for one in outcomes)}, not named: {sum(one.unnamed for one in outcomes)} (bar 0)",
        f"finished calls made again: {sum(one.repeated for one in outcomes)} (bar 0)",
        "bad replies: " + ", ".join(f"{way} {count}" for way, count in sorted(ways.items())),
    ]
    return lines, kept


def main() -> int:
    """Make the episodes and say what came of them; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__.split("\n")[0])
    parser.add_argument("--episodes", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("out/chaos"), help="folder that is emptied first")
    given = parser.parse_args()
    out: Path = given.out.absolute()
    shutil.rmtree(out, ignore_errors=True)
    outcomes = []
    with studio() as (servers, apps):
        for number in range(given.first, given.first + given.episodes):
            outcomes.append(episode(out / f"{number:02}", number, servers, apps))
            print(told(outcomes[-1]), flush=True)
    lines, kept = verdict(outcomes)
    print("\n".join(lines))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
