"""Where an answer is right but for a few places, only these are asked for again."""

import json

import pytest

from agents.answers import Unfit, read_answer
from agents.pieces import pieces_of
from agents.prompts import Rendered
from agents.researcher.model import FactsAnswer
from agents.writer.model_answers import OutlineAnswer, SceneAnswer
from episodes.errors import AnswerInvalid
from tests.agents_models.chat import chat_with
from tests.servers.brain import Answer, Brain
from tests.servers.openai_compatible import Form, openai_compatible

LONG = "one two three four five six seven eight nine ten eleven twelve " * 2
LINE: Answer = {
    "speaker": "dot",
    "channel": "dispatch",
    "text": "Four Adam Ten, Dispatch.",
    "delivery": "flat",
    "facts": [],
}
BEAT: Answer = {"purpose": "call", "action": "", "picture_gag": "", "actors": [], "deeds": []}
PROMPT = Rendered(prompt="test", digest="0", answers="", system="Write.", user="A scene.")


def scene(*texts: str) -> Answer:
    """Return a scene of beats with two lines each."""
    return {"beats": [BEAT | {"lines": [LINE, LINE | {"text": text}]} for text in texts]}


def unfit(found: Answer, kind: type[SceneAnswer] | type[OutlineAnswer] | type[FactsAnswer]) -> Unfit:
    with pytest.raises(Unfit) as caught:
        read_answer(json.dumps(found), kind)
    return caught.value


def mend(*, wrong_again: bool = False, whole: bool = False) -> "tuple[list[str], object]":
    """Return the titles that a server was asked for, and its mind: it writes one line too long, and mends it."""
    titles: list[str] = []

    def mind(title: str, prompt: str) -> Answer:
        titles.append(title)
        if title == "SceneAnswerPart" and not whole:
            return {"beats_1_lines_1_text": LONG if wrong_again else "Say again?"}
        return scene(
            "Go ahead.", "Say again?" if titles.count("SceneAnswer") > 1 or (whole and len(titles) > 1) else LONG
        )

    return titles, mind


@pytest.mark.parametrize("able", [("json_schema", "tools", "json_object", "plain"), ("tools",), ("plain",)])
async def test_one_wrong_line_is_asked_for_alone(able: tuple[Form, ...]) -> None:
    titles, mind = mend()
    with openai_compatible(brain=mind, able=able) as server:  # type: ignore[arg-type]
        answer = await chat_with(server).ask(PROMPT, SceneAnswer, label="scene")
        assert titles == ["SceneAnswer", "SceneAnswerPart"]
        last = server.requests[-1]
    assert [line.text for beat in answer.beats for line in beat.lines][1::2] == ["Go ahead.", "Say again?"]
    assert "beats_1_lines_1_text" in last.schema
    assert "picture_gag" not in last.schema.replace(last.system, "") or able == ("plain",)
    assert last.turns == 4


async def test_a_model_that_gives_all_again_is_taken_at_its_word() -> None:
    titles, mind = mend(whole=True)
    with openai_compatible(brain=mind) as server:  # type: ignore[arg-type]
        answer = await chat_with(server).ask(PROMPT, SceneAnswer, label="scene")
    assert titles == ["SceneAnswer", "SceneAnswerPart"]
    assert answer.beats[1].lines[1].text == "Say again?"


async def test_after_a_wrong_piece_the_whole_is_asked_for() -> None:
    titles, mind = mend(wrong_again=True)
    with openai_compatible(brain=mind) as server:  # type: ignore[arg-type]
        await chat_with(server).ask(PROMPT, SceneAnswer, label="scene")
    assert titles == ["SceneAnswer", "SceneAnswerPart", "SceneAnswer"]


async def test_pieces_that_never_come_right_end_in_a_sentence() -> None:
    with openai_compatible(brain=lambda title, prompt: scene("Go ahead.", LONG)) as server:
        with pytest.raises(AnswerInvalid, match=r"no usable answer to 'scene'"):
            await chat_with(server).ask(PROMPT, SceneAnswer, label="scene")
        assert server.calls == 6


async def test_a_missing_field_is_asked_for_alone() -> None:
    def mind(title: str, prompt: str) -> Answer:
        if title == "OutlineAnswerPart":
            return {"logline": "A goose, by the book."}
        whole = Brain()(title, prompt)
        del whole["logline"]
        return whole

    prompt = PROMPT.model_copy(update={"user": "<theme>a goose in the park</theme>"})
    with openai_compatible(brain=mind) as server:
        answer = await chat_with(server).ask(prompt, OutlineAnswer, label="outline")
        assert server.calls == 2
    assert answer.logline == "A goose, by the book."
    assert "Goose" in answer.title


def test_many_wrong_fields_of_one_item_are_asked_for_as_that_item() -> None:
    worst = LINE | {"speaker": "", "channel": "telepathy", "text": LONG, "delivery": "purple", "facts": 7}
    pieces = pieces_of(unfit({"beats": [BEAT | {"lines": [LINE, worst]}]}, SceneAnswer), SceneAnswer)
    assert pieces is not None
    assert pieces.places == (("beats", 0, "lines", 1),)
    assert set(pieces.asked.model_fields) == {"beats_0_lines_1"}


@pytest.mark.parametrize(
    "found",
    [
        {"answer": 42, "comment": ["not", "what", "was", "asked"]},
        {"beats": "none"},
        {"beats": [BEAT | {"lines": [LINE | {"text": LONG}]} for _ in range(6)]},
        {"beats": []},
    ],
)
def test_where_nothing_good_would_stay_the_whole_is_asked_for(found: Answer) -> None:
    assert pieces_of(unfit(found, SceneAnswer), SceneAnswer) is None


def test_what_nobody_asked_for_is_left_out_without_a_call() -> None:
    found = scene("Go ahead.") | {"budget": 9000}
    found["beats"] = [BEAT | {"lines": [LINE | {"mood": "blue"}], "camera": "drone"}]
    answer, whole = read_answer(json.dumps(found), SceneAnswer)
    assert whole
    assert answer.beats[0].lines[0].speaker == "dot"


def test_another_thing_is_no_empty_answer() -> None:
    assert "answer" in str(unfit({"answer": 42}, FactsAnswer).found)
