"""What language models may take for one episode: held to where a call leaves, over all runs, and told at the end."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from agents.account import Leaving, Used
from agents.llm import OpenAIChat
from agents.wire import ModelSettings
from director import crews, estimate
from director.display import Watch, told_bill
from director.events import Event, ModelThinks
from director.models import TRIED_AGAIN_AFTER, KeptReplies, LearnedFile, LedgerAccount, thinking
from director.settings import ModelLimits, ModelPrice, Settings, load
from episodes.bible import Bible
from episodes.brief import Brief
from episodes.errors import LimitReached, ModelUnreachable
from episodes.facts import FactSheet
from episodes.store import Answered, read_head
from tests.agents_models.test_chat_ladder import asked
from tests.agents_models.test_model_roles import READINGS
from tests.servers.openai_compatible import Server, always, in_turn, openai_compatible
from tests.studio import Lot
from tools.ledger import Bill, Ledger

PRICES = {"loopback": ModelPrice(input=1.0, output=10.0)}
THEMES = ("a goose in the park", "a llama in the library", "a cow in the pool", "a ghost in the zoo")


class Clock:
    """Says what it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def chat_on(server: Server, folder: Path, settings: Settings, **options: float) -> OpenAIChat:
    """Return a model whose books are kept in a ledger, as a new run of the same episode would have it."""
    reach = ModelSettings(
        "loopback", server.base_url, timeout_seconds=options.get("timeout", 5.0), retry_base_seconds=0.01
    )
    account = LedgerAccount(settings, Ledger(folder / "ledger.sqlite"))
    return OpenAIChat(reach, KeptReplies(folder / "replies"), account)


async def ask_without_end(chat: OpenAIChat) -> None:
    for number in range(1000):
        await asked(chat, f"goose number {number}")


async def test_the_cap_on_calls_counts_over_resumed_runs(tmp_path: Path) -> None:
    settings = Settings(model_limits=ModelLimits(calls=3))
    with openai_compatible() as server:
        first = chat_on(server, tmp_path, settings)
        await asked(first, THEMES[0])
        await asked(first, THEMES[1])
        again = chat_on(server, tmp_path, settings)
        await asked(again, THEMES[2])
        with pytest.raises(LimitReached, match="the limit of 3 model calls was reached"):
            await asked(again, THEMES[3])
        assert server.calls == 3


async def test_every_request_that_leaves_counts_not_every_answer(tmp_path: Path) -> None:
    with openai_compatible(in_turn("server_error", "server_error")) as server:
        await asked(chat_on(server, tmp_path, Settings()))
        assert server.calls == 3
    states = [entry.state for entry in Ledger(tmp_path / "ledger.sqlite").answers()]
    assert states == ["failed", "failed", "answered"]


async def test_a_kept_answer_costs_nothing_and_is_not_counted(tmp_path: Path) -> None:
    settings = Settings(prices=PRICES, budget=1.0, model_limits=ModelLimits(calls=1))
    with openai_compatible() as server:
        one = await asked(chat_on(server, tmp_path, settings))
        bill = Ledger(tmp_path / "ledger.sqlite").bill()
        for _ in range(3):
            assert await asked(chat_on(server, tmp_path, settings)) == one
        assert server.calls == 1
    assert Ledger(tmp_path / "ledger.sqlite").bill() == bill
    assert (bill.calls, bill.prompt_tokens, bill.answer_tokens) == (1, 100, 50)
    assert bill.price == pytest.approx((100 * 1.0 + 50 * 10.0) / 1e6)


async def test_no_call_leaves_whose_tokens_could_pass_the_cap(tmp_path: Path) -> None:
    settings = Settings(model_limits=ModelLimits(tokens=12_000, answer_tokens=1000))
    with openai_compatible() as server:
        chat = chat_on(server, tmp_path, settings)
        with pytest.raises(LimitReached, match=r"limit of 12,000 model tokens could be passed"):
            await ask_without_end(chat)
        # 150 tokens each, and the next may take as many as its letters and a thousand.
        assert server.calls >= 10
        assert {request.answer_tokens for request in server.requests} == {1000}
    bill = Ledger(tmp_path / "ledger.sqlite").bill()
    assert bill.prompt_tokens + bill.answer_tokens == 150 * server.calls <= 12_000


async def test_no_call_leaves_whose_price_could_pass_the_budget(tmp_path: Path) -> None:
    settings = Settings(prices=PRICES, budget=0.03, model_limits=ModelLimits(answer_tokens=2000))
    with openai_compatible() as server:
        chat = chat_on(server, tmp_path, settings)
        with pytest.raises(LimitReached, match=r"the budget of 0\.03 could be passed"):
            await ask_without_end(chat)
        assert 1 <= server.calls < 40
    assert Ledger(tmp_path / "ledger.sqlite").spent() <= 0.03


async def test_tools_and_models_share_one_budget(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.reserve("k", label="S01-01_T1", kind="render", tool="space", price=0.99)
    with openai_compatible() as server:
        with pytest.raises(LimitReached, match="budget of 1 "):
            await asked(chat_on(server, tmp_path, Settings(prices=PRICES, budget=1.0)))
        assert server.calls == 0
        await asked(chat_on(server, tmp_path, Settings(prices=PRICES, budget=2.0)))
    assert ledger.spent() == pytest.approx(0.99 + 600 / 1e6)


async def test_a_model_without_a_price_is_not_stopped_by_money(tmp_path: Path) -> None:
    with openai_compatible() as server:
        await asked(chat_on(server, tmp_path, Settings(budget=0.0)))
        assert server.requests[0].answer_tokens is None


async def test_many_at_once_do_not_slip_past_the_cap_together(tmp_path: Path) -> None:
    settings = Settings(model_limits=ModelLimits(calls=2))
    with openai_compatible() as server:
        chat = chat_on(server, tmp_path, settings)
        ends = await asyncio.gather(*(asked(chat, theme) for theme in THEMES), return_exceptions=True)
        assert server.calls == 2
    assert sum(isinstance(end, LimitReached) for end in ends) == 2


async def test_a_call_whose_end_nobody_saw_counts_at_its_worst(tmp_path: Path) -> None:
    settings = Settings(prices=PRICES, budget=1.0, model_limits=ModelLimits(answer_tokens=500))
    with openai_compatible(always("hang")) as server:
        one = asyncio.create_task(asked(chat_on(server, tmp_path, settings)))
        while server.calls == 0:
            await asyncio.sleep(0.01)
        one.cancel()
        await asyncio.gather(one, return_exceptions=True)
    (entry,) = Ledger(tmp_path / "ledger.sqlite").answers()
    assert entry.state == "reserved"
    assert entry.answer_tokens == 500
    assert entry.price > 500 * 10 / 1e6


async def test_the_deadline_ends_a_call_that_hangs(tmp_path: Path) -> None:
    settings = Settings(model_limits=ModelLimits(minutes=0.01))
    with openai_compatible(always("hang")) as server:
        with pytest.raises((LimitReached, ModelUnreachable), match=r"minutes for models|could not be reached"):
            await asyncio.wait_for(asked(chat_on(server, tmp_path, settings, timeout=60)), 20)
        assert server.calls <= 2


def test_time_spent_waiting_counts_once_however_many_wait(tmp_path: Path) -> None:
    clock = Clock()
    account = LedgerAccount(Settings(model_limits=ModelLimits(minutes=1)), Ledger(tmp_path / "l.sqlite"), clock)
    call = Leaving("writer", "loopback", "outline", 10, 10)
    with account.waiting():
        clock.now += 10
        with account.waiting():
            clock.now += 20
            assert account.seconds_left == 30
        clock.now += 10
    clock.now += 1000
    assert account.seconds_left == 20
    account.settle(account.reserve(call), Used(1, 1, 0.1, ok=True))
    with account.waiting():
        clock.now += 25
    with pytest.raises(LimitReached, match="limit of 1 minutes"):
        account.reserve(call)


def test_a_ledger_of_before_gets_its_second_table(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.reserve("k", label="a", kind="render", tool="space", price=0.5)
    with closing(sqlite3.connect(ledger.path)) as base:
        base.execute("DROP TABLE answers")
        base.commit()
    assert ledger.bill() == Bill()
    assert ledger.spent() == 0.5


# ---- what is learned -------------------------------------------------------------------------------------------------


async def test_what_a_server_lacks_is_known_to_the_next_run(tmp_path: Path) -> None:
    with openai_compatible(able=("plain",), streaming="refused") as server:
        reach = ModelSettings("loopback", server.base_url)
        for theme in THEMES[:2]:
            learned = LearnedFile.of(tmp_path, server.base_url, "loopback")
            await asked(OpenAIChat(reach, learned=learned), theme)
        forms = [(request.form, request.streamed) for request in server.requests]
        assert forms == [
            ("json_schema", True), ("json_schema", False), ("tools", False), ("json_object", False), ("plain", False),
            ("plain", False),
        ]  # fmt: skip
        other = LearnedFile.of(tmp_path, server.base_url, "another")
    assert list(other.lacks()) == []
    (path,) = (tmp_path / "learned" / "models").iterdir()
    assert "127.0.0.1" not in path.read_text() + path.name


def test_after_a_week_it_is_tried_again_and_a_spoiled_file_is_nothing(tmp_path: Path) -> None:
    learned = LearnedFile.of(tmp_path, "http://127.0.0.1:1/v1", "m")
    learned.learn("json_schema")
    learned.learn("stream")
    assert set(learned.lacks()) == {"json_schema", "stream"}
    told = json.loads(learned.path.read_text())
    told["found"]["stream"] = (datetime.now(UTC) - TRIED_AGAIN_AFTER - timedelta(minutes=1)).isoformat()
    told["found"]["levitation"] = datetime.now(UTC).isoformat()
    learned.path.write_text(json.dumps(told))
    assert list(learned.lacks()) == ["json_schema"]
    learned.path.write_text("{rubbish")
    assert list(learned.lacks()) == []
    learned.learn("json_mode")
    assert list(learned.lacks()) == ["json_mode"]


# ---- who asks which --------------------------------------------------------------------------------------------------


def test_a_model_named_for_a_role_alone_makes_only_that_role_ask(tmp_path: Path) -> None:
    (tmp_path / "director.toml").write_text('[models]\nwriter = "big"\n')
    key = {"OPENAI_API_KEY": "k"}
    settings = load({}, key, tmp_path)
    assert (settings.model_of("writer"), settings.model_of("editor"), settings.uses_model) == ("big", None, True)
    assert load({"model": "none"}, key, tmp_path).models_in_play == ()
    assert load({}, key | {"TENFOUR_MODEL": "none"}, tmp_path).models_in_play == ()
    both = load({"model": "small"}, key, tmp_path)
    assert (both.model_of("writer"), both.model_of("editor")) == ("big", "small")
    (tmp_path / "director.toml").write_text('[models]\ndefault = "small"\neditor = "none"\n')
    some = load({}, key, tmp_path)
    assert (some.model_of("writer"), some.model_of("editor"), some.models_in_play) == ("small", None, ("small",))


async def test_each_role_asks_its_own_model_and_the_record_says_which(tmp_path: Path) -> None:
    told: list[Answered] = []
    heard: list[Event] = []
    with openai_compatible() as server:
        settings = Settings(
            cache=tmp_path,
            model="small",
            models={"writer": "big", "editor": "none"},
            base_url=server.base_url,
            drafts=1,
        )
        ledger = Ledger(tmp_path / "ledger.sqlite")
        crew = crews.crew(settings, told.append, tmp_path / "replies", ledger, heard.append)
        brief = Brief(theme="a goose in the park", format_name="proof", seed=1)
        await crew.researcher.digest(brief, READINGS)
        await crew.writer.write(brief, FactSheet(), Bible(show="Night Shift"), crews.voices(settings, "en"))
        by_title = {request.title: request.model for request in server.requests}
    assert by_title == {"FactsAnswer": "small", "OutlineAnswer": "big", "SceneAnswer": "big"}
    assert {(item.role, item.model) for item in told} == {("researcher", "small"), ("writer", "big")}
    assert type(crew.editor).__name__ == "RuleEditor"
    for name in ("writer=big", "researcher=small", "editor=rules"):
        assert name in crew.signature
    roles = {(entry.role, entry.model) for entry in ledger.answers()}
    assert roles == {("researcher", "small"), ("writer", "big")}
    assert {event.role for event in heard if isinstance(event, ModelThinks)} <= {"researcher", "writer"}
    assert heard


def test_one_model_for_all_is_signed_as_it_always_was(tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path, model="m", base_url="http://127.0.0.1:1/v1")
    crew = crews.crew(settings, lambda told: None, tmp_path, Ledger(tmp_path / "l.sqlite"), lambda event: None)
    assert crew.signature == "m@http://127.0.0.1:1/v1"


def test_a_writing_model_is_told_of_four_times_a_second_at_most() -> None:
    told: list[Event] = []
    clock = Clock()
    hear = thinking(told.append, clock)
    for letters in range(1000):
        hear("writer", "outline", letters)
        clock.now += 0.01
    assert 38 <= len(told) <= 41
    assert told[0] == ModelThinks("writer", "outline", 0)


async def test_the_estimate_names_each_model_and_its_price() -> None:
    settings = Settings(model="small", models={"writer": "big"}, prices={"big": ModelPrice(input=2.0, output=8.0)})
    told = await estimate.estimate(
        Brief(theme="a goose in the park", format_name="proof", seed=1, minutes=1.0), settings
    )
    (big,) = (line for line in told.splitlines() if "model big" in line)
    (small,) = (line for line in told.splitlines() if "model small" in line)
    assert "at most" in big
    assert "at most" not in small


def test_the_bill_is_told_in_words() -> None:
    assert told_bill(Bill(calls=14, prompt_tokens=31_200, answer_tokens=9_800, price=0.0234)) == (
        "14 calls, 31,200 + 9,800 tokens, 0.023"
    )
    assert told_bill(Bill(calls=1, prompt_tokens=5, answer_tokens=7)) == "1 call, 5 + 7 tokens, 0.00"


# ---- whole productions -----------------------------------------------------------------------------------------------


@pytest.mark.xdist_group("sources")
def test_a_production_whose_models_reach_a_cap_goes_on_by_rules_and_says_why(tmp_path: Path) -> None:
    lot = Lot(tmp_path / "lot", theme="a goose locks itself in the mayor's car")
    toml = lot.folder / "director.toml"
    limits = '[limits]\ncalls = 4\n[prices]\nloopback = {input = 1.0, output = 10.0}\n[models]\ndefault = "loopback"\n'
    toml.write_text(f"drafts = 1\n{toml.read_text()}\n{limits}")
    with openai_compatible() as server:
        lot.extra |= {"OPENAI_BASE_URL": server.base_url}
        done = lot.run("--minutes", "0.6", "--stop-at", "shots")
        assert done.returncode == 0, done.stderr[-3000:]
        assert server.calls == 4
        for path in (lot.cache / "checkpoints").glob("*"):
            path.unlink()
        told = lot.run("--minutes", "0.6", "--stop-at", "shots", "--json")
        assert server.calls == 4
    assert "models: 4 calls, 400 + 200 tokens, 0.0024" in done.stdout
    reasons = {item.reason for item in read_head(lot.record()).answered if item.by == "rules"}
    assert "the limit of 4 model calls was reached" in reasons
    assert json.loads(told.stdout)["models"] == {
        "calls": 4, "prompt_tokens": 400, "answer_tokens": 200, "price": pytest.approx(0.0024),
    }  # fmt: skip
    assert "letters" not in done.stderr


def test_that_a_model_writes_is_shown_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    thinks = ModelThinks("shot_planner", "shots of S02", 1234)
    Watch(quiet=False).listen(thinks)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(Console, "is_terminal", property(lambda console: True))
    watch = Watch(quiet=False)
    watch.listen(thinks)
    assert watch._progress is not None
    assert watch._progress.tasks[0].description == "Shot planner: shots of S02 [dim]1,234 letters[/]"
