"""`python main.py season`: from the options to a season, and what is said of it."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from agents.protocols import SeasonPlanner
from director import crews, shows
from director.events import nobody
from director.season import Planners, SeasonOptions, produce_season
from director.season_keys import SEASON_KEYS
from director.season_manifest import Given, SeasonOrder, read_order
from director.settings import Settings
from episodes.errors import InputRefused
from episodes.store import Answered
from tools.ledger import Ledger
from tools.purse import Allowance, Purse


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Do what is asked and return the exit code: 0 when all is whole, 1 when something is missing."""
    order, options = _checked(given, settings)
    if given.estimate:
        from director import season_estimate

        settings = settings.model_copy(update={"budget": options.allowance.money})
        alone = settings.model_copy(update={"model": None, "models": {}})  # Nobody is asked for an estimate.
        told = season_estimate.estimate_season(order, settings, _planners(alone))
        sys.stdout.write(f"{asyncio.run(told)}\n")
        return 0
    shows.check_room(settings.out)
    return _produce(order, settings, options, as_json=given.json)


def _checked(given: argparse.Namespace, settings: Settings) -> tuple[SeasonOrder, SeasonOptions]:
    """Return what is asked. Raises `InputRefused` with all that is wrong, in the options and in the manifest."""
    wrong = []
    try:
        options = options_of(given, settings)
    except InputRefused as refusal:
        wrong.append(str(refusal))
    try:
        order = read_order(words_of(given), settings, _say)
    except InputRefused as refusal:
        wrong.append(str(refusal))
    if wrong:
        raise InputRefused("\n".join(wrong))
    return order, options


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def words_of(given: argparse.Namespace) -> Given:
    """Return what the command line says of the season itself."""
    said = {name: getattr(given, name, None) for name, _ in SEASON_KEYS}
    return Given(given.file, tuple((name, value) for name, value in said.items() if value is not None))


def options_of(given: argparse.Namespace, settings: Settings) -> SeasonOptions:
    """Return how the season is to be made. Raises `InputRefused`, every reason a line."""
    least = {"max_parallel": 1, "max_calls": 0, "budget": 0, "max_minutes": 0}
    wrong = [
        f"--{name.replace('_', '-')} is {value:g}, and must be at least {low}."
        for name, low in least.items()
        if (value := getattr(given, name)) is not None and not value >= low
    ]
    if given.passes is not None and not 0 <= given.passes <= 10:
        wrong.append("--passes must lie between 0 and 10.")
    if wrong:
        raise InputRefused("\n".join(wrong))
    money = settings.budget if given.budget is None else given.budget
    return SeasonOptions(
        allowance=Allowance(money=money, calls=given.max_calls, minutes=given.max_minutes),
        max_parallel=given.max_parallel,
        keep_scripts=given.keep_scripts,
        retry=given.retry,
    )


def _produce(order: SeasonOrder, settings: Settings, options: SeasonOptions, *, as_json: bool) -> int:
    from director.season_display import SeasonWatch, print_season

    with SeasonWatch(quiet=as_json) as watch:
        outcome = asyncio.run(produce_season(order, settings, _planners(settings), watch, options))
    print_season(outcome, as_json=as_json)
    return 0 if outcome.is_whole else 1


def _planners(settings: Settings) -> Planners:
    def planners(folder: Path, purse: Purse, report: Callable[[Answered], None]) -> SeasonPlanner:
        if settings.model_of("writer") is not None:
            folder.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(folder / "ledger.sqlite")
        ledger.purse = purse
        return crews.season_planner(settings, report, folder / "replies", ledger, nobody)

    return planners
