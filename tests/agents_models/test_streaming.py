"""Answers come bit by bit, and what was counted, refused or cut off is the same as if they came at once."""

import pytest

from agents.account import Leaving, OpenAccount, Used
from agents.writer.model_answers import OutlineAnswer
from episodes.errors import AnswerInvalid, ModelRefused
from tests.agents_models.chat import chat_with
from tests.agents_models.test_chat_ladder import asked, outline
from tests.servers.openai_compatible import FORMS, Form, Streaming, always, in_turn, openai_compatible


class Remembering:
    """Notes what is learned of a server."""

    def __init__(self, *lacks: str) -> None:
        self.known = list(lacks)

    def lacks(self) -> "tuple[str, ...]":
        return tuple(self.known)

    def learn(self, ability: str) -> None:
        self.known.append(ability)


class Books(OpenAccount):
    """Holds answers to a length, and notes what leaves and what it took."""

    def __init__(self, answer_tokens: int | None = None) -> None:
        self.answer_tokens = answer_tokens
        self.left: list[Leaving] = []
        self.used: list[Used] = []

    def reserve(self, call: Leaving) -> int:
        self.left.append(call)
        return len(self.left)

    def settle(self, number: int, used: Used) -> None:
        self.used.append(used)


@pytest.mark.parametrize("form", FORMS)
async def test_letters_are_told_while_they_come_and_tokens_are_counted(form: Form) -> None:
    told: list[tuple[str, str, int]] = []
    with openai_compatible(able=(form,)) as server:
        chat = chat_with(server, hearing=lambda *heard: told.append(heard))
        answer = await asked(chat)
        assert server.requests[-1].streamed
    letters = [count for _, _, count in told]
    assert letters == sorted(letters)
    assert len(letters) > 3
    assert letters[-1] > 500
    assert {label for _, label, _ in told} == {"outline"}
    assert chat.usage.prompt_tokens == 100
    assert chat.usage.answer_tokens == 50
    assert "Goose" in answer.title


@pytest.mark.parametrize("streaming", ["refused", "ignored"])
async def test_a_server_that_can_not_stream_is_found_out_once(streaming: Streaming) -> None:
    learned = Remembering()
    with openai_compatible(streaming=streaming) as server:
        chat = chat_with(server, learned=learned)  # type: ignore[arg-type]
        await asked(chat)
        await asked(chat, "a second goose in the park")
        assert [request.streamed for request in server.requests] == [True, False, False]
        assert learned.known == ["stream"]
        await asked(chat_with(server, learned=learned))  # type: ignore[arg-type]
        assert [request.streamed for request in server.requests][3:] == [False]


async def test_a_garbled_stream_is_left_for_now_but_not_held_against_the_server() -> None:
    learned = Remembering()
    with openai_compatible(streaming="garbled") as server:
        assert "Goose" in (await asked(chat_with(server, learned=learned))).title  # type: ignore[arg-type]
        assert [request.streamed for request in server.requests] == [True, False]
    assert "json_schema" not in learned.known


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("streaming", ["yes", "refused"])
async def test_a_filter_and_a_refusal_are_refusals(form: Form, streaming: Streaming) -> None:
    with (
        openai_compatible(always("filtered"), able=(form,), streaming=streaming) as server,
        pytest.raises(ModelRefused),
    ):
        await asked(chat_with(server))


@pytest.mark.parametrize("streaming", ["yes", "refused"])
async def test_a_refusal_in_its_own_field_is_one(streaming: Streaming) -> None:
    with openai_compatible(always("refusal_field"), streaming=streaming) as server, pytest.raises(ModelRefused):
        await asked(chat_with(server))


@pytest.mark.parametrize("form", FORMS)
async def test_a_cut_off_answer_is_asked_for_again_in_every_form(form: Form) -> None:
    with openai_compatible(in_turn("truncated"), able=(form,)) as server:
        assert "Goose" in (await asked(chat_with(server))).title
        assert server.calls == 2


async def test_a_connection_that_breaks_off_is_tried_again_and_counts_at_its_worst() -> None:
    books = Books()
    with openai_compatible(in_turn("cut_connection")) as server:
        await asked(chat_with(server, account=books))
    broken, good = books.used
    assert (broken.ok, good.ok) == (False, True)
    assert (broken.prompt_tokens, broken.answer_tokens) == (books.left[0].prompt_tokens, books.left[0].answer_tokens)
    assert good.prompt_tokens == 100


async def test_a_refused_request_costs_nothing() -> None:
    books = Books()
    with openai_compatible(in_turn("server_error"), able=("tools",)) as server:
        await asked(chat_with(server, account=books))
    assert [(used.prompt_tokens, used.ok) for used in books.used] == [(0, False), (0, False), (100, True)]


async def test_where_a_server_does_not_count_letters_are_counted() -> None:
    with openai_compatible(counts=False) as server:
        chat = chat_with(server)
        await asked(chat)
    prompt = outline()
    assert chat.usage.prompt_tokens == pytest.approx((len(prompt.system) + len(prompt.user)) / 4, abs=1)
    assert 100 < chat.usage.answer_tokens < 2000


async def test_the_length_of_an_answer_is_asked_for_where_it_is_limited() -> None:
    learned = Remembering()
    with openai_compatible() as server:
        await asked(chat_with(server))
        await asked(chat_with(server, account=Books(1234)))
        assert [request.answer_tokens for request in server.requests] == [None, 1234]
    with openai_compatible(caps=False) as server:
        await asked(chat_with(server, account=Books(1234), learned=learned))  # type: ignore[arg-type]
        assert [request.answer_tokens for request in server.requests] == [1234, None]
    assert learned.known == ["answer_tokens"]


async def test_a_model_that_never_stops_is_stopped() -> None:
    def babbler(title: str, prompt: str) -> dict[str, object]:
        return {"title": "goose " * 4000}

    told: list[int] = []
    with openai_compatible(brain=babbler) as server:
        chat = chat_with(server, account=Books(200), hearing=lambda role, label, letters: told.append(letters))
        with pytest.raises(AnswerInvalid, match="no usable"):
            await chat.ask(outline(), OutlineAnswer, label="outline")
    assert max(told) < 200 * 8 + 400


async def test_no_request_takes_more_than_was_noted_before_it_left() -> None:
    books = Books()
    with openai_compatible() as server:
        await asked(chat_with(server, account=books))
        sent = server.requests[0]
    # A token is never shorter than a byte.
    assert books.left[0].prompt_tokens >= len((sent.system + sent.user).encode())
