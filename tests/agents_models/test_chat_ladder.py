"""A model is asked over real HTTP, on the best rung that its server has, until its answer fits."""

import asyncio
import time

import pytest

from agents.llm import MOST_ATTEMPTS, OpenAIChat
from agents.prompts import Rendered
from agents.shot_planner.model import DirectionAnswer
from agents.wire import ModelSettings
from agents.writer.model_answers import OutlineAnswer, SceneAnswer
from episodes.errors import AnswerInvalid, ModelError, ModelRefused, ModelUnreachable
from tests.agents_models.chat import KEY, PROMPTS, Kept, chat_with
from tests.servers.brain import Answer, Brain
from tests.servers.openai_compatible import Form, Reply, always, in_turn, openai_compatible


def outline(theme: str = "a goose elected mayor in the park") -> Rendered:
    data = {
        "theme": theme, "tone": "comedy", "drift": "", "mode": "scene",
        "show": "Night Shift", "agency": "Marrow Creek Police", "county": "Marrow",
        "title": "", "regulars": (), "earlier": (), "facts": (), "scenes": 6, "lines": 22,
        "season": None, "left_over": (),
    }  # fmt: skip
    return PROMPTS.load("writer/outline").render(data)


async def asked(chat: OpenAIChat, theme: str = "a goose elected mayor in the park") -> OutlineAnswer:
    return await chat.ask(outline(theme), OutlineAnswer, label="outline")


async def test_a_good_server_is_asked_once_by_schema() -> None:
    with openai_compatible() as server:
        chat = chat_with(server)
        answer = await asked(chat)
        assert "Goose" in answer.title
        assert [request.form for request in server.requests] == ["json_schema"]
        assert (chat.usage.calls, chat.usage.prompt_tokens, chat.usage.answer_tokens) == (1, 100, 50)


@pytest.mark.parametrize(
    ("able", "forms"),
    [
        (("tools", "json_object", "plain"), ["json_schema", "tools", "tools"]),
        (("json_object", "plain"), ["json_schema", "tools", "json_object", "json_object"]),
        (("plain",), ["json_schema", "tools", "json_object", "plain", "plain"]),
    ],
)
async def test_what_a_server_can_not_do_is_asked_of_it_once(able: tuple[Form, ...], forms: list[Form]) -> None:
    with openai_compatible(able=able) as server:
        chat = chat_with(server)
        await asked(chat)
        await asked(chat, "a second goose in the park")
        assert [request.form for request in server.requests] == forms


@pytest.mark.parametrize("reply", ["rate_limited", "server_error", "empty", "truncated", "refusal", "wrong_schema"])
async def test_one_bad_reply_is_got_over(reply: Reply) -> None:
    with openai_compatible(in_turn(reply)) as server:
        assert "Goose" in (await asked(chat_with(server))).title
        assert server.calls == 2


async def test_prose_round_the_answer_needs_no_second_call() -> None:
    with openai_compatible(always("prose"), able=("plain",)) as server:
        assert "Goose" in (await asked(chat_with(server))).title
        assert server.calls == 1


async def test_a_wrong_answer_is_told_what_was_wrong() -> None:
    def mind(title: str, prompt: str) -> Answer:
        long = "one two three four five six seven eight nine ten eleven twelve " * 2
        line = {"speaker": "dot", "channel": "dispatch", "text": long, "delivery": "flat", "facts": []}
        short = line | {"text": "Four Adam Ten, Dispatch."}
        beat = {"purpose": "call", "action": "", "picture_gag": "", "actors": [], "deeds": []}
        return {"beats": [beat | {"lines": [short if len(server.requests) > 1 else line]}]}

    prompt = Rendered(prompt="test", digest="0", answers="", system="Write.", user="A scene.")
    with openai_compatible(brain=mind) as server:
        answer = await chat_with(server).ask(prompt, SceneAnswer, label="scene")
        assert answer.beats[0].lines[0].text == "Four Adam Ten, Dispatch."
        assert server.requests[1].turns == 4


async def test_an_error_in_words_names_the_place() -> None:
    with openai_compatible(always("wrong_schema")) as server:
        with pytest.raises(AnswerInvalid, match=r"outline.*Field required"):
            await asked(chat_with(server))
        assert server.calls == MOST_ATTEMPTS
        assert {request.form for request in server.requests} > {"json_schema", "tools"}


async def test_retry_after_is_obeyed() -> None:
    with openai_compatible(in_turn("rate_limited"), retry_after="1") as server:
        start = time.monotonic()
        await asked(chat_with(server))
        assert 1.0 <= time.monotonic() - start < 3.0


async def test_a_hanging_server_is_left_at_the_deadline() -> None:
    with openai_compatible(in_turn("hang")) as server:
        start = time.monotonic()
        await asked(chat_with(server, timeout=0.4))
        assert 0.4 <= time.monotonic() - start < 2.5


async def test_a_server_that_always_refuses_is_believed() -> None:
    with openai_compatible(always("refusal")) as server:
        with pytest.raises(ModelRefused, match="declined"):
            await asked(chat_with(server))
        assert server.calls == 3


async def test_a_dead_server_costs_little_after_two_lost_answers() -> None:
    with openai_compatible(always("server_error")) as server:
        chat = chat_with(server)
        for _ in range(4):
            with pytest.raises(ModelUnreachable, match="HTTP 500"):
                await asked(chat)
        assert server.calls == 2 * MOST_ATTEMPTS + 2


async def test_nobody_listening_is_said_in_a_sentence() -> None:
    with openai_compatible() as server:
        chat = chat_with(server)
    with pytest.raises(ModelUnreachable, match="connection failed"):
        await asked(chat)


async def test_a_finished_call_is_not_made_again() -> None:
    kept = Kept()
    with openai_compatible() as server:
        first = await asked(chat_with(server, replies=kept))
        again = await asked(chat_with(server, replies=kept))
        other = await asked(chat_with(server, replies=kept), "a llama in the library")
        assert first == again != other
        assert server.calls == 2


async def test_a_kept_reply_of_an_older_type_is_asked_anew() -> None:
    kept = Kept()
    with openai_compatible() as server:
        await asked(chat_with(server, replies=kept))
        kept.texts = dict.fromkeys(kept.texts, '{"title": "half"}')
        assert "Goose" in (await asked(chat_with(server, replies=kept))).title
        assert server.calls == 2


async def test_the_key_is_sent_and_shown_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    kept = Kept()
    caplog.set_level("DEBUG", logger="agents")
    bad: list[Reply] = ["wrong_schema"] * 6
    with openai_compatible(in_turn("ok", *bad)) as server:
        chat = chat_with(server, replies=kept)
        await asked(chat)
        with pytest.raises(ModelError) as caught:
            await asked(chat, "another")
        assert {request.authorization for request in server.requests} == {f"Bearer {KEY}"}
    shown = repr(chat) + repr(chat.settings) + str(kept.texts) + str(caught.value) + caplog.text
    assert KEY not in shown


async def test_addresses_in_the_environment_do_not_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with openai_compatible() as server:
        assert "Goose" in (await asked(chat_with(server))).title


async def test_a_local_server_needs_no_key() -> None:
    with openai_compatible() as server:
        answer = await asked(OpenAIChat(ModelSettings("loopback", server.base_url)))
        assert "Goose" in answer.title


async def test_a_cut_off_answer_that_fits_serves_when_no_whole_one_comes() -> None:
    def mind(title: str, prompt: str) -> Answer:
        direction = {"owner": "bodycam", "size": "close", "angle": "eye", "movement": "static", "direction": "none"}
        frames = {"first_frame": "A goose.", "last_frame": "No goose.", "detail": ""}
        return {"shots": [{"id": f"S01-{number:02}"} | direction | frames for number in range(1, 10)]}

    prompt = Rendered(prompt="test", digest="0", answers="", system="Direct.", user="Nine shots.")
    with openai_compatible(always("truncated"), brain=mind) as server:
        answer = await chat_with(server).ask(prompt, DirectionAnswer, label="camera")
        assert 1 <= len(answer.shots) < 9
        assert server.calls == MOST_ATTEMPTS


def test_one_object_serves_several_event_loops() -> None:
    with openai_compatible() as server:
        chat = chat_with(server)
        for theme in ("one goose", "two geese"):
            asyncio.run(asked(chat, theme))
        assert server.calls == 2


async def test_many_questions_at_once_are_all_answered() -> None:
    with openai_compatible(brain=Brain()) as server:
        chat = chat_with(server)
        answers = await asyncio.gather(*(asked(chat, f"goose number {number}") for number in range(8)))
        assert len({answer.start_time for answer in answers}) > 1
        assert chat.usage.calls == 8
