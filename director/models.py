"""Language models as roles are given them: what they may take, what their servers lack, what they said before."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from pydantic import SecretStr, ValidationError

from director.events import Listener, ModelThinks
from director.settings import ModelPrice, RoleName, Settings
from episodes.errors import LimitReached
from episodes.value import Value, digest
from episodes.whole_file import replace_file
from tools.ledger import Ledger

if TYPE_CHECKING:
    from agents.account import Leaving, Used
    from agents.llm import OpenAIChat
    from agents.wire import Ability, ModelSettings

OPENAI_ADDRESS = "https://api.openai.com/v1"
"""Asked when a key is set and no other address."""

TRIED_AGAIN_AFTER = timedelta(days=7)
"""What a server lacked this long ago is asked of it once more: it may have been brought up to date."""

TOLD_EVERY = 0.25
"""Seconds between two events about a model that is writing."""


def chats(
    settings: Settings, replies: Path, ledger: Ledger, listener: Listener
) -> "Callable[[RoleName], OpenAIChat | None]":
    """Return who answers for each role: its model, or None where it goes by rules.

    Roles that ask the same model share what is learned about its server. All share one account.
    """
    from agents.llm import OpenAIChat

    account, kept, hearing = LedgerAccount(settings, ledger), KeptReplies(replies), thinking(listener)
    made: dict[str, OpenAIChat] = {}

    def of(role: RoleName) -> "OpenAIChat | None":
        name = settings.model_of(role)
        if name is None:
            return None
        if name not in made:
            reach = model_settings(settings, name)
            made[name] = OpenAIChat(reach, kept, account, LearnedFile.of(settings.cache, reach.base_url, name), hearing)
        return made[name]

    return of


def model_settings(settings: Settings, name: str) -> "ModelSettings":
    """Return how a model is reached."""
    from agents.wire import ModelSettings

    return ModelSettings(
        model=name,
        base_url=settings.base_url or OPENAI_ADDRESS,
        api_key=settings.api_key or SecretStr("none"),
        timeout_seconds=settings.model_timeout,
        retry_base_seconds=settings.model_wait,
    )


def thinking(listener: Listener, clock: Callable[[], float] = time.monotonic) -> Callable[[str, str, int], None]:
    """Return an ear for models that write, which tells the listener at most four times a second."""
    last = float("-inf")

    def hear(role: str, label: str, letters: int) -> None:
        nonlocal last
        if (now := clock()) - last >= TOLD_EVERY:
            last = now
            listener(ModelThinks(role, label, letters))

    return hear


class LedgerAccount:
    """An `agents.account.Account` over the ledger of one episode, whose earlier runs count too."""

    def __init__(self, settings: Settings, ledger: Ledger, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold the models to the settings' limits, prices and budget."""
        self._limits, self._budget = settings.model_limits, settings.budget
        self._prices, self._ledger, self._clock = settings.prices, ledger, clock
        self._under_way: dict[int, tuple[str, float]] = {}
        self._waited, self._waiting, self._since = 0.0, 0, 0.0

    @property
    def answer_tokens(self) -> int | None:
        """The most tokens of one answer, where tokens or money have a limit."""
        purse = self._ledger.purse
        money = self._budget is not None or (purse is not None and purse.allowance.money is not None)
        limited = self._limits.tokens is not None or (money and self._prices)
        return self._limits.answer_tokens if limited else None

    @property
    def seconds_left(self) -> float:
        """Seconds that may still be spent waiting for models in this run."""
        if self._limits.minutes is None:
            return float("inf")
        under_way = self._clock() - self._since if self._waiting else 0.0
        return self._limits.minutes * 60 - self._waited - under_way

    def reserve(self, call: "Leaving") -> int:
        """Write the call down at its worst and return its number. Raises `LimitReached` where that is too much."""
        limits, bill = self._limits, self._ledger.bill()
        if bill.calls >= limits.calls:
            raise LimitReached(f"the limit of {limits.calls} model calls was reached")
        worst = call.prompt_tokens + call.answer_tokens
        used = bill.prompt_tokens + bill.answer_tokens
        if limits.tokens is not None and used + worst > limits.tokens:
            raise LimitReached(
                f"the limit of {limits.tokens:,} model tokens could be passed ({used:,} used, at most {worst:,} more)"
            )
        if self.seconds_left <= 0:
            raise LimitReached(f"the limit of {limits.minutes:g} minutes for models was reached")
        price = self._price(call.model, call.prompt_tokens, call.answer_tokens)
        self._check_budget(price)
        if self._ledger.purse is not None:
            self._ledger.purse.leave(f"a call of {call.model}", price, outside=True)
        number = self._ledger.ask(
            role=call.role,
            model=call.model,
            label=call.label,
            prompt_tokens=call.prompt_tokens,
            answer_tokens=call.answer_tokens,
            price=price,
        )
        self._under_way[number] = call.model, price
        return number

    def settle(self, number: int, used: "Used") -> None:
        """Write down what a call really took."""
        model, thought = self._under_way.pop(number)
        price = self._price(model, used.prompt_tokens, used.answer_tokens)
        if self._ledger.purse is not None:
            self._ledger.purse.settle(price - thought)
        self._ledger.answered(
            number,
            prompt_tokens=used.prompt_tokens,
            answer_tokens=used.answer_tokens,
            price=price,
            seconds=used.seconds,
            ok=used.ok,
        )

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the time of the block; that of several at once counts once."""
        if self._waiting == 0:
            self._since = self._clock()
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                self._waited += self._clock() - self._since

    def _price(self, model: str, prompt_tokens: int, answer_tokens: int) -> float:
        price = self._prices.get(model, ModelPrice())
        return (prompt_tokens * price.input + answer_tokens * price.output) / 1e6

    def _check_budget(self, price: float) -> None:
        if self._budget is None or price == 0:
            return
        spent = self._ledger.spent()
        if spent + price > self._budget:
            raise LimitReached(
                f"the budget of {self._budget:g} could be passed ({spent:.4f} spent, at most {price:.4f} more)"
            )


class _Lacks(Value):
    """What one server lacked, and when that was found."""

    found: Mapping[str, datetime] = {}


@dataclass(frozen=True)
class LearnedFile:
    """What a model's server lacks, in a small file that outlives the run. It may be deleted at any time."""

    path: Path

    @classmethod
    def of(cls, cache: Path, base_url: str, model: str) -> "LearnedFile":
        """Return the file for one model at one address. Neither stands in it: an address may hold a password."""
        return cls(cache / "learned" / "models" / f"{digest([base_url, model])[:24]}.json")

    def lacks(self) -> "Iterable[Ability]":
        """Return what was found within the last week."""
        from agents.wire import RUNGS, Ability

        known = {*RUNGS, *get_args(get_args(Ability)[-1])}
        since = datetime.now(UTC) - TRIED_AGAIN_AFTER
        return tuple(cast("Ability", name) for name, at in self._read().items() if name in known and at > since)

    def learn(self, ability: "Ability") -> None:
        """Write down what the server lacks."""
        found = {**self._read(), ability: datetime.now(UTC)}
        replace_file(self.path, _Lacks(found=found).model_dump_json(indent=1).encode())

    def _read(self) -> Mapping[str, datetime]:
        try:
            return _Lacks.model_validate_json(self.path.read_bytes()).found
        except (OSError, ValidationError):
            # Not there yet, or spoiled: it is learned anew.
            return {}


class KeptReplies:
    """Accepted replies of models, one file each, beside the record."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`."""
        self._folder = folder

    def get(self, key: str) -> str | None:
        """Return the reply kept under `key`, or None."""
        path = self._folder / f"{key[:32]}.json"
        return path.read_text("utf-8") if path.exists() else None

    def put(self, key: str, text: str) -> None:
        """Keep a reply; it is on disk when this returns."""
        replace_file(self._folder / f"{key[:32]}.json", text.encode())
